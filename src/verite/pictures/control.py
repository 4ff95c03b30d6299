"""A control chart: the points, the band of ordinary variation, the smoothed course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from verite.pictures.axes import Axis
from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.place import Obstacle, Wanted, place
from verite.pictures.scores import good_or_bad
from verite.pictures.sheet import Point, Sheet, at
from verite.pictures.widths import width
from verite.sentences.numbers import figure, interval, number, value
from verite.sentences.of_control import control_words, first_out, when
from verite.words.control import ControlPicture, ControlPoint, Rule, Side
from verite.words.estimate import Status
from verite.words.measured import Label

WIDE: Final = 560.0
NARROW: Final = 350.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where the points of a chart fall."""

    picture: ControlPicture
    x: Axis
    y: Axis
    lang: str
    links: Links

    @property
    def points(self) -> tuple[ControlPoint, ...]:
        """The periods."""
        return self.picture.chart.points

    def spot(self, index: int) -> Point | None:
        """The place of a period; none without a value."""
        found = self.points[index].estimate.value
        return None if found is None else Point(x=self.x.at(index), y=self.y.at(found))


def draw_control(
    picture: ControlPicture, caption: Caption, lang: str, ink: Ink, links: Links
) -> str:
    """The chart for a desk."""
    return _chart(picture, Sheet(wide=WIDE, high=232, ink=ink), caption, lang, links)


def draw_control_narrow(
    picture: ControlPicture, caption: Caption, lang: str, ink: Ink, links: Links
) -> str:
    """The chart for a phone."""
    return _chart(picture, Sheet(wide=NARROW, high=222, ink=ink), caption, lang, links)


def _chart(picture: ControlPicture, sheet: Sheet, caption: Caption, lang: str, links: Links) -> str:
    labels = _limits(picture, lang)
    margin = 10 + max(width(said, 12) for _, said in labels)
    points = picture.chart.points
    frame = _Frame(
        picture=picture,
        x=Axis(low=0, high=max(len(points) - 1, 1), start=10, end=sheet.wide - margin - 6),
        y=_scale(points, sheet.high - 34),
        lang=lang,
        links=links,
    )
    _draw_band(sheet, frame)
    last = -1e9
    for level, said in labels:
        y = max(frame.y.at(level) + 4, last + 15)
        sheet.text(Point(x=sheet.wide - margin + 4, y=y), said, "m s")
        last = y
    _draw_courses(sheet, frame)
    for index in range(len(points)):
        _draw_point(sheet, frame, index)
    _tell_first(sheet, frame)
    _tell_periods(sheet, frame)
    return sheet.svg(caption, "wide" if sheet.wide == WIDE else "narrow")


def _limits(picture: ControlPicture, lang: str) -> list[tuple[float, str]]:
    """The limits of the last period and the mean, from the top."""
    last, unit = picture.chart.points[-1], picture.unit
    levels = [last.upper, picture.chart.mean, last.lower]
    return [(level, figure(level, unit, lang)) for level in levels if level is not None]


def _scale(points: Sequence[ControlPoint], bottom: float) -> Axis:
    found = [
        level
        for point in points
        for level in (point.estimate.value, point.lower, point.upper, point.smoothed)
        if level is not None
    ] or [0.0, 1.0]
    low, high = min(found), max(found)
    margin = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return Axis(low=low - margin, high=high + margin, start=bottom, end=22)


def _draw_band(sheet: Sheet, frame: _Frame) -> None:
    """The band, as wide at each period as its number of answers makes it."""
    upper, lower = [], []
    for index, point in enumerate(frame.points):
        if point.lower is None or point.upper is None:
            continue
        x = frame.x.at(index)
        upper.append(Point(x=x, y=frame.y.at(point.upper)))
        lower.append(Point(x=x, y=frame.y.at(point.lower)))
    if upper:
        left, right = frame.x.start - 4, frame.x.end + 4
        upper = [Point(x=left, y=upper[0].y), *upper, Point(x=right, y=upper[-1].y)]
        lower = [Point(x=left, y=lower[0].y), *lower, Point(x=right, y=lower[-1].y)]
        around = [*upper, *reversed(lower)]
        sheet.path("M" + "L".join(at(spot) for spot in around) + "Z", "band")
    y = frame.y.at(frame.picture.chart.mean)
    sheet.line(Point(x=frame.x.start - 4, y=y), Point(x=frame.x.end + 4, y=y), "dash")


def _draw_courses(sheet: Sheet, frame: _Frame) -> None:
    """The smoothed course as a thin line, then the points' own, broken where there is no value."""
    smoothed = [
        Point(x=frame.x.at(index), y=frame.y.at(point.smoothed))
        for index, point in enumerate(frame.points)
        if point.smoothed is not None
    ]
    if len(smoothed) > 1:
        sheet.path("M" + "L".join(at(spot) for spot in smoothed), "ln2")
    known = [index for index in range(len(frame.points)) if frame.spot(index) is not None]
    for one, other in pairwise(known):
        start, end = frame.spot(one), frame.spot(other)
        if start is not None and end is not None:
            sheet.line(start, end, "ln" if other == one + 1 else "dash")


def _draw_point(sheet: Sheet, frame: _Frame, index: int) -> None:
    point, spot, picture = frame.points[index], frame.spot(index), frame.picture
    if spot is None or point.estimate.status is not Status.OK:
        return
    fields = {
        "when": when(point, picture.period, frame.lang), "value": value(point.estimate, frame.lang),
        "range": interval(point.estimate, frame.lang),
        "n": number(point.estimate.n or 0, frame.lang),
    }  # fmt: skip
    title = control_words("chart.title", frame.lang, fields)
    rules = [f"rule.{rule}" for rule in point.broken] + ["rule.drift"] * point.drifts
    title = ", ".join([title, *(control_words(rule, frame.lang) for rule in rules)])
    label = Label(dimension=picture.period, value=point.label)
    metric = f"nps_{picture.nps_kind}" if picture.nps_kind else picture.metric
    address = frame.links.row(metric, (*picture.chart.by, label))
    with sheet.link(address if point.side is not Side.INSIDE else None, title):
        if Rule.BEYOND_THREE in point.broken:
            sign = 1.0 if point.side is Side.HIGH else -1.0
            sheet.mark(good_or_bad(sign, picture.better), spot, 6.5, title)
        elif point.side is Side.INSIDE:
            sheet.circle(spot, 2.6, "ink", title)
        else:
            sheet.circle(spot, 4, "hollow", title)


def _tell_first(sheet: Sheet, frame: _Frame) -> None:
    """The date of the first period outside, beside its mark."""
    first = first_out(frame.picture.chart)
    if first is None:
        return
    index = frame.points.index(first)
    spots = [spot for i in range(len(frame.points)) if (spot := frame.spot(i)) is not None]
    spot = frame.spot(index)
    if spot is None:
        return
    obstacles = [
        Obstacle(box=Box(left=s.x - 6, top=s.y - 6, right=s.x + 6, bottom=s.y + 6), cost=60)
        for s in spots
    ]
    said = when(first, frame.picture.period, frame.lang, year=False)
    bounds = Box(left=0, top=0, right=frame.x.end + 8, bottom=frame.y.start + 6)
    wanted = Wanted(at=spot, radius=8, lines=(said,), bold=True)
    found = place([wanted], obstacles, bounds)[0]
    if found is None:
        return
    if found.leader is not None:
        sheet.line(spot, found.leader, "cibar")
    sheet.text(found.baseline(0), said, f"{found.anchor} halo b".strip())


def _tell_periods(sheet: Sheet, frame: _Frame) -> None:
    """Dates under the chart: the first, the last, and as many between as there is room for."""
    points, y, period = frame.points, sheet.high - 8, frame.picture.period
    final = when(points[-1], period, frame.lang, year=False)
    last_left = min(frame.x.at(len(points) - 1), sheet.wide) - width(final, 12)
    sheet.text(Point(x=last_left, y=y), final, "m s")
    end = -1e9
    for index in range(len(points) - 1):
        said = when(points[index], period, frame.lang, year=False)
        left = max(frame.x.at(index) - (6 if index == 0 else width(said, 12) / 2), 0)
        if left < end + 40 or left + width(said, 12) + 14 > last_left:
            continue
        sheet.text(Point(x=left, y=y), said, "m s")
        end = left + width(said, 12)
