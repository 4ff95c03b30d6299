"""The texts of the timeline: few rows have one, so a pool beside the columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.columns import Columns
from verite.ledger.timeline.folder import load, save


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
    rows, offsets, pool = (load(folder, f"text.{part}") for part in ("rows", "offsets", "pool"))
    if rows is None or offsets is None or pool is None:
        return _make(folder, columns)
    return Texts(rows=rows, offsets=offsets, pool=pool)  # type: ignore[arg-type]


def _make(folder: Path, columns: Columns) -> Texts:
    in_files, texts = columns.scanned(lambda scan: scan.texts())
    place = np.empty(len(columns.row), dtype=np.int64)
    place[columns.row] = np.arange(len(columns.row))
    rows = place[in_files]
    order = np.argsort(rows)
    offsets = np.concatenate([[0], np.cumsum([len(texts[i]) for i in order])]).astype(np.int64)
    pool = np.frombuffer(b"".join(texts[i] for i in order), dtype=np.uint8)
    made = Texts(rows=rows[order], offsets=offsets, pool=pool)
    for name, values in (("rows", made.rows), ("offsets", offsets), ("pool", pool)):
        save(folder, f"text.{name}", values)
    return made
