"""The pass over bytes that finds records: plain functions, compiled for large blocks.

A quote opens a cell only as its first byte, and is doubled inside; after the closing one comes a
separator or a newline. A record that breaks this is flawed and loses its first line only.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Out = tuple[
    NDArray[np.int64], NDArray[np.int64], NDArray[np.int64],
    NDArray[np.int32], NDArray[np.uint8], NDArray[np.bool_],
]  # fmt: skip

FINE: Final = 0
UNCLOSED: Final = 1
AFTER_QUOTE: Final = 2
TOO_LONG: Final = 3
NUL: Final = 4
ENDED: Final = 5  # the data end within quotes
RECORD_AT_MOST: Final = 1_048_576  # bytes
LINES_AT_MOST: Final = 1_000  # of one quoted cell


def scan(
    data: Bytes, separator: int, first_line: int, final: bool, out: Out
) -> tuple[int, int, int, bool]:
    """Fills `out` (starts, ends, lines, cells, flaws, blank).

    Gives the number of records, the bytes they take, the line after them, whether all is tidy.
    """
    starts, ends, lines, cells, flaws, blank = out
    size = data.shape[0]
    found, start, line, tidy = 0, 0, first_line, True
    while start < size:
        end, count, filled, neat, newlines, flaw = scan_record(data, start, separator)
        if flaw != FINE:
            end = line_end(data, start)
        if not final and (end >= size or flaw == ENDED):
            break
        if flaw == FINE and end - start > RECORD_AT_MOST:
            flaw = TOO_LONG
        starts[found], ends[found], lines[found] = start, end, line
        cells[found] = count
        flaws[found] = UNCLOSED if flaw == ENDED else flaw
        blank[found] = flaw == FINE and not filled
        tidy = tidy and neat
        line += 1 if flaw != FINE else newlines + 1
        found += 1
        start = end + 1
    return found, min(start, size), line, tidy


def scan_record(data: Bytes, start: int, separator: int) -> tuple[int, int, bool, bool, int, int]:
    """One record: where it ends, its cells, whether any is filled, tidy; its newlines and flaw."""
    size = data.shape[0]
    i, count, filled, tidy, newlines = start, 1, False, True, 0
    while True:
        opened, said, flaw, inner = i, False, FINE, 0
        if i < size and data[i] == 34 and separator != 0:
            i, inner, flaw = scan_quoted(data, i)
            said = i - opened > 2
            if flaw == FINE and i < size and data[i] != separator and data[i] != 10:
                flaw = AFTER_QUOTE if inner == 0 else UNCLOSED
        else:
            i, said, flaw = scan_bare(data, i, separator)
        newlines += inner
        filled = filled or said
        if flaw != FINE:
            return i, count, filled, tidy, newlines, flaw
        tidy = tidy and is_tidy(data, opened, i)
        if i >= size or data[i] == 10:
            return i, count, filled, tidy, newlines, FINE
        count += 1
        i += 1


def scan_quoted(data: Bytes, start: int) -> tuple[int, int, int]:
    """From an opening quote: the place after the closing one, newlines inside, flaw."""
    size = data.shape[0]
    i, newlines = start + 1, 0
    while i < size:
        if i - start > RECORD_AT_MOST:
            return i, newlines, TOO_LONG if newlines == 0 else UNCLOSED
        byte = data[i]
        if byte == 34:
            if i + 1 >= size or data[i + 1] != 34:
                return i + 1, newlines, FINE
            i += 1
        elif byte == 10:
            newlines += 1
            if newlines > LINES_AT_MOST:
                return i, newlines, UNCLOSED
        elif byte == 0:
            return i, newlines, NUL
        i += 1
    return i, newlines, ENDED


def scan_bare(data: Bytes, start: int, separator: int) -> tuple[int, bool, int]:
    """From the first byte of a bare cell: its end, whether it says anything, flaw."""
    size = data.shape[0]
    i, said = start, False
    while i < size:
        byte = data[i]
        if byte == 10 or (separator != 0 and byte == separator):
            break
        if byte == 0:
            return i, said, NUL
        if byte > 32:
            said = True
        i += 1
    return i, said, FINE


def is_tidy(data: Bytes, start: int, end: int) -> bool:
    """Whether a cell has no blank at its edges and no empty quotes."""
    if end == start:
        return True
    if data[start] != 34:
        return bool(data[start] > 32 and data[end - 1] > 32)
    return bool(end - start > 2 and data[start + 1] > 34 and data[end - 2] > 34)


def line_end(data: Bytes, start: int) -> int:
    """The place of the next newline, or the end."""
    size = data.shape[0]
    i = start
    while i < size and data[i] != 10:
        i += 1
    return i


PARTS: Final = (scan_quoted, scan_bare, is_tidy, line_end, scan_record)
