"""From text cells to typed interactions, a sheet at a time, in SQL."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verite.loop.listen.judge import REASON_SQL, detail_sql
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.mapping_text import write_mapping
from verite.loop.listen.plan import LaidBranch, Plan
from verite.loop.listen.sheet import Sheet, Writing
from verite.loop.listen.sql import first_row
from verite.loop.listen.typed import typed_sql
from verite.words.columns import RECEIVED, SEGMENT_PREFIX
from verite.words.interaction import CHANNELS

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection

JUDGED = "judged"
FAILED_AT_MOST = 50_000  # rows in Python at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A row that is no interaction yet: where, why, and its cells as JSON."""

    line: int | None
    reason: str
    detail: str | None
    raw: str
    identity: str | None
    file: str | None = None  # when another one than the hearing's


@dataclass(slots=True, kw_only=True)
class Noted:
    """What is counted along the way and told at the end."""

    anonymous: int = 0
    made_ids: int = 0
    twice_an_hour: int = 0  # local times that occur twice on the night the clock falls back
    yielding_nothing: int = 0
    doubtful_dates: bool = False
    channels: Counter[str] = field(default_factory=Counter)
    scores: Counter[str] = field(default_factory=Counter)  # per metric
    outsiders: Counter[tuple[str, float]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """Interactions of a sheet and the rows that failed."""

    table: Table
    failed: tuple[Failed, ...]


def normalise(
    desk: DuckDBPyConnection, sheet: Sheet, plan: Plan, writing: Writing, noted: Noted
) -> Iterator[Normalised]:
    """A sheet as interactions, branch after branch; many failed rows come in several results."""
    _count_silent(desk, sheet, plan, noted)
    names = [*RECEIVED, *(SEGMENT_PREFIX + key for key in plan.segments)]
    for branch in plan.branches:
        judged = table_of(desk, _columns_sql(names, judged_sql(branch, plan, writing, sheet.table)))
        desk.register(JUDGED, judged)
        try:
            bad = _note(desk, noted)
            mapping = mapping_said(branch, writing)
            for first in range(FAILED_AT_MOST, bad, FAILED_AT_MOST):
                failed = tuple(_failed(desk, sheet, plan, mapping, first=first))
                yield Normalised(table=judged.select(names).slice(0, 0), failed=failed)
            failed = tuple(_failed(desk, sheet, plan, mapping)) if bad else ()
            rows = f"SELECT {', '.join(names)} FROM {JUDGED} WHERE reason IS NULL"
            fine = table_of(desk, rows) if bad else judged.select(names)
        finally:
            desk.unregister(JUDGED)
        yield Normalised(table=fine, failed=failed)


def _columns_sql(names: list[str], judged: str) -> str:
    told = ", ".join((*names, "reason", "detail", "nameless", "id_made", "doubtful_hour", "row"))
    return f"SELECT {told} FROM ({judged})"


def judged_sql(branch: LaidBranch, plan: Plan, writing: Writing, table: str) -> str:
    """One SELECT: the fields read and typed, and why a row is refused (null: it is fine)."""
    return (
        f"SELECT *, {detail_sql()} AS detail FROM (SELECT *, {REASON_SQL} AS reason"
        f" FROM ({typed_sql(branch, plan, writing, table)}))"
    )


def table_of(desk: DuckDBPyConnection, query: str) -> Table:
    """The rows of a query, in order."""
    from arro3.core import Table

    return Table.from_arrow(desk.sql(query))


def _failed(
    desk: DuckDBPyConnection, sheet: Sheet, plan: Plan, mapping: str, *, first: int = 0
) -> Iterator[Failed]:
    names = ", ".join(f"s.c{index}" for index in range(len(plan.columns)))
    found = desk.execute(
        f"SELECT j.row, j.reason, j.detail, j.identity, {names} FROM {JUDGED} j"
        f" JOIN {sheet.table} s ON s.rowid = j.row WHERE j.reason IS NOT NULL ORDER BY j.row"
        f" LIMIT {FAILED_AT_MOST} OFFSET {first}"
    ).fetchall()
    for row, reason, detail, identity, *cells in found:
        yield Failed(
            line=sheet.line_of(row),
            reason=reason,
            detail=detail,
            raw=raw_row(plan.columns, cells, mapping),
            identity=identity,
        )


def raw_row(columns: tuple[str, ...], cells: list[str | None], mapping: str) -> str:
    """A row as JSON with the mapping that reads it: all that a second try needs."""
    filled = {name: cell for name, cell in zip(columns, cells, strict=True) if cell is not None}
    return json.dumps({"row": filled, "mapping": mapping}, ensure_ascii=False)


def mapping_said(branch: LaidBranch, writing: Writing) -> str:
    """The branch as a mapping of its own, with what was decided about the file."""
    mapping = Mapping(
        branches=(branch.branch,),
        zone=writing.zone,
        decimal=writing.decimal,
        day_first=writing.day_first,
    )
    return write_mapping(mapping)


def _count_silent(desk: DuckDBPyConnection, sheet: Sheet, plan: Plan, noted: Noted) -> None:
    """Rows for which no branch holds."""
    if any(branch.when is None for branch in plan.branches):
        return
    none = " AND ".join(f"c{branch.when} IS NULL" for branch in plan.branches)
    found = first_row(desk, f"SELECT count(*) FROM {sheet.table} WHERE {none}")
    noted.yielding_nothing += found[0]


def _note(desk: DuckDBPyConnection, noted: Noted) -> int:
    """Counts what is told at the end; gives how many rows fail."""
    counted = first_row(
        desk,
        "SELECT count(*) FILTER (WHERE nameless), count(*) FILTER (WHERE id_made),"
        f" count(*) FILTER (WHERE doubtful_hour) FROM {JUDGED} WHERE reason IS NULL",
    )
    noted.anonymous += counted[0]
    noted.made_ids += counted[1]
    noted.twice_an_hour += counted[2]
    known = ", ".join(f"'{channel}'" for channel in CHANNELS)
    for channel, count in desk.execute(
        f"SELECT channel, count(*) FROM {JUDGED} WHERE reason IS NULL"
        f" AND channel NOT IN ({known}) GROUP BY 1"
    ).fetchall():
        noted.channels[channel] += count
    for metric, count in desk.execute(
        f"SELECT metric, count(*) FROM {JUDGED} WHERE score IS NOT NULL"
        " AND (reason IS NULL OR reason = 'score_outside_scale') GROUP BY 1"
    ).fetchall():
        noted.scores[metric] += count
    for metric, score, count in desk.execute(
        f"SELECT metric, score, count(*) FROM {JUDGED}"
        " WHERE reason = 'score_outside_scale' GROUP BY 1, 2"
    ).fetchall():
        noted.outsiders[metric, score] += count
    bad: int = first_row(desk, f"SELECT count(reason) FROM {JUDGED}")[0]
    return bad
