"""One file of conversation events, told as interactions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from verite.loop.listen.files import Source
from verite.loop.listen.mapping import Branch, Filling, Mapping
from verite.loop.listen.sheet import Sheet, Writing
from verite.loop.listen.sources.genesys.events import Log, read_log
from verite.loop.listen.sources.genesys.telling import COLUMNS, KNOWN, tell_conversation
from verite.loop.listen.sources.rows import Row, sheets_of
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class GenesysReader:
    """The events of a file by conversation; kinds that tell nothing are listed as left out."""

    def __init__(self, source: Source, told: Writing) -> None:
        self.writing = Writing(encoding="utf-8", decimal=".")
        self._log: Log = read_log(source)
        if not self._log.events and not self._log.unread:
            raise BadInput("file_without_rows", fields={"file": source.name})
        kinds = {event.kind for event in self._log.events}
        self.columns = (*COLUMNS, *(f"event {kind}" for kind in sorted(kinds - KNOWN)))
        self.natural: Mapping | None = Mapping(branches=(_branch(),))

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Sheets of a hundred thousand interactions; what is no event comes with the first."""
        unread = tuple(self._log.unread)
        for sheet in sheets_of(desk, self._rows(), len(self.columns), at_most=at_most):
            yield replace(sheet, unread=unread)
            unread = ()
        if unread:
            yield Sheet(rows=0, table="sheet_0", unread=unread)

    def _rows(self) -> Iterator[Row]:
        events = sorted(self._log.events, key=lambda event: event.detail.conversation_id)
        done = 0
        for _, group in groupby(events, key=lambda event: event.detail.conversation_id):
            conversation = list(group)
            done += len(conversation)
            for cells, line in tell_conversation(conversation):
                yield Row(
                    cells=[cells.get(column, "") for column in self.columns],
                    line=line,
                    share_done=done / len(events),
                )


def _branch() -> Branch:
    """Our own names; `at` is milliseconds since 1970."""
    return Branch(
        fillings=tuple(
            Filling(field=name, column=name, format="epoch_ms" if name == "at" else None)
            for name in COLUMNS
        )
    )
