"""A few labels of a column that has millions: read by place, the others left on the disk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np

from verite.ledger.timeline.folder import load, save
from verite.ledger.timeline.timeline import Timeline

_POOLS: Final[WeakKeyDictionary[Timeline, dict[str, tuple[np.ndarray, np.ndarray]]]] = (
    WeakKeyDictionary()
)


def labels_at(timeline: Timeline, column: str, codes: Iterable[int]) -> dict[int, str]:
    """The labels of these codes; an absent value (-1) has none."""
    wanted = {int(code) for code in codes if code >= 0}
    if not wanted:
        return {}
    offsets, pool = _held(timeline, column)
    return {
        code: pool[offsets[code] : offsets[code + 1]].tobytes().decode() for code in wanted
    }  # fmt: skip


def _held(timeline: Timeline, column: str) -> tuple[np.ndarray, np.ndarray]:
    """The pool of a column, mapped once per timeline."""
    pools = _POOLS.setdefault(timeline, {})
    if column not in pools:
        at, told = (load(timeline.folder, f"pool.{column}.{part}") for part in ("at", "bytes"))
        missing = at is None or told is None
        pools[column] = _make(timeline, column) if missing else (at, told)  # type: ignore[assignment]
    return pools[column]


def _make(timeline: Timeline, column: str) -> tuple[np.ndarray, np.ndarray]:
    words = [label.encode() for label in timeline.labels(column)]
    offsets = np.concatenate([[0], np.cumsum([len(word) for word in words])]).astype(np.int64)
    pool = np.frombuffer(b"".join(words), dtype=np.uint8)
    save(timeline.folder, f"pool.{column}.at", offsets)
    save(timeline.folder, f"pool.{column}.bytes", pool)
    return offsets, pool
