"""How a file writes its numbers and dates, judged on its first sheet; what is told wins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verite.loop.listen.cells import cell_sql
from verite.loop.listen.mapping import NUMBER_FIELDS, TIME_FIELDS
from verite.loop.listen.plan import Plan
from verite.loop.listen.sheet import Writing
from verite.loop.listen.sql import first_row
from verite.loop.listen.times import SLASHED

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COMMA = r"^[+-]?(\d+,(\d{1,2}|\d{4,})|\d{1,3}([. ]\d{3})+,\d+)$"
POINT = r"^[+-]?(\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+)$"
LONE = r"^[+-]?\d+,\d{3}$"


def learn(
    desk: DuckDBPyConnection, table: str, plan: Plan, writing: Writing
) -> tuple[Writing, bool]:
    """The writing with decimal mark and day order filled in; and whether dates leave a doubt."""
    decimal = writing.decimal or _decimal(desk, table, plan, writing.separator)
    if writing.day_first is not None:
        return replace(writing, decimal=decimal), False
    day_first, doubtful = _day_first(desk, table, plan)
    return replace(writing, decimal=decimal, day_first=day_first), doubtful


def _decimal(desk: DuckDBPyConnection, table: str, plan: Plan, separator: str | None) -> str | None:
    cells = _cells(plan, NUMBER_FIELDS)
    if not cells:
        return None
    counts = [
        f"coalesce(count_if(regexp_matches({cell}, '{shape}')), 0)"
        for shape in (COMMA, POINT, LONE)
        for cell in cells
    ]
    found = first_row(desk, f"SELECT {', '.join(counts)} FROM {table}")
    each = len(cells)
    comma, point, lone = (sum(found[i * each : (i + 1) * each]) for i in range(3))
    if comma > point or (comma == point == 0 and lone and separator == ";"):
        return ","
    return "." if point or lone or comma else None


def _day_first(desk: DuckDBPyConnection, table: str, plan: Plan) -> tuple[bool | None, bool]:
    """None: no such dates. Days over 12 decide; when none is, the day is taken to come first."""
    cells = _cells(plan, TIME_FIELDS, unformatted=True)
    first = second = None
    for cell in cells:
        parts = [
            f"max(try_cast(regexp_extract({cell}, '{SLASHED}', {i}) AS INTEGER))" for i in (1, 2)
        ]
        found = first_row(desk, f"SELECT {', '.join(parts)} FROM {table}")
        if found[0] is None:
            continue
        first, second = max(first or 0, found[0]), max(second or 0, found[1])
    if first is None or second is None:
        return None, False
    if second > 12 >= first:
        return False, False
    return True, first <= 12


def _cells(plan: Plan, fields: tuple[str, ...], *, unformatted: bool = False) -> list[str]:
    laid = {
        one
        for branch in plan.branches
        for name, one in branch.fields
        if name in fields and one.place is not None
        if not (unformatted and one.filling.format)
    }
    return sorted({cell_sql(one) for one in laid})
