"""The running feeling drawn: how well each half-life does, and what was foretold came true."""

from __future__ import annotations

from itertools import pairwise
from math import log
from typing import Final

from verite.pictures.axes import Axis, ticks
from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.sheet import Mark, Point, Sheet, at
from verite.sentences.numbers import number, share
from verite.sentences.of_feeling import feeling_words
from verite.words.feeling import Calibration, CurvePoint, HalfLifeCurve

WIDE: Final = 560.0
NARROW: Final = 350.0
_LEFT: Final = 56.0
_SHOWN: Final = (7, 14, 30, 60, 120, 365)


def draw_curve(curve: HalfLifeCurve, caption: Caption, lang: str, ink: Ink) -> str:
    """The validation curve of the half-life, for a desk."""
    return _curve(curve, Sheet(wide=WIDE, high=230, ink=ink), caption, lang)


def draw_curve_narrow(curve: HalfLifeCurve, caption: Caption, lang: str, ink: Ink) -> str:
    """The validation curve of the half-life, for a phone."""
    return _curve(curve, Sheet(wide=NARROW, high=210, ink=ink), caption, lang)


def draw_calibration(found: Calibration, caption: Caption, lang: str, ink: Ink) -> str:
    """What was foretold against what came true, for a desk."""
    return _calibration(found, Sheet(wide=460, high=360, ink=ink), caption, lang)


def draw_calibration_narrow(found: Calibration, caption: Caption, lang: str, ink: Ink) -> str:
    """What was foretold against what came true, for a phone."""
    return _calibration(found, Sheet(wide=NARROW, high=300, ink=ink), caption, lang)


def _curve(curve: HalfLifeCurve, sheet: Sheet, caption: Caption, lang: str) -> str:
    points, bottom = curve.points, sheet.high - 44
    place = Axis(low=0, high=len(points) - 1, start=16, end=sheet.wide - 16)
    losses = [point.loss for point in points]
    low, high = min(losses), max(losses)
    level = Axis(low=low - 0.1 * (high - low), high=high, start=bottom, end=30)
    edges = [_between(points, bound) for bound in (curve.half_life.low, curve.half_life.high)]
    left = place.at(0 if edges[0] is None else edges[0])
    right = place.at(len(points) - 1 if edges[1] is None else edges[1])
    sheet.rect(Box(left=left, top=24, right=right, bottom=bottom + 4), "band")
    spots = [Point(x=place.at(i), y=level.at(point.loss)) for i, point in enumerate(points)]
    sheet.path("M" + "L".join(at(spot) for spot in spots), "ln")
    for spot, point in zip(spots, points, strict=True):
        fields = {"days": number(point.days, lang), "loss": number(point.loss, lang, 5)}
        title = feeling_words("axis.curve_title", lang, fields)
        if point.days == curve.half_life.value:
            sheet.mark(Mark.NEUTRAL, spot, 7, title)
            sheet.text(Point(x=spot.x, y=spot.y - 12), number(point.days, lang), "c b halo")
        else:
            sheet.circle(spot, 2.6, "ink", title)
        if round(point.days) in _SHOWN:
            sheet.text(Point(x=spot.x, y=bottom + 20), number(point.days, lang), "c m s")
    sheet.text(Point(x=16, y=14), feeling_words("axis.loss", lang), "m s")
    sheet.text(Point(x=sheet.wide / 2, y=sheet.high - 6), feeling_words("axis.days", lang), "c m s")
    return sheet.svg(caption, _classes(sheet, WIDE))


def _between(points: tuple[CurvePoint, ...], days: float | None) -> float | None:
    """Where a number of days falls between the points of the grid, evenly in its logarithm."""
    if days is None:
        return None
    for place, (one, other) in enumerate(pairwise(points)):
        if one.days <= days <= other.days:
            return place + log(days / one.days) / log(other.days / one.days)
    return None


def _calibration(found: Calibration, sheet: Sheet, caption: Caption, lang: str) -> str:
    bins, bottom, right = found.trial.bins, sheet.high - 46, sheet.wide - 12
    top = max([b.came_true.high or b.foretold for b in bins] + [b.foretold for b in bins])
    marks = ticks(0.0, top)
    across = Axis(low=0, high=marks[-1], start=_LEFT, end=right)
    up = Axis(low=0, high=marks[-1], start=bottom, end=26)
    digits = 0 if marks[1] >= 0.01 else 1
    for mark in marks:
        sheet.grid(Point(x=_LEFT, y=up.at(mark)), Point(x=right, y=up.at(mark)))
        said = share(mark, lang, digits)
        sheet.text(Point(x=_LEFT - 8, y=up.at(mark) + 4), said, "e m s")
        end = "e m s" if mark == marks[-1] else "c m s"
        sheet.text(Point(x=across.at(mark), y=bottom + 20), said, end)
    corner = Point(x=across.at(marks[-1]), y=up.at(marks[-1]))
    sheet.line(Point(x=across.at(0), y=up.at(0)), corner, "dash")
    for b in bins:
        x, low, high = across.at(b.foretold), b.came_true.low, b.came_true.high
        if low is not None and high is not None:
            sheet.line(Point(x=x, y=up.at(low)), Point(x=x, y=up.at(high)), "cibar")
        fields = {
            "foretold": share(b.foretold, lang, 1), "n": number(b.n, lang),
            "came_true": share(b.came_true.value or 0.0, lang, 1),
            "range": f"[{share(low or 0.0, lang, 1)} ; {share(high or 0.0, lang, 1)}]",
        }  # fmt: skip
        title = feeling_words("axis.bin_title", lang, fields)
        sheet.circle(Point(x=x, y=up.at(b.came_true.value or 0.0)), 3.4, "ink", title)
    sheet.text(Point(x=2, y=14), feeling_words("axis.came_true", lang), "m s")
    middle = Point(x=(_LEFT + right) / 2, y=sheet.high - 6)
    sheet.text(middle, feeling_words("axis.foretold", lang), "c m s")
    return sheet.svg(caption, _classes(sheet, 460))


def _classes(sheet: Sheet, wide: float) -> str:
    return "wide" if sheet.wide == wide else "narrow"
