"""The points at stake of one moment on a line of a list: its shape and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verite.pictures.axes import Axis
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.moments import mark_of
from verite.pictures.sheet import Point, Sheet
from verite.words.moments import Moment

WIDE: Final = 120.0
HIGH: Final = 14.0


def stake_axis(rows: Sequence[Moment]) -> Axis:
    """The scale shared by the moments of a list: from nothing to the highest bound."""
    highest = max((row.stake.high for row in rows if row.stake), default=1.0)
    return Axis(low=0.0, high=highest or 1.0, start=7.0, end=WIDE - 7.0)


def draw_stake(row: Moment, axis: Axis, said: str, ink: Ink = Ink.PAGE) -> str:
    """The line of one moment; `said` is what it tells to those who do not see it."""
    sheet, y = Sheet(wide=WIDE, high=HIGH, ink=ink), HIGH / 2
    sheet.line(Point(x=0, y=y), Point(x=WIDE, y=y), "grid")
    if row.stake is not None:
        low, high = axis.at(row.stake.low), axis.at(row.stake.high)
        sheet.line(Point(x=low, y=y), Point(x=high, y=y), "cibar")
    value = row.stake.value if row.stake else 0.0
    sheet.mark(mark_of(row), Point(x=axis.at(value), y=y), 5.5)
    return sheet.svg(Caption(finding=said), "spark")
