"""Workbooks: the first sheet that holds rows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from verite.loop.listen.files import Source, check_members
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.sheet import Sheet, Writing
from verite.loop.listen.sources.excel.extent import check_extent
from verite.loop.listen.sources.rows import Row, sheets_of
from verite.loop.listen.sources.table.reader import unlike
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from python_calamine import CalamineSheet

Cell = int | float | str | bool | time | date | datetime | timedelta


class ExcelReader:
    """One workbook (xlsx, xls, xlsb, ods)."""

    natural: Mapping | None = None

    def __init__(self, source: Source, told: Writing) -> None:
        self.source = source
        self.writing = Writing(decimal=None)
        if zipfile.is_zipfile(source.path):
            check_members(source.path)
            check_extent(source.path)
        self._sheet, self._height = self._first_sheet()
        self._start = (self._sheet.start or (0, 0))[0]
        header = next((row for row in self._sheet.iter_rows() if _filled(row)), None)
        if header is None:
            raise BadInput("file_without_rows", fields={"file": source.name})
        self.columns = unlike(written(cell) for cell in header)

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Sheets of a hundred thousand rows."""
        return sheets_of(desk, self._rows(), len(self.columns), at_most=at_most)

    def _rows(self) -> Iterator[Row]:
        header = False
        for number, row in enumerate(self._sheet.iter_rows(), start=1):
            if not header:
                header = _filled(row)
                continue
            yield Row(
                cells=[written(cell) for cell in row],
                line=self._start + number,
                share_done=number / max(self._height, 1),
            )

    def _first_sheet(self) -> tuple[CalamineSheet, int]:
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            workbook = CalamineWorkbook.from_path(str(self.source.path))
            for name in workbook.sheet_names:
                sheet = workbook.get_sheet_by_name(name)
                if sheet.height > 1:
                    return sheet, sheet.height
        except (CalamineError, OSError, ValueError) as error:
            raise BadInput("file_damaged", fields={"file": self.source.name}) from error
        raise BadInput("file_without_rows", fields={"file": self.source.name})


def _filled(row: list[Cell]) -> bool:
    return any(written(cell) for cell in row)


def written(cell: Cell) -> str:
    """A cell as text: whole numbers without point, times as ISO 8601, durations in seconds.

    >>> written(7.0), written(datetime(2024, 5, 1, 9, 30)), written(timedelta(minutes=2))
    ('7', '2024-05-01 09:30:00', '120')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return written(cell.total_seconds())
    return str(cell).strip()
