"""A trend with its control limits (XmR chart), and the sparkline of a table row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from verite.pictures.axes import Axis
from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.place import Obstacle, Wanted, place
from verite.pictures.scores import good_or_bad
from verite.pictures.sheet import Mark, Point, Sheet, at
from verite.pictures.widths import width
from verite.sentences.catalogue import phrase
from verite.sentences.dates import day, month
from verite.sentences.names import name_in
from verite.sentences.numbers import figure_for, interval, print_figure, value
from verite.words.estimate import Status
from verite.words.measured import Signal, Trend, TrendPoint

WIDE: Final = 760.0
NARROW: Final = 350.0
_OUTSIDE: Final = (Signal.ABOVE, Signal.BELOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where the points of a trend fall."""

    trend: Trend
    x: Axis
    y: Axis
    lang: str

    def spot(self, index: int) -> Point | None:
        """The place of a period; none without a value."""
        found = self.trend.points[index].estimate.value
        return None if found is None else Point(x=self.x.at(index), y=self.y.at(found))


def draw_trend(trend: Trend, caption: Caption, lang: str, ink: Ink) -> str:
    """The control chart for a desk."""
    return _chart(trend, Sheet(wide=WIDE, high=250, ink=ink), caption, lang)


def draw_trend_narrow(trend: Trend, caption: Caption, lang: str, ink: Ink) -> str:
    """The control chart for a phone."""
    return _chart(trend, Sheet(wide=NARROW, high=230, ink=ink), caption, lang)


def draw_sparkline(trend: Trend, caption: Caption, ink: Ink) -> str:
    """Sixteen periods with their limits; no axis, no number: the row has them."""
    sheet = Sheet(wide=230, high=36, ink=ink)
    frame = _Frame(trend=trend, x=_periods(trend, 3, 223), y=_values(trend, 31, 5), lang="fr")
    _draw_limits(sheet, frame)
    _draw_line(sheet, frame)
    last = max((i for i in range(len(trend.points)) if frame.spot(i)), default=-1)
    for index, point in enumerate(trend.points):
        spot = frame.spot(index)
        if spot is None:
            continue
        if index == last:
            sheet.mark(_mark(trend, point), spot, 5)
        elif point.signal in _OUTSIDE:
            sheet.circle(spot, 2.2, "ink")
    return sheet.svg(caption, "spark")


def _chart(trend: Trend, sheet: Sheet, caption: Caption, lang: str) -> str:
    classes = "wide" if sheet.wide == WIDE else "narrow"
    if not any(point.estimate.value is not None for point in trend.points):
        sheet.high = 40
        sheet.text(Point(x=0, y=24), phrase("trend.none", lang), "m")
        return sheet.svg(caption, classes)
    labels = _limit_labels(trend, lang, short=classes == "narrow")
    margin = 10 + max((width(said, 12) for _, said in labels), default=0)
    frame = _Frame(
        trend=trend, x=_periods(trend, 10, sheet.wide - margin - 6),
        y=_values(trend, sheet.high - 34, 24), lang=lang,
    )  # fmt: skip
    _draw_limits(sheet, frame)
    _print_limits(sheet, frame, labels, sheet.wide - margin + 4)
    _draw_line(sheet, frame)
    for index, point in enumerate(trend.points):
        _draw_point(sheet, frame, index, point)
    _print_notable(sheet, frame)
    _print_periods(sheet, frame)
    return sheet.svg(caption, classes)


def _periods(trend: Trend, start: float, end: float) -> Axis:
    return Axis(low=0, high=max(len(trend.points) - 1, 1), start=start, end=end)


def _values(trend: Trend, bottom: float, top: float) -> Axis:
    numbers = [point.estimate.value for point in trend.points]
    found = [x for x in (*numbers, trend.lower, trend.upper) if x is not None] or [0.0, 1.0]
    low, high = min(found), max(found)
    margin = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return Axis(low=low - margin, high=high + margin, start=bottom, end=top)


def _draw_limits(sheet: Sheet, frame: _Frame) -> None:
    trend = frame.trend
    left, right = frame.x.start - 4, frame.x.end + 4
    if trend.lower is not None and trend.upper is not None:
        box = Box(
            left=left, top=frame.y.at(trend.upper), right=right, bottom=frame.y.at(trend.lower)
        )
        sheet.rect(box, "band")
    if trend.mean is not None:
        y = frame.y.at(trend.mean)
        sheet.line(Point(x=left, y=y), Point(x=right, y=y), "dash")


def _limit_labels(trend: Trend, lang: str, *, short: bool) -> list[tuple[float, str]]:
    said = [("limit", trend.upper), ("mean", trend.mean), ("limit", trend.lower)]
    spread = None
    if trend.upper is not None and trend.lower is not None:
        spread = trend.upper - trend.lower
    labels = []
    for name, at_ in said:
        if at_ is not None:
            printed = print_figure(at_, figure_for(trend.unit, at_, spread, lang), lang)
            text = printed if short else phrase(f"trend.{name}", lang, {name: printed})
            labels.append((at_, text))
    return labels


def _print_limits(
    sheet: Sheet, frame: _Frame, labels: Sequence[tuple[float, str]], x: float
) -> None:
    """Labels at the right end, pushed apart when limits are close."""
    last = -1e9
    for at_, said in labels:
        y = max(frame.y.at(at_) + 4, last + 15)
        sheet.text(Point(x=x, y=y), said, "m s")
        last = y


def _draw_line(sheet: Sheet, frame: _Frame) -> None:
    """A full line between periods that follow one another, dashes over those without a value."""
    known = [i for i in range(len(frame.trend.points)) if frame.spot(i) is not None]
    runs: list[list[int]] = []
    for index in known:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in runs:
        spots = [spot for index in run if (spot := frame.spot(index)) is not None]
        if len(spots) > 1:
            sheet.path("M" + "L".join(at(spot) for spot in spots), "ln")
    for one, other in pairwise(runs):
        start, end = frame.spot(one[-1]), frame.spot(other[0])
        if start and end:
            sheet.line(start, end, "dash")


def _draw_point(sheet: Sheet, frame: _Frame, index: int, point: TrendPoint) -> None:
    title = f"{_when(point, frame.lang)}, {value(point.estimate, frame.lang)}"
    title = f"{title} {interval(point.estimate, frame.lang)}".rstrip()
    spot = frame.spot(index)
    low, high = point.estimate.low, point.estimate.high
    doubtful = point.signal in _OUTSIDE or spot is None or index == len(frame.trend.points) - 1
    if doubtful and low is not None and high is not None:
        x = frame.x.at(index)
        ends = Point(x=x, y=frame.y.at(low)), Point(x=x, y=frame.y.at(high))
        sheet.line(*ends, "whisk")
    if spot is None:
        if point.estimate.status is Status.FEW and low is not None and high is not None:
            middle = Point(x=frame.x.at(index), y=frame.y.at((low + high) / 2))
            sheet.mark(Mark.FEW, middle, 5, title)
        return
    if point.signal in _OUTSIDE:
        said = name_in("signal", point.signal, frame.lang)
        sheet.mark(_mark(frame.trend, point), spot, 6.5, f"{title}, {said}")
    elif point.signal is Signal.INSIDE:
        sheet.circle(spot, 2.6, "ink", title)
    else:
        said = name_in("signal", point.signal, frame.lang)
        sheet.circle(spot, 4, "hollow", f"{title}, {said}")


def _mark(trend: Trend, point: TrendPoint) -> Mark:
    if point.signal not in _OUTSIDE:
        return Mark.NEUTRAL
    return good_or_bad(1.0 if point.signal is Signal.ABOVE else -1.0, trend.better)


def _print_notable(sheet: Sheet, frame: _Frame) -> None:
    """Say the date of the first point outside, and the value of the last point."""
    points = frame.trend.points
    spots = {i: spot for i in range(len(points)) if (spot := frame.spot(i)) is not None}
    obstacles = [Obstacle(box=_around(spot), cost=60) for spot in spots.values()]
    obstacles += [Obstacle(box=_around(spot, 3), cost=20) for spot in _along(list(spots.values()))]
    last = max(spots)
    wanted = [Wanted(at=spots[last], radius=7, lines=(value(points[last].estimate, frame.lang),),
                     bold=True)]  # fmt: skip
    first = next((i for i in spots if points[i].signal in _OUTSIDE), None)
    if first is not None:
        signal = name_in("signal", points[first].signal, frame.lang)
        when = {"when": _when(points[first], frame.lang), "signal": signal}
        said = phrase("trend.outside", frame.lang, when)
        wanted.append(Wanted(at=spots[first], radius=8, lines=(said,)))
    bounds = Box(left=0, top=0, right=frame.x.end + 8, bottom=frame.y.start + 8)
    for want, found in zip(wanted, place(wanted, obstacles, bounds), strict=True):
        if found is None:
            continue
        if found.leader is not None:
            sheet.line(want.at, found.leader, "cibar")
        look = f"{found.anchor} halo b" if want.bold else f"{found.anchor} halo"
        sheet.text(found.baseline(0), want.lines[0], look.strip())


def _around(spot: Point, by: float = 8) -> Box:
    return Box(left=spot.x, top=spot.y, right=spot.x, bottom=spot.y).grown(by)


def _along(spots: Sequence[Point]) -> list[Point]:
    """Places on the line between its points, for labels to keep off."""
    return [
        Point(x=one.x + (other.x - one.x) * part, y=one.y + (other.y - one.y) * part)
        for one, other in pairwise(spots)
        for part in (0.2, 0.35, 0.5, 0.65, 0.8)
    ]


def _print_periods(sheet: Sheet, frame: _Frame) -> None:
    """Dates under the first and the last point, and between as many as there is room for."""
    points, y, last = frame.trend.points, sheet.high - 8, -1e9
    ends = [len(points) - 1] if len(points) > 1 else []
    label = _when(points[-1], frame.lang, year=False)
    half = width(label, 12) / 2
    final = min(frame.x.at(len(points) - 1), sheet.wide - half)
    for index in ends:
        sheet.text(Point(x=final, y=y), _when(points[index], frame.lang, year=False), "c m s")
    for index in range(max(len(points) - 1, 1)):
        said = _when(points[index], frame.lang, year=False)
        left = frame.x.at(index) - (6 if index == 0 else width(said, 12) / 2)
        if left < last + 46 or (ends and left + width(said, 12) + 16 > final - half):
            continue
        sheet.text(Point(x=left, y=y), said, "m s")
        last = left + width(said, 12)


def _when(point: TrendPoint, lang: str, *, year: bool = True) -> str:
    if (point.end - point.start).days >= 27:
        return month(point.start.year, point.start.month, lang)
    return day(point.start.date(), lang, year=year)
