"""Ledger files of seeded rows, without a ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pytest

from verite.words.columns import KEPT

Row = dict[str, object]
START = 1_767_225_600_000_000  # 2026-01-01 UTC
DAY = 86_400_000_000


@pytest.fixture
def write_rows() -> Callable[[Path, Sequence[Row]], str]:
    """Writes one ledger file; columns not given are null."""

    def write(path: Path, rows: Sequence[Row]) -> str:
        extra = sorted({name for row in rows for name in row} - set(KEPT))
        types = {**KEPT, **dict.fromkeys(extra, "VARCHAR")}
        listed = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TABLE t ({listed})")
            connection.executemany(
                f"INSERT INTO t VALUES ({', '.join('?' for _ in types)})",
                [[row.get(name) for name in types] for row in rows],
            )
            connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        return str(path)

    return write


@pytest.fixture
def draw_rows() -> Callable[[int, int], list[Row]]:
    """Seeded rows with many ties in time."""

    def draw(count: int, seed: int) -> list[Row]:
        random = np.random.default_rng(seed)
        return [
            {
                "identity_key": int(random.integers(1, 9)) * 1_000_003,
                "ts_us": START + int(random.integers(0, 30)) * DAY // 2,
                "id_hi": int(random.integers(-3, 3)),
                "id_lo": int(random.integers(-(2**62), 2**62)),
                "channel": ("web", "phone", None)[int(random.integers(3))],
                "touchpoint": f"t{int(random.integers(5))}-{seed % 2}",
                "case_id": (None, "a", "b")[int(random.integers(3))],
                # More values than a short list holds: coded by hash.
                "motive": f"m{int(random.integers(600))}",
                "wait_s": (None, 1.5, 30.0)[int(random.integers(3))],
                "end_us": (None, START + DAY)[int(random.integers(2))],
                "text": (None, f"é{int(random.integers(99))}")[int(random.integers(2))],
                "segment_offer": ("pro", "home", None)[int(random.integers(3))],
            }
            for _ in range(count)
        ]

    return draw
