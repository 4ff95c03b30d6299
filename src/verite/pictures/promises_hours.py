"""Promises by hour, all days together: a dot and its interval against the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verite.pictures.axes import Axis, ticks
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links, NoLinks
from verite.pictures.sheet import Mark, Point, Sheet
from verite.pictures.widths import width
from verite.sentences.names import value_name
from verite.sentences.numbers import figure, interval, number, value
from verite.sentences.of_promises import promise_words
from verite.words.estimate import Unit
from verite.words.promises import PromiseCell, PromiseKept, Standing

WIDE: Final = 1190.0
NARROW: Final = 350.0
_HIGH: Final = 96.0
_ALL: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Where each of the 24 hours stands across, and what its mark says and opens."""

    across: Sequence[float]
    lang: str
    links: Links

    @property
    def edges(self) -> tuple[float, float]:
        """Where its lines start and end: half an hour around."""
        half = (self.across[1] - self.across[0]) / 2
        return self.across[0] - half, self.across[-1] + half


def draw_hours_alone(kept: PromiseKept, finding: str, lang: str, *, is_narrow: bool) -> str:
    """The hours of a promise without its days, in the ink of a page."""
    wide, names, after = (NARROW, 54.0, 2.0) if is_narrow else (WIDE, 88.0, 142.0)
    sheet = Sheet(wide=wide, high=-14.0, ink=Ink.PAGE)
    each = (wide - names - after) / 24
    strip = Strip(
        across=[names + each * (place + 0.5) for place in range(24)], lang=lang, links=NoLinks()
    )
    draw_hours(sheet, kept, strip)
    for place in range(0, 24, 6 if is_narrow else 1):
        said = value_name("hour", f"{place:02d}", lang)
        sheet.text(Point(x=strip.across[place], y=sheet.high + 10), said, "m s c")
    sheet.high += 16
    return sheet.svg(Caption(finding=finding), "narrow" if is_narrow else "wide")


def draw_total(sheet: Sheet, cell: PromiseCell | None, end: Point, lang: str) -> None:
    """A share and its interval, ending there: under thirty the bounds alone, under five nothing."""
    if cell is None:
        return
    if cell.kept.low is None:
        sheet.text(end, "–", "e m s")
        return
    bounds = interval(cell.kept, lang)
    sheet.text(end, bounds, "e m s")
    is_broken = cell.standing is Standing.BROKEN
    # The unit stands at the head of the column.
    share = "" if cell.kept.value is None else value(cell.kept, lang).rstrip("%").rstrip()
    said = f"▼{share}" if is_broken else share
    if said:
        before = Point(x=end.x - width(bounds, 12) - 5, y=end.y)
        sheet.text(before, said, "e b" if is_broken else "e")


def draw_hours(sheet: Sheet, kept: PromiseKept, strip: Strip) -> None:
    """Under what is drawn already: each hour beneath its column, the target a dashed line."""
    told = [cell for cell in kept.hours if cell.kept.low is not None]
    if not told:
        return
    top, lang, (start, end) = sheet.high + 26, strip.lang, strip.edges
    lowest = min([kept.promise.target, *(cell.kept.low or 0.0 for cell in told)])
    marks = [mark for mark in ticks(lowest, _ALL, 4) if 0.0 <= mark <= _ALL]
    up = Axis(low=marks[0], high=_ALL, start=top + _HIGH, end=top)
    for mark in marks:
        y = up.at(mark)
        sheet.grid(Point(x=start, y=y), Point(x=end, y=y))
        said = figure(mark, Unit.PERCENT, lang)
        sheet.text(Point(x=start - 8, y=y + 4), said, "e m s")
    target = up.at(kept.promise.target)
    sheet.line(Point(x=start, y=target), Point(x=end, y=target), "dash")
    aim = {"target": figure(kept.promise.target, Unit.PERCENT, lang)}
    said = promise_words("picture.target", lang, aim)
    if end + 8 + width(said, 12) <= sheet.wide:
        sheet.text(Point(x=end + 8, y=target + 4), said, "m s")
    for cell in told:
        _draw_hour(sheet, cell, up, strip, f"promise.{kept.promise.key}")
    sheet.high = top + _HIGH + 10


def _draw_hour(sheet: Sheet, cell: PromiseCell, up: Axis, strip: Strip, metric: str) -> None:
    """Its interval, and a dot where thirty contacts or more allow one."""
    x, kept = strip.across[int(cell.by[0].value)], cell.kept
    is_broken = cell.standing is Standing.BROKEN
    title = _title(cell, strip.lang)
    address = strip.links.row(metric, cell.by) if is_broken else None
    with sheet.link(address, title):
        shown = "" if address or sheet.wide == NARROW else title  # a link bears its own name
        ends = [Point(x=x, y=up.at(bound or 0.0)) for bound in (kept.high, kept.low)]
        sheet.line(ends[0], ends[1], "cibar", shown)
        if kept.value is not None:
            mark = Mark.FRICTION if is_broken else Mark.NEUTRAL
            sheet.mark(mark, Point(x=x, y=up.at(kept.value)), 5.0, shown)


def _title(cell: PromiseCell, lang: str) -> str:
    standing = promise_words(f"standing.{cell.standing}", lang) if cell.standing else ""
    return promise_words("picture.title_hour", lang, {
        "hour": value_name("hour", cell.by[0].value, lang), "value": value(cell.kept, lang),
        "range": interval(cell.kept, lang), "n": number(cell.kept.n or 0, lang),
        "standing": standing,
    })  # fmt: skip
