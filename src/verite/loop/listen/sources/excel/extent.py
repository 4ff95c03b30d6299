"""How far the cells of a workbook reach: its reader makes room for all between the first and last.

Two cells at the corners of a sheet, in a file of two kilobytes, ask for hundreds of gigabytes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from verite.words.errors import BadInput

CELLS_AT_MOST = 50_000_000  # room of a sheet, filled or not: about 1.5 GB
PIECE = 1 << 20
SHEETS = "xl/worksheets/"
PLACE = re.compile(rb"""\br=["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
LONGEST = 16  # bytes of a place cut between two pieces


def check_extent(path: Path) -> None:
    """Refuses a workbook (xlsx) with a sheet that reaches too far."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.lower().startswith(SHEETS) and _room(archive, name) > CELLS_AT_MOST:
                    raise BadInput(
                        "sheet_too_wide", fields={"file": path.name, "most": CELLS_AT_MOST}
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadInput("damaged_archive", fields={"file": path.name}) from error


def _room(archive: zipfile.ZipFile, name: str) -> int:
    """Cells from the first one of a sheet to its farthest row and column."""
    rows = columns = 0
    rest = b""
    with archive.open(name) as stream:
        while piece := stream.read(PIECE):
            found = PLACE.findall(rest + piece)
            rest = piece[-LONGEST:]
            if found:
                rows = max(rows, max(int(row) for _, row in found))
                columns = max(columns, *(column_number(word) for word in {w for w, _ in found}))
    return rows * columns


def column_number(word: bytes) -> int:
    """The number of a column by its letters.

    >>> column_number(b"A"), column_number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in word.upper():
        number = number * 26 + letter - 64
    return number
