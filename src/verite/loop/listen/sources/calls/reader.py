"""A table of call records: one row per call, or one per leg (menu, agent, transfer, step)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verite.loop.listen.files import Source
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.sheet import Sheet, Writing
from verite.loop.listen.sources.calls.columns import records_mapping
from verite.loop.listen.sources.table.reader import TableReader
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class CallsReader:
    """One table, with the mapping that its column names suggest."""

    def __init__(self, source: Source, told: Writing) -> None:
        self._table = TableReader(source, told)
        self.columns = self._table.columns
        self.writing = self._table.writing
        found = records_mapping(self.columns)
        if found is None:
            columns = ", ".join(self.columns[:40])
            raise BadInput("not_call_records", fields={"file": source.name, "found": columns})
        self.natural: Mapping | None = found

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Sheets of about a block each."""
        return self._table.sheets(desk, at_most=at_most)
