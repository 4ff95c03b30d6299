"""The first rows of a file as they would be heard; nothing is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from verite.loop.listen.files import find_source
from verite.loop.listen.guessing import guess
from verite.loop.listen.habits import learn
from verite.loop.listen.hearing import merge, told_writing
from verite.loop.listen.items import refuse_staff, with_items
from verite.loop.listen.kinds import open_reader
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.normalise import Failed, Noted, normalise
from verite.loop.listen.notes import note, notes_of
from verite.loop.listen.opening import find_mapping
from verite.loop.listen.plan import Plan, lay, own_field, own_mapping
from verite.loop.listen.request import Preview, Request
from verite.loop.listen.sheet import Reader, Sheet, Unread, Writing, column_names
from verite.loop.listen.sql import open_desk
from verite.words.columns import RECEIVED, SEGMENT_PREFIX
from verite.words.errors import WrongUse
from verite.words.heard import Decided, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHOWN = 20
LOOKED_AT = 1_000


def preview(request: Request) -> Preview:
    """What the first file of a request would become, by its mapping, its own names, or a guess."""
    if not request.files:
        raise WrongUse("no_files")
    mapping = find_mapping(request)
    source = find_source(request.files[0])
    told = told_writing(request, mapping)
    kind, reader = open_reader(source, request, told)
    guessed = mapping or _alone(reader, request, source.name)
    writing = merge(reader.writing, told)
    decided = Decided(file=source.name, kind=kind, zone=writing.zone)
    empty = Preview(
        file=source.name, columns=reader.columns, decided=_decided(decided, writing, ()),
        guessed=guessed, fields=(), rows=(), sample=(), refused=(), notes=(),
    )  # fmt: skip
    with open_desk() as desk:
        sheet = next(iter(reader.sheets(desk, at_most=LOOKED_AT)), None)
        if sheet is None:
            return empty
        names = ", ".join(column_names(len(reader.columns)))
        sample = desk.execute(f"SELECT {names} FROM {sheet.table} LIMIT {SHOWN}").fetchall()
        shown = replace(empty, sample=tuple(tuple(row) for row in sample))
        if guessed is None:
            return replace(shown, notes=(note("note_no_time_column", {"file": source.name}),))
        plan = lay(guessed, reader.columns, file=source.name, given=True)
        return _mapped(desk, sheet, plan, shown, writing)


def _alone(reader: Reader, request: Request, file: str) -> Mapping | None:
    """What the file brings, or a guess; its items told apart."""
    refuse_staff(reader.columns, request.values, file)
    found = natural(reader) or guess(reader.columns)
    return None if found is None else with_items(found, reader.columns)


def _mapped(
    desk: DuckDBPyConnection, sheet: Sheet, plan: Plan, shown: Preview, writing: Writing
) -> Preview:
    """The preview with its rows as mapped."""
    noted = Noted()
    writing, noted.doubtful_dates = learn(desk, sheet.table, plan, writing)
    fields = [*RECEIVED, *(SEGMENT_PREFIX + key for key in plan.segments)]
    rows: list[tuple[str | None, ...]] = []
    failures: list[Unread | Failed] = list(sheet.unread)
    for result in normalise(desk, sheet, plan, writing, noted):
        failures += result.failed
        desk.register("fine", result.table)
        rows += desk.execute(f"SELECT {', '.join(map(_shown, fields))} FROM fine").fetchall()
    told = replace(
        shown,
        decided=_decided(shown.decided, writing, plan.unmapped),
        refused=tuple(Counter(failed.reason for failed in failures).most_common()),
        examples=_examples(shown.file, failures),
        notes=notes_of(noted, shown.file),
    )
    return _trimmed(told, fields, rows[:SHOWN])


def _examples(file: str, failures: list[Unread | Failed]) -> tuple[Refused, ...]:
    """The first row refused for each reason."""
    first: dict[str, Unread | Failed] = {}
    for failed in failures:
        first.setdefault(failed.reason, failed)
    return tuple(
        Refused(file=file, line=one.line, reason=one.reason, detail=one.detail)
        for one in first.values()
    )


def natural(reader: Reader) -> Mapping | None:
    """The mapping that a file brings with it: a log's, or our own column names."""
    if reader.natural is not None:
        return reader.natural
    if any(own_field(column) == "at" for column in reader.columns):
        own = own_mapping(reader.columns)
        scored = any(one.field == "score" for branch in own.branches for one in branch.fillings)
        return None if not scored and len(own.branches[0].fillings) < 2 else own
    return None


def _shown(field: str) -> str:
    """Times as ISO 8601 in UTC, the rest as text."""
    if field in {"ts_us", "end_us"}:
        return f"strftime(make_timestamp({field}), '%Y-%m-%dT%H:%M:%SZ') AS {field}"
    return f"CAST({field} AS VARCHAR) AS {field}"


def _decided(decided: Decided, writing: Writing, unmapped: tuple[str, ...]) -> Decided:
    return replace(
        decided,
        encoding=writing.encoding,
        separator=writing.separator,
        decimal=writing.decimal,
        day_first=writing.day_first,
        unmapped=unmapped,
    )


def _trimmed(found: Preview, fields: list[str], rows: list[tuple[str | None, ...]]) -> Preview:
    """Fields that no shown row fills are left out; times take their outside names."""
    filled = [i for i in range(len(fields)) if any(row[i] is not None for row in rows)]
    outside = {"ts_us": "at", "end_us": "ended_at"}
    return replace(
        found,
        fields=tuple(outside.get(fields[i], fields[i]) for i in filled),
        rows=tuple(tuple(row[i] for i in filled) for row in rows),
    )
