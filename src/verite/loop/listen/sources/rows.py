"""Rows made in Python (workbooks, logs) as sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from verite.loop.listen.sheet import Sheet
from verite.loop.listen.sources.table.blocks import Block, Shape
from verite.loop.listen.sources.table.reader import load

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Cells in the order of the columns, and the line they come from."""

    cells: list[str]
    line: int
    share_done: float = 1.0


def sheets_of(
    desk: DuckDBPyConnection, rows: Iterable[Row], columns: int, *, at_most: int | None
) -> Iterator[Sheet]:
    """Sheets of rows; rows of blank cells only are no rows."""
    size = ROWS if at_most is None else at_most
    waiting: list[Row] = []
    turn = 0
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        waiting.append(row)
        if len(waiting) >= size:
            yield _sheet(desk, waiting, columns, turn)
            waiting, turn = [], 1 - turn
    if waiting:
        yield _sheet(desk, waiting, columns, turn)


def _sheet(desk: DuckDBPyConnection, rows: list[Row], columns: int, turn: int) -> Sheet:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([cell.replace("\0", "") for cell in row.cells] for row in rows)
    block = Block(
        data=text.getvalue().encode("utf-8", errors="replace"),
        lines=np.array([row.line for row in rows], dtype=np.int64),
        unread=(),
    )
    shape = Shape(encoding="utf-8", separator=ord(","), cells=columns)
    return load(desk, block, shape, table=f"sheet_{turn}", done=rows[-1].share_done)
