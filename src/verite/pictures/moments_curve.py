"""One moment: the outcome expected at each level of experience, and how many lived each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verite.pictures.axes import Axis, tick_digits, ticks
from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.sheet import Mark, Point, Sheet, at
from verite.sentences.moments_drawn import drawn_words, outcome_name
from verite.sentences.numbers import number
from verite.sentences.ranges import range_bounds, range_value
from verite.words.estimate import Estimate, Unit
from verite.words.moments import Bin, OneMoment, Ranged

_BARS: Final = 46.0  # the height of the bars of answers
_EVEN: Final = 5.0
_BEST: Final = 10.0
_NATURAL: Final = {Unit.NPS: (-100.0, 100.0), Unit.PERCENT: (0.0, 100.0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The two axes, and the foot of the bars under them."""

    across: Axis
    up: Axis
    foot: float


def draw_one_moment(found: OneMoment, caption: Caption, lang: str, ink: Ink) -> str:
    """For a desk."""
    sheet = Sheet(wide=560, high=400, ink=ink)
    return _draw(sheet, found, lang).svg(caption, "wide")


def draw_one_moment_narrow(found: OneMoment, caption: Caption, lang: str, ink: Ink) -> str:
    """For a phone."""
    sheet = Sheet(wide=350, high=370, ink=ink)
    return _draw(sheet, found, lang).svg(caption, "narrow")


def _draw(sheet: Sheet, found: OneMoment, lang: str) -> Sheet:
    frame = _frame(sheet, found)
    _axes(sheet, frame, found, lang)
    _curve(sheet, frame, found)
    most = max((one.n for one in found.bins), default=1)
    for one in found.bins:
        _bin(sheet, frame, one, lang)
        _bar(sheet, frame, one, (most, lang))
    return sheet


def _frame(sheet: Sheet, found: OneMoment) -> _Frame:
    seen = [_bounds(one.mean) for one in found.bins if one.mean.low is not None]
    seen += [(point.outcome.low, point.outcome.high) for point in found.curve]
    low = min((low for low, _ in seen), default=0.0)
    high = max((high for _, high in seen), default=1.0)
    marks = ticks(low, high, 7)
    least, most = _NATURAL.get(found.study.unit, (marks[0], marks[-1]))
    bottom = sheet.high - _BARS - 66
    return _Frame(
        across=Axis(low=0.0, high=_BEST, start=48, end=sheet.wide - 12),
        up=Axis(low=max(marks[0], least), high=min(marks[-1], most), start=bottom, end=30),
        foot=sheet.high - 24,
    )


def _axes(sheet: Sheet, frame: _Frame, found: OneMoment, lang: str) -> None:
    across, up = frame.across, frame.up
    marks = ticks(up.low, up.high, 7)
    digits = tick_digits(marks)
    for mark in marks:
        y = up.at(mark)
        sheet.grid(Point(x=across.start, y=y), Point(x=across.end, y=y))
        sheet.text(Point(x=across.start - 8, y=y + 4), number(mark, lang, digits), "e m s")
    for mark in range(0, 11, 2):
        end = "e m s" if mark == _BEST else "c m s"
        sheet.text(Point(x=across.at(mark), y=up.start + 18), number(mark, lang), end)
    sheet.line(Point(x=across.start, y=up.start), Point(x=across.end, y=up.start), "axis")
    middle = across.at(_EVEN)
    sheet.line(Point(x=middle, y=up.end), Point(x=middle, y=up.start), "dash")
    fields = {"outcome": outcome_name(found.outcome, lang)}
    sheet.text(Point(x=2, y=14), drawn_words("axis.expected", lang, fields), "m s")
    foot = Point(x=across.end, y=frame.foot + 18)
    sheet.text(foot, drawn_words("axis.experience", lang), "e m s")


def _curve(sheet: Sheet, frame: _Frame, found: OneMoment) -> None:
    across, up, points = frame.across, frame.up, found.curve
    if len(points) < 2:
        return
    at_each = [across.at(point.experience) for point in points]
    around = [(x, up.at(p.outcome.high)) for x, p in zip(at_each, points, strict=True)]
    around += reversed([(x, up.at(p.outcome.low)) for x, p in zip(at_each, points, strict=True)])
    sheet.path(f"M{_through(around)}Z", "band")
    line = [(x, up.at(p.outcome.value)) for x, p in zip(at_each, points, strict=True)]
    sheet.path(f"M{_through(line)}", "ln")


def _through(spots: Sequence[tuple[float, float]]) -> str:
    return "L".join(at(Point(x=x, y=y)) for x, y in spots)


def _bin(sheet: Sheet, frame: _Frame, one: Bin, lang: str) -> None:
    """The mean of the answers there; under thirty the bounds only, under five nothing."""
    if one.mean.low is None:
        return
    x, up, value = frame.across.at((one.low + one.high) / 2), frame.up, one.mean.value
    low, high = (up.at(bound) for bound in _bounds(one.mean))
    sheet.line(Point(x=x, y=low), Point(x=x, y=high), "cibar")
    spot = Point(x=x, y=(low + high) / 2 if value is None else up.at(value))
    sheet.mark(Mark.FEW if value is None else Mark.NEUTRAL, spot, 6, _title(one, lang))


def _bounds(mean: Estimate) -> tuple[float, float]:
    return mean.low or 0.0, mean.high or 0.0


def _bar(sheet: Sheet, frame: _Frame, one: Bin, size: tuple[int, str]) -> None:
    most, lang = size
    left, right = frame.across.at(one.low) + 2, frame.across.at(one.high) - 2
    top = frame.foot - (_BARS - 18) * one.n / (most or 1)
    sheet.rect(Box(left=left, top=top, right=right, bottom=frame.foot), "sink")
    if one.n:
        sheet.text(Point(x=(left + right) / 2, y=top - 4), number(one.n, lang), "c m s")


def _title(one: Bin, lang: str) -> str:
    low, high = _bounds(one.mean)
    value = one.mean.value
    mean = Ranged(value=low if value is None else value, low=low, high=high)
    return drawn_words("title.few" if value is None else "title.bin", lang, {
        "low": number(one.low, lang, 1), "high": number(one.high, lang, 1),
        "mean": range_value(mean, lang), "mean_range": range_bounds(mean, lang),
        "n": number(one.n, lang),
    })  # fmt: skip
