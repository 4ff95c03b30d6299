"""One file being heard: its reader, its plan, and round after round of interactions."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verite.loop.listen.ahead import one_ahead
from verite.loop.listen.files import Source, check_unchanged
from verite.loop.listen.habits import learn
from verite.loop.listen.items import lay_alone
from verite.loop.listen.kinds import open_reader
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.normalise import Failed, Noted, normalise
from verite.loop.listen.notes import notes_of
from verite.loop.listen.plan import Plan, lay
from verite.loop.listen.request import Request
from verite.loop.listen.sheet import Sheet, Unread, Writing
from verite.loop.listen.sql import cursor_of, open_desk
from verite.loop.listen.zones import check_zone
from verite.words.errors import WrongUse
from verite.words.heard import Decided

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Interactions of one sheet (None: none), and the rows of it that failed."""

    table: Table | None
    failed: tuple[Failed, ...]
    share_done: float


class Hearing:
    """A file whose header and mapping are found to fit; nothing is kept yet."""

    def __init__(self, source: Source, request: Request, mapping: Mapping | None) -> None:
        self.source = source
        self.noted = Noted()
        told = told_writing(request, mapping)
        self.kind, self.reader = open_reader(source, request, told)
        laid = mapping or self.reader.natural
        laid = laid or lay_alone(request, self.reader.columns, source.name)
        given = mapping is not None or self.reader.natural is not None
        self.plan: Plan = lay(laid, self.reader.columns, file=source.name, given=given)
        self.writing = merge(self.reader.writing, told)
        self.mapping = mapping
        self.rows = 0
        self._doubtful = False
        self.name = request.name or source.name.split(".")[0] or source.name
        self.file = source.name
        self.size = source.size

    def rounds(self, *, at_most: int | None = None) -> Iterator[Round]:
        """Every interaction and every failed row, once. The file is unchanged at each round."""
        self.rows, self.noted, learned = 0, Noted(), False
        with (
            open_desk() as desk,
            one_ahead(self.reader.sheets(cursor_of(desk), at_most=at_most)) as (sheets),
        ):
            for sheet in sheets:
                if not learned and sheet.rows:
                    self.writing, doubtful = learn(desk, sheet.table, self.plan, self.writing)
                    # Heard a second time, the order of days is known: it is no less doubtful.
                    self._doubtful = self.noted.doubtful_dates = doubtful or self._doubtful
                    learned = True
                self.rows += sheet.rows + len(sheet.unread)
                yield from self._rounds_of(desk, sheet)

    def _rounds_of(self, desk: DuckDBPyConnection, sheet: Sheet) -> Iterator[Round]:
        check_unchanged(self.source)
        if sheet.unread:
            failed = tuple(unread_row(one) for one in sheet.unread)
            yield Round(table=None, failed=failed, share_done=sheet.share_done)
        if not sheet.rows:
            return
        for done in normalise(desk, sheet, self.plan, self.writing, self.noted):
            check_unchanged(self.source)
            table = done.table if done.table.num_rows else None
            yield Round(table=table, failed=done.failed, share_done=sheet.share_done)

    def decided(self) -> tuple[Decided, ...]:
        """What was decided about the file; complete once it was heard."""
        writing = self.writing
        return (
            Decided(
                file=self.source.name,
                kind=self.kind,
                encoding=writing.encoding,
                separator=writing.separator,
                decimal=writing.decimal,
                day_first=writing.day_first,
                zone=writing.zone,
                rows=self.rows,
                unmapped=self.plan.unmapped,
            ),
        )

    def notes(self) -> tuple[str, ...]:
        """What is worth telling about the file."""
        return notes_of(self.noted, self.source.name)


def unread_row(unread: Unread) -> Failed:
    """A line that is no row, as a failed one."""
    return Failed(
        line=unread.line,
        reason=unread.reason,
        detail=unread.detail,
        raw=unread.raw,
        identity=None,
    )


def told_writing(request: Request, mapping: Mapping | None) -> Writing:
    """How the files are written, as told: by the request first, then by the mapping."""
    zone = request.zone or (mapping.zone if mapping else None) or request.home_zone
    day_first = request.day_first
    if day_first is None and mapping is not None:
        day_first = mapping.day_first
    return Writing(
        encoding=check_encoding(request.encoding or (mapping.encoding if mapping else None)),
        separator=check_separator(request.separator or (mapping.separator if mapping else None)),
        decimal=request.decimal or (mapping.decimal if mapping else None),
        zone=check_zone(zone),
        day_first=day_first,
        country=request.home_country,
    )


def merge(found: Writing, told: Writing) -> Writing:
    """What was found, with what was told where it was told."""
    names = ("encoding", "separator", "decimal", "zone", "day_first", "country")
    chosen = {name: value for name in names if (value := getattr(told, name)) is not None}
    return replace(found, **chosen)


def check_encoding(name: str | None) -> str | None:
    """The encoding as Python names it."""
    if name is None:
        return None
    try:
        b"".decode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise WrongUse("unknown_encoding", fields={"encoding": name}) from error


def check_separator(text: str | None) -> str | None:
    """One ASCII character; `tab` and `\\t` mean the tabulation."""
    if text is None:
        return None
    separator = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(separator) != 1 or not separator.isascii() or separator in '\n\r"\0 ':
        raise WrongUse("unknown_separator", fields={"separator": text})
    return separator
