"""A funnel: units by their number of answers, against what chance allows at each size."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

from verite.pictures.axes import Axis, ticks
from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.place import Obstacle, Wanted, place
from verite.pictures.scores import good_or_bad
from verite.pictures.sheet import Point, Sheet, at
from verite.pictures.widths import width
from verite.sentences.names import touchpoint_name, value_name
from verite.sentences.numbers import figure, interval, number, value
from verite.sentences.of_control import control_words
from verite.words.control import Funnel, FunnelPoint, Side

WIDE: Final = 560.0
NARROW: Final = 350.0
NAMED_WIDE: Final = 16
NAMED_NARROW: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where units fall: answers across (evenly in √n), figures up."""

    funnel: Funnel
    x: Axis
    y: Axis
    lang: str
    links: Links

    def spot(self, point: FunnelPoint) -> Point | None:
        """The place of a unit; none without a value."""
        n, found = point.estimate.n, point.estimate.value
        if n is None or found is None:
            return None
        return Point(x=self.x.at(sqrt(n)), y=self.y.at(found))


def draw_funnel(funnel: Funnel, caption: Caption, lang: str, ink: Ink, links: Links) -> str:
    """The funnel for a desk."""
    return _draw(funnel, Sheet(wide=WIDE, high=300, ink=ink), caption, lang, links)


def draw_funnel_narrow(funnel: Funnel, caption: Caption, lang: str, ink: Ink, links: Links) -> str:
    """The funnel for a phone."""
    return _draw(funnel, Sheet(wide=NARROW, high=270, ink=ink), caption, lang, links)


def _draw(funnel: Funnel, sheet: Sheet, caption: Caption, lang: str, links: Links) -> str:
    classes = "wide" if sheet.wide == WIDE else "narrow"
    if funnel.centre is None or not funnel.bands:
        sheet.high = 40
        sheet.text(Point(x=0, y=24), control_words("funnel.none_short", lang), "m")
        return sheet.svg(caption, classes)
    levels = _levels(funnel)
    left = 10 + max(width(figure(level, funnel.unit, lang), 12) for level in levels)
    frame = _Frame(
        funnel=funnel,
        x=Axis(low=sqrt(funnel.bands[0].n), high=sqrt(funnel.bands[-1].n), start=left,
               end=sheet.wide - 8),
        y=Axis(low=levels[0], high=levels[-1], start=sheet.high - 40, end=12),
        lang=lang,
        links=links,
    )  # fmt: skip
    for level in levels:
        y = frame.y.at(level)
        sheet.grid(Point(x=left, y=y), Point(x=sheet.wide - 8, y=y))
        sheet.text(Point(x=left - 8, y=y + 4), figure(level, funnel.unit, lang), "e m s")
    _draw_limits(sheet, frame)
    for point in funnel.points:
        _draw_unit(sheet, frame, point)
    _name_units(sheet, frame, NAMED_WIDE if classes == "wide" else NAMED_NARROW)
    _tell_sizes(sheet, frame)
    return sheet.svg(caption, classes)


def _levels(funnel: Funnel) -> tuple[float, ...]:
    found = [point.estimate.value for point in funnel.points]
    known = [level for level in found if level is not None]
    edges = [level for band in funnel.bands for level in (band.low_998, band.high_998)]
    return ticks(min([*known, *edges]), max([*known, *edges]))


def _draw_limits(sheet: Sheet, frame: _Frame) -> None:
    centre = frame.y.at(frame.funnel.centre or 0.0)
    sheet.line(Point(x=frame.x.start, y=centre), Point(x=frame.x.end, y=centre), "ln2")
    for name, look in (("95", "dash"), ("998", "lnb")):
        for side in ("low", "high"):
            spots = [
                Point(x=frame.x.at(sqrt(band.n)), y=frame.y.at(getattr(band, f"{side}_{name}")))
                for band in frame.funnel.bands
            ]
            sheet.path("M" + "L".join(at(spot) for spot in spots), look)


def _draw_unit(sheet: Sheet, frame: _Frame, point: FunnelPoint) -> None:
    spot = frame.spot(point)
    if spot is None or point.limits_998 is None:
        return
    low, high = (figure(level, frame.funnel.unit, frame.lang) for level in point.limits_998)
    title = control_words("funnel.title", frame.lang, {
        "name": _name(point, frame.lang), "value": value(point.estimate, frame.lang),
        "range": interval(point.estimate, frame.lang),
        "n": number(point.estimate.n or 0, frame.lang), "low": low, "high": high,
    })  # fmt: skip
    funnel = frame.funnel
    metric = f"nps_{funnel.nps_kind}" if funnel.nps_kind else funnel.metric
    address = frame.links.row(metric, point.by)
    # A phone has no pointer to hover with: the link's own name says it there.
    shown = "" if address and sheet.wide == NARROW else title
    with sheet.link(address, title):
        if point.outside_998 is not Side.INSIDE:
            sign = 1.0 if point.outside_998 is Side.HIGH else -1.0
            sheet.mark(good_or_bad(sign, funnel.better), spot, 6.5, shown)
        elif point.outside_95 is not Side.INSIDE:
            sheet.circle(spot, 4.5, "hollow", shown)
        else:
            sheet.circle(spot, 3.2, "ink", shown)


def _name_units(sheet: Sheet, frame: _Frame, at_most: int) -> None:
    """Names beside the furthest out, as many as there is room for."""
    seen = [(point, spot) for point in frame.funnel.points if (spot := frame.spot(point))]
    seen.sort(key=lambda one: -abs(one[0].z or 0.0))
    obstacles = [
        Obstacle(box=Box(left=s.x - 5, top=s.y - 5, right=s.x + 5, bottom=s.y + 5), cost=400)
        for _, s in seen
    ]
    wanted = [
        Wanted(at=spot, radius=6, lines=(_name(point, frame.lang),),
               bold=point.outside_998 is not Side.INSIDE)
        for point, spot in seen[:at_most]
    ]  # fmt: skip
    bounds = Box(left=frame.x.start, top=0, right=sheet.wide, bottom=frame.y.start + 4)
    for want, found in zip(wanted, place(wanted, obstacles, bounds), strict=True):
        if found is None:
            continue
        if found.leader is not None:
            sheet.line(want.at, found.leader, "cibar")
        look = f"{found.anchor} halo {'b' if want.bold else ''}"
        sheet.text(found.baseline(0), want.lines[0], look.strip())


def _tell_sizes(sheet: Sheet, frame: _Frame) -> None:
    """Numbers of answers under the funnel, and what they are."""
    bands, y, end = frame.funnel.bands, sheet.high - 22, -1e9
    for n in (10, 20, 30, 50, 100, 200, 300, 500, 1000, 2000, 5000, 10_000, 50_000, 200_000):
        said = number(n, frame.lang)
        x, half = frame.x.at(sqrt(n)), width(number(n, frame.lang), 12) / 2
        if not bands[0].n <= n <= bands[-1].n or x - half < max(end + 16, frame.x.start - half):
            continue
        if x + half > sheet.wide:
            continue
        sheet.text(Point(x=x, y=y), said, "c m s")
        end = x + half
    middle = Point(x=(frame.x.start + frame.x.end) / 2, y=sheet.high - 5)
    sheet.text(middle, control_words("funnel.answers", frame.lang), "c m s")


def _name(point: FunnelPoint, lang: str) -> str:
    label = point.by[0]
    if label.dimension == "touchpoint":
        return touchpoint_name(label.value)
    return value_name(label.dimension, label.value, lang)
