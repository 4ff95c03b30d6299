"""Where the records of a delimited text begin and end: one exact pass over its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

RECORD_AT_MOST = 1 << 20  # bytes
LINES_AT_MOST = 1_000  # of one quoted record
COMPILE_FROM = 1 << 18  # bytes; under it the plain Python of the same function is faster
FINE, UNCLOSED, AFTER_QUOTE, TOO_LONG, NUL = 0, 1, 2, 3, 4
REASONS = {
    UNCLOSED: "unclosed_quote",
    AFTER_QUOTE: "text_after_quote",
    TOO_LONG: "line_too_long",
    NUL: "nul_character",
}
QUOTE, NEWLINE, RETURN = 34, 10, 13


Scan = Callable[..., tuple[int, int, int, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Records of a block: byte bounds (end without the newline), cells, line number, flaw."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    cells: NDArray[np.int32]
    lines: NDArray[np.int64]
    flaws: NDArray[np.uint8]
    blank: NDArray[np.bool_]
    tidy: bool  # no cell has blanks at its edges or empty quotes
    consumed: int  # bytes; what follows is an unfinished record
    next_line: int


def find_records(block: bytes, separator: int, *, first_line: int, final: bool) -> Records:
    """The records of a block. `separator` 0 means one cell a line, without quotes.

    A quote opens a cell only at its start; a record that never closes one loses its first line
    only, as flawed.
    """
    data = np.frombuffer(block, dtype=np.uint8)
    room = block.count(b"\n") + 1
    starts, ends, lines = (np.empty(room, dtype=np.int64) for _ in range(3))
    cells = np.empty(room, dtype=np.int32)
    flaws = np.zeros(room, dtype=np.uint8)
    blank = np.zeros(room, dtype=np.bool_)
    scan = _compiled() if len(block) >= COMPILE_FROM else _scan
    found, consumed, line, tidy = scan(
        data, separator, first_line, final, (starts, ends, lines, cells, flaws, blank)
    )
    return Records(
        starts=starts[:found],
        ends=ends[:found],
        cells=cells[:found],
        lines=lines[:found],
        flaws=flaws[:found],
        blank=blank[:found],
        tidy=tidy,
        consumed=consumed,
        next_line=line,
    )


@lru_cache
def _compiled() -> Scan:
    import numba

    compiled: Scan = numba.njit(nogil=True, cache=True)(_scan)
    return compiled


def _scan(  # type: ignore[no-untyped-def]
    data, separator, first_line, final, out
):
    starts, ends, lines, cells, flaws, blank = out
    size = data.shape[0]
    found, start, i = 0, 0, 0
    line, start_line = first_line, first_line
    first_newline = -1  # inside the quotes of this record
    count, filled, quoted, fresh, closed = 1, False, False, True, False
    flaw = 0
    tidy = True
    while i <= size:
        if i == size:
            if not final or (start == size and not quoted):
                break
            if quoted:
                flaw = 1
        byte = data[i] if i < size else 10
        if flaw == 0 and quoted:
            if byte == 34:
                if i + 1 < size and data[i + 1] == 34:
                    i += 2
                    continue
                if i + 1 == size and not final:
                    break
                quoted, closed = False, True
                if data[i - 1] <= 34:  # a blank, a newline, or an opening quote
                    tidy = False
            elif byte == 10:
                line += 1
                if first_newline < 0:
                    first_newline = i
                if line - start_line > 1000 or i - start > 1048576:
                    flaw = 1
            elif byte == 0:
                flaw = 4
            if flaw == 0:
                i += 1
                continue
        if flaw == 0 and byte != 10:
            if separator != 0 and byte == separator:
                count += 1
                fresh, closed = True, False
                if i > start and (data[i - 1] == 32 or data[i - 1] == 9):
                    tidy = False
            elif separator != 0 and byte == 34 and fresh:
                quoted, fresh = True, False
                filled = True
                if i + 1 < size and data[i + 1] <= 32:
                    tidy = False
            elif byte == 0:
                flaw = 4
                fresh = False
            elif closed and byte != 13 and byte != 32:
                flaw = 2
            elif byte == 32 or byte == 9:
                tidy = tidy and not fresh
            else:
                fresh = False
                if byte != 13:
                    filled = True
            if flaw == 0:
                i += 1
                continue
        # The record ends here: at its newline, or at its first one when it is flawed.
        end = i
        if end > start and (data[end - 1] == 32 or data[end - 1] == 9):
            tidy = False
        if flaw != 0:
            if first_newline >= 0:
                end = first_newline
            else:
                while end < size and data[end] != 10:
                    end += 1
                if end == size and not final:
                    break
        elif end - start > 1048576:
            flaw = 3
        starts[found] = start
        ends[found] = end - 1 if end > start and data[end - 1] == 13 else end
        lines[found] = start_line
        cells[found] = count
        flaws[found] = flaw
        blank[found] = not filled and flaw == 0
        found += 1
        line = start_line + 1 if flaw != 0 else line + 1
        start = end + 1
        i = start
        start_line, first_newline = line, -1
        count, filled, quoted, fresh, closed = 1, False, False, True, False
        flaw = 0
    return found, min(start, size), start_line, tidy
