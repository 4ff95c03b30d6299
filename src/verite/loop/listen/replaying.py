"""Trying the quarantine again: each row carries its cells and the mapping it was read by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from verite.loop.listen.again import Decode, Done, is_live, retry_live
from verite.loop.listen.hearing import told_writing
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.mapping_toml import read_mapping
from verite.loop.listen.normalise import Normalised, Noted, normalise
from verite.loop.listen.plan import lay
from verite.loop.listen.request import Request
from verite.loop.listen.sources.rows import Row, sheets_of
from verite.loop.listen.sources.table.records import REASONS
from verite.loop.listen.sql import open_desk
from verite.words.asked import About
from verite.words.errors import BadInput, VeriteError, WrongUse
from verite.words.heard import Heard, Refused

if TYPE_CHECKING:
    from verite.ledger.kept import Quarantined
    from verite.ledger.ledger import Ledger

SLICE = 10_000
SHOWN = 100
NO_ROW = frozenset({*REASONS.values(), "ragged_row", "bad_encoding", "bad_json"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Retried:
    """A quarantined row with the mapping that reads it."""

    number: int
    file: str
    row: dict[str, str]


def replay(ledger: Ledger, *, at: datetime, decode: Decode | None = None) -> Heard:
    """Hears every quarantined row again as it was mapped; what is fine now leaves quarantine.

    Events received live are tried again by `decode`; without it they stay.
    Lines that are no rows and rows in conflict stay: nothing about them has changed.
    """
    last, read, kept, duplicates = -1, 0, 0, 0
    still: list[Refused] = []
    waiting = ledger.quarantine_count  # what this replay itself adds comes after these
    while found := ledger.quarantined_after(last, limit=min(SLICE, waiting - read)):
        last = found[-1].number
        read += len(found)
        settled: set[int] = set()
        for mapping, group in _grouped(found).items():
            done = _retry(ledger, mapping, group, at=at)
            settled |= done.settled
            kept, duplicates = kept + done.kept, duplicates + done.duplicates
        live = [one for one in found if decode is not None and is_live(one)]
        if decode is not None and live:
            done = retry_live(ledger, decode, live, at=at)
            settled |= done.settled
            kept, duplicates = kept + done.kept, duplicates + done.duplicates
        still += [_refused(one) for one in found if one.number not in settled]
    return Heard(
        about=About(
            asked="replay",
            as_of=at,
            ledger_version=ledger.version,
            people_version=ledger.people_version,
        ),
        read=read,
        kept=kept,
        duplicates=duplicates,
        quarantined=read - kept - duplicates,
        sources=(),
        quarantine=tuple(still[:SHOWN]),
    )


def _grouped(found: tuple[Quarantined, ...]) -> dict[str, list[Retried]]:
    """Rows by the mapping that reads them; lines without one are left out."""
    groups: dict[str, list[Retried]] = {}
    for one in found:
        if one.refusal.reason in NO_ROW:  # its text is the file's, whatever it says
            continue
        try:
            said = json.loads(one.refusal.raw)
            mapping, row = said["mapping"], said["row"]
        except (ValueError, KeyError, TypeError):
            continue
        if isinstance(mapping, str) and isinstance(row, dict) and row:
            text = {str(key): str(value) for key, value in row.items()}
            retried = Retried(number=one.number, file=one.refusal.file, row=text)
            groups.setdefault(mapping, []).append(retried)
    return groups


def _retry(ledger: Ledger, mapping: str, group: list[Retried], *, at: datetime) -> Done:
    try:
        read = read_mapping(mapping)
    except VeriteError:
        return Done(settled=set())
    settled: set[int] = set()
    kept = duplicates = 0
    by_file: dict[str, list[Retried]] = {}
    for one in group:
        by_file.setdefault(one.file, []).append(one)
    for file, rows in by_file.items():
        try:
            results = list(_heard_again(read, file, rows))
        except (BadInput, WrongUse):
            continue  # a mapping that holds no more keeps no other back
        failed = {one.line for result in results for one in result.failed}
        fine = [one.number for one in rows if one.number not in failed]
        tables = [result.table for result in results if result.table.num_rows]
        if len(tables) != 1 or tables[0].num_rows != len(fine):
            continue  # nothing is fine, or not every row is accounted for
        source = file.split(".")[0] or file
        done = ledger.append(tables[0], source=source, at=at, settles=fine)
        settled |= set(fine)
        kept, duplicates = kept + done.kept, duplicates + done.duplicates
    return Done(settled=settled, kept=kept, duplicates=duplicates)


def _heard_again(mapping: Mapping, file: str, rows: list[Retried]) -> Iterator[Normalised]:
    """The rows normalised; the line of a failed one is its number in quarantine."""
    columns = tuple(dict.fromkeys(column for one in rows for column in one.row))
    missing = tuple(dict.fromkeys(_columns_of(mapping)))
    columns += tuple(column for column in missing if column not in columns)
    plan = lay(mapping, columns, file=file, given=True)
    writing = told_writing(Request(files=()), mapping)
    made = (
        Row(cells=[one.row.get(column, "") for column in columns], line=one.number) for one in rows
    )
    with open_desk() as desk:
        for sheet in sheets_of(desk, made, len(columns), at_most=None):
            yield from normalise(desk, sheet, plan, writing, Noted())


def _columns_of(mapping: Mapping) -> Iterator[str]:
    for branch in mapping.branches:
        yield from (one.column for one in branch.fillings if one.column is not None)
        if branch.when is not None:
            yield branch.when


def _refused(one: Quarantined) -> Refused:
    refusal = one.refusal
    return Refused(
        file=refusal.file, line=refusal.line, reason=refusal.reason, detail=refusal.detail
    )
