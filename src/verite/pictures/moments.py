"""Moments of truth: points at stake across, experience up, a cross of intervals on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verite.pictures.axes import Axis, tick_digits, ticks
from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.place import Obstacle, Placed, Wanted, place
from verite.pictures.sheet import Mark, Point, Sheet
from verite.pictures.wrap import Room, shorten
from verite.sentences.moments_drawn import drawn_words, outcome_name
from verite.sentences.names import touchpoint_name
from verite.sentences.numbers import number
from verite.sentences.ranges import range_bounds, range_value
from verite.words.moments import Moment, MomentKind, Moments, Ranged

DISPROPORTIONATE_FROM: Final = 3.0
_NAMED_ON_A_PHONE: Final = 5
_BEST: Final = 10.0
_EVEN: Final = 5.0  # neither good nor bad
_RING: Final = 11.0
_EDGE: Final = 14.0  # a mark at nothing stays clear of the numbers
_MARKS: Final = {
    MomentKind.FRICTION: Mark.FRICTION,
    MomentKind.DELIGHT: Mark.DELIGHT,
    MomentKind.BOTH: Mark.BOTH,
    MomentKind.NEUTRAL: Mark.NEUTRAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The two axes, and how many moments bear their name."""

    across: Axis
    up: Axis
    named: int

    def spot(self, row: Moment) -> Point:
        """Where a moment stands."""
        return Point(x=self.across.at(_stake(row).value), y=self.up.at(row.performance.value))


def draw_moments(moments: Moments, caption: Caption, lang: str, ink: Ink, links: Links) -> str:
    """For a desk: every moment by its name."""
    sheet = Sheet(wide=728, high=610, ink=ink)
    named = len(moments.rows)
    frame = _frame(moments, Box(left=46, top=30, right=712, bottom=560), named=named)
    return _draw(sheet, frame, moments, (lang, links)).svg(caption, "wide")


def draw_moments_narrow(
    moments: Moments, caption: Caption, lang: str, ink: Ink, links: Links
) -> str:
    """For a phone: the first ones by their name, the others by their place in the list."""
    sheet = Sheet(wide=350, high=430, ink=ink)
    frame = _frame(moments, Box(left=30, top=26, right=342, bottom=386), named=_NAMED_ON_A_PHONE)
    return _draw(sheet, frame, moments, (lang, links)).svg(caption, "narrow")


def mark_of(row: Moment) -> Mark:
    """The shape of a moment; one that chance explains is an empty circle."""
    return _MARKS[row.kind] if row.matters else Mark.HOLLOW


def is_disproportionate(row: Moment) -> bool:
    """Whether its effect is at least three times its volume."""
    return row.matters and row.disproportion >= DISPROPORTIONATE_FROM


def _stake(row: Moment) -> Ranged:
    """The points told; without a direction, none: it stands where nothing is at stake."""
    return row.stake or Ranged(value=0.0, low=0.0, high=0.0)


def _frame(moments: Moments, room: Box, *, named: int) -> _Frame:
    rows, wide = moments.rows, room.right - room.left > 400
    sure = [row for row in rows if row.matters] or list(rows)
    right = max([_stake(row).value for row in rows] + [_stake(row).high for row in sure])
    left = min([_stake(row).value for row in rows] + [_stake(row).low for row in sure] + [0.0])
    x = ticks(left, 1.02 * right or 1.0, 9 if wide else 6)
    lows, highs = [r.performance.low for r in rows], [r.performance.high for r in rows]
    y = ticks(max(min([*lows, 4.0]), 0.0), min(max([*highs, 6.0]), _BEST), 7)
    return _Frame(
        across=Axis(low=x[0], high=x[-1], start=room.left + _EDGE, end=room.right),
        up=Axis(low=y[0], high=min(y[-1], _BEST), start=room.bottom, end=room.top),
        named=named,
    )


def _draw(sheet: Sheet, frame: _Frame, moments: Moments, said: tuple[str, Links]) -> Sheet:
    lang, links = said
    _axes(sheet, frame, moments, lang)
    for row in moments.rows:
        _cross(sheet, frame, row)
    labels = _labels(sheet, frame, moments.rows, lang)
    for row, (name, label) in zip(moments.rows, labels, strict=True):
        title = _title(row, lang)
        with sheet.link(links.touchpoint(row.touchpoint), title):
            spot = frame.spot(row)
            if is_disproportionate(row):
                sheet.circle(spot, _RING, "ring")
            sheet.mark(mark_of(row), spot, 6.5, title)
            if label is not None:
                if label.leader is not None:
                    sheet.line(spot, label.leader, "cibar")
                weight = " b" if row.matters else ""
                sheet.text(label.baseline(0), name, f"{label.anchor} halo{weight}".strip())
    return sheet


def _axes(sheet: Sheet, frame: _Frame, moments: Moments, lang: str) -> None:
    across, up = frame.across, frame.up
    marks = ticks(up.low, up.high, 7)
    for mark in marks:
        y = up.at(mark)
        sheet.grid(Point(x=across.start - _EDGE, y=y), Point(x=across.end, y=y))
        said = number(mark, lang, tick_digits(marks))
        sheet.text(Point(x=across.start - _EDGE - 8, y=y + 4), said, "e m s")
    shown = ticks(across.low, across.high, 9 if sheet.wide > 400 else 6)
    digits = tick_digits(shown)
    for mark in shown:
        end = "e m s" if mark == shown[-1] else "c m s"
        sheet.text(Point(x=across.at(mark), y=up.start + 18), number(mark, lang, digits), end)
    corner = Point(x=across.start - _EDGE, y=up.start)
    sheet.line(corner, Point(x=across.end, y=up.start), "axis")
    if across.low < 0.0:
        none = across.at(0.0)
        sheet.line(Point(x=none, y=up.end), Point(x=none, y=up.start), "dash")
    even = up.at(_EVEN)
    sheet.line(Point(x=across.start - _EDGE, y=even), Point(x=across.end, y=even), "dash")
    fields = {"outcome": outcome_name(moments.outcome, lang)}
    sheet.text(Point(x=2, y=14), drawn_words("axis.performance", lang), "m s")
    foot = Point(x=across.end, y=up.start + 40)
    sheet.text(foot, drawn_words("axis.stake", lang, fields), "e m s")
    sheet.text(Point(x=across.end - 4, y=up.end + 12), drawn_words("corner.keep", lang), "e m s")
    low = Point(x=across.end - 4, y=up.start - 8)
    sheet.text(low, drawn_words("corner.mend", lang), "e m s")


def _cross(sheet: Sheet, frame: _Frame, row: Moment) -> None:
    spot, across, up = frame.spot(row), frame.across, frame.up
    if row.stake is not None:
        left, right = across.at(row.stake.low), across.at(row.stake.high)
        sheet.line(Point(x=left, y=spot.y), Point(x=right, y=spot.y), "cibar")
    low, high = up.at(row.performance.low), up.at(row.performance.high)
    sheet.line(Point(x=spot.x, y=low), Point(x=spot.x, y=high), "cibar")


def _labels(
    sheet: Sheet, frame: _Frame, rows: Sequence[Moment], lang: str
) -> list[tuple[str, Placed | None]]:
    """The name and the place of each label; a name that finds none gives way to its number."""
    bounds = Box(left=2, top=frame.up.end - 8, right=sheet.wide - 2, bottom=frame.up.start - 2)
    narrow = sheet.wide < 400
    room = Room(width=150 if narrow else 190, size=12.5)
    names = []
    for place_in_list, row in enumerate(rows, 1):
        name = shorten(touchpoint_name(row.touchpoint), room)
        if place_in_list > frame.named:
            name = str(place_in_list)
        names.append(f"{place_in_list} {name}" if narrow and name != str(place_in_list) else name)
    taken = [*_taken(sheet, frame, rows)]
    found = place([_wanted(frame, row, name) for row, name in zip(rows, names, strict=True)],
                  taken, bounds)  # fmt: skip
    taken += [Obstacle(box=one.box, cost=500) for one in found if one is not None]
    labels = list(zip(names, found, strict=True))
    for index, (_, label) in enumerate(labels):
        if label is None:
            short = str(index + 1)
            (again,) = place([_wanted(frame, rows[index], short)], taken, bounds)
            labels[index] = (short, again)
            taken += [Obstacle(box=again.box, cost=500)] if again is not None else []
    return labels


def _wanted(frame: _Frame, row: Moment, name: str) -> Wanted:
    radius = _RING if is_disproportionate(row) else 7.0
    return Wanted(at=frame.spot(row), radius=radius, lines=(name,), bold=row.matters)


def _taken(sheet: Sheet, frame: _Frame, rows: Sequence[Moment]) -> list[Obstacle]:
    """Marks, whiskers and words of the corners, which labels should leave free."""
    across, up = frame.across, frame.up
    taken = [Obstacle(box=box, cost=500) for box in sheet.lettering]
    for row in rows:
        spot = frame.spot(row)
        mark = Box(left=spot.x, top=spot.y, right=spot.x, bottom=spot.y).grown(7.0)
        taken.append(Obstacle(box=mark, cost=400))
        stake = _stake(row)
        flat = Box(left=across.at(stake.low), top=spot.y - 1,
                   right=across.at(stake.high), bottom=spot.y + 1)  # fmt: skip
        upright = Box(left=spot.x - 1, top=up.at(row.performance.high),
                      right=spot.x + 1, bottom=up.at(row.performance.low))  # fmt: skip
        taken += [Obstacle(box=flat, cost=14), Obstacle(box=upright, cost=14)]
    return taken


def _title(row: Moment, lang: str) -> str:
    stake = _stake(row)
    return drawn_words("title.moment" if row.stake else "title.neutral", lang, {
        "name": touchpoint_name(row.touchpoint), "points": range_value(stake, lang),
        "points_range": range_bounds(stake, lang),
        "performance": range_value(row.performance, lang, 1),
        "performance_range": range_bounds(row.performance, lang, 1), "n": number(row.n, lang),
    })  # fmt: skip
