"""Where the records of a delimited text begin and end: one exact pass over its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from verite.loop.listen.sources.table import scan
from verite.loop.listen.sources.table.scan import FINE, RECORD_AT_MOST

COMPILE_FROM = 1 << 19  # bytes; under it the plain functions are done before they would compile
REASONS = {
    scan.UNCLOSED: "unclosed_quote",
    scan.AFTER_QUOTE: "text_after_quote",
    scan.TOO_LONG: "line_too_long",
    scan.NUL: "nul_character",
}
__all__ = ["FINE", "REASONS", "RECORD_AT_MOST", "Records", "find_records"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Records of a block: byte bounds (end without the newline), cells, line number, flaw."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lines: NDArray[np.int64]
    cells: NDArray[np.int32]
    flaws: NDArray[np.uint8]
    blank: NDArray[np.bool_]
    tidy: bool  # no cell has blanks at its edges or empty quotes
    consumed: int  # bytes; what follows is an unfinished record
    next_line: int


def find_records(block: bytes, separator: int, *, first_line: int, final: bool) -> Records:
    """The records of a block. `separator` 0 means one cell a line, without quotes.

    >>> records = find_records(b'a;"b;c"\\nd', 59, first_line=1, final=True)
    >>> records.cells.tolist(), records.lines.tolist()
    ([2, 1], [1, 2])
    """
    data = np.frombuffer(block, dtype=np.uint8)
    room = block.count(b"\n") + 1
    out: scan.Out = (
        np.empty(room, dtype=np.int64),
        np.empty(room, dtype=np.int64),
        np.empty(room, dtype=np.int64),
        np.empty(room, dtype=np.int32),
        np.zeros(room, dtype=np.uint8),
        np.zeros(room, dtype=np.bool_),
    )
    pass_over = _compiled() if len(block) >= COMPILE_FROM else scan.scan
    found, consumed, line, tidy = pass_over(data, separator, first_line, final, out)
    return Records(
        starts=out[0][:found],
        ends=out[1][:found],
        lines=out[2][:found],
        cells=out[3][:found],
        flaws=out[4][:found],
        blank=out[5][:found],
        tidy=tidy,
        consumed=consumed,
        next_line=line,
    )


Scan = Callable[[scan.Bytes, int, int, bool, scan.Out], tuple[int, int, int, bool]]


@lru_cache
def _compiled() -> Scan:
    """The same functions, compiled once per machine."""
    import numba
    from numba.extending import register_jitable

    for part in scan.PARTS:
        register_jitable(part)
    compiled: Scan = numba.njit(nogil=True, cache=True)(scan.scan)
    return compiled
