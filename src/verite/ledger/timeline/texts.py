"""The texts of the timeline: few rows have one, so a pool beside the columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.columns import Columns
from verite.ledger.timeline.folder import load, save
from verite.stats.compiled import njit


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Row numbers (ascending), where each text starts, and all texts in utf-8."""

    rows: NDArray[np.int64]
    offsets: NDArray[np.int64]
    pool: NDArray[np.uint8]

    def of(self, rows: NDArray[np.int64]) -> list[str | None]:
        """The text of each row, None where there is none."""
        places = np.searchsorted(self.rows, rows)
        return [self._text(int(p), int(r)) for p, r in zip(places, rows, strict=True)]

    def _text(self, place: int, row: int) -> str | None:
        if place >= len(self.rows) or self.rows[place] != row:
            return None
        return self.pool[self.offsets[place] : self.offsets[place + 1]].tobytes().decode()


def read_texts(folder: Path, columns: Columns) -> Texts:
    """The pool of a timeline, made on first use."""
    return kept_texts(folder) or _make(folder, columns)


def kept_texts(folder: Path) -> Texts | None:
    """The pool kept beside a timeline, if it was ever made."""
    rows, offsets, pool = (load(folder, f"text.{part}") for part in ("rows", "offsets", "pool"))
    if rows is None or offsets is None or pool is None:
        return None
    return Texts(rows=rows, offsets=offsets, pool=pool)  # type: ignore[arg-type]


def pool_of(rows: NDArray[np.int64], texts: list[bytes]) -> Texts:
    """A pool of the texts of these rows, in any order.

    >>> pool_of(np.array([7, 2]), [b"seven", b"two"]).of(np.array([2, 7]))
    ['two', 'seven']
    """
    order = np.argsort(rows)
    sizes = [len(texts[i]) for i in order]
    return Texts(
        rows=rows[order],
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        pool=np.frombuffer(b"".join(texts[i] for i in order), dtype=np.uint8),
    )


def merged_texts(old: Texts, new: Texts) -> dict[str, NDArray[np.generic]]:
    """The parts of one pool of the texts of two, whose rows may be in any order."""
    rows = np.concatenate([old.rows, new.rows])
    starts = np.concatenate([old.offsets[:-1], new.offsets[:-1] + len(old.pool)])
    sizes = np.concatenate([np.diff(old.offsets), np.diff(new.offsets)])
    order = np.argsort(rows)
    offsets = np.concatenate([[0], np.cumsum(sizes[order])]).astype(np.int64)
    pool = np.empty(int(offsets[-1]), dtype=np.uint8)
    _copy(np.concatenate([old.pool, new.pool]), starts[order], offsets, pool)
    return {"rows": rows[order], "offsets": offsets, "pool": pool}


@njit(nogil=True, cache=True)
def _copy(pool, starts, offsets, into):  # type: ignore[no-untyped-def]
    for text in range(len(starts)):
        for at in range(offsets[text + 1] - offsets[text]):
            into[offsets[text] + at] = pool[starts[text] + at]


def _make(folder: Path, columns: Columns) -> Texts:
    in_files, texts = columns.scanned(lambda scan: scan.texts())
    place = np.empty(len(columns.row), dtype=np.int64)
    place[columns.row] = np.arange(len(columns.row))
    made = pool_of(place[in_files], texts)
    for name, values in (("rows", made.rows), ("offsets", made.offsets), ("pool", made.pool)):
        save(folder, f"text.{name}", values)
    return made
