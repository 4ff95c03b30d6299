"""Who stays: the share still there after each day, by what was lived before, with its band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verite.pictures.axes import Axis, ticks
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.sheet import Mark, Point, Sheet, at
from verite.sentences.numbers import number, share, span
from verite.sentences.of_experience import experience_words
from verite.words.experience import Kept, KeptCurve

WIDE: Final = 560.0
NARROW: Final = 350.0
_LEFT: Final = 52.0
_LINES: Final = {"good": "lna", "middle": "ln", "bad": "lnf"}
_BANDS: Final = {"good": "accs", "middle": "band", "bad": "fris"}
_INKS: Final = {"good": "g", "middle": "", "bad": "f"}
# At the end of each line and before its name: told apart without colour.
_MARKS: Final = {"good": Mark.DELIGHT, "middle": Mark.NEUTRAL, "bad": Mark.FRICTION}
_LINE: Final = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    across: Axis
    up: Axis


def draw_kept(found: Kept, caption: Caption, lang: str, ink: Ink) -> str:
    """For a desk."""
    return _draw(found, Sheet(wide=WIDE, high=300, ink=ink), caption, lang)


def draw_kept_narrow(found: Kept, caption: Caption, lang: str, ink: Ink) -> str:
    """For a phone."""
    return _draw(found, Sheet(wide=NARROW, high=312, ink=ink), caption, lang)


def _draw(found: Kept, sheet: Sheet, caption: Caption, lang: str) -> str:
    curves = [one for one in found.curves if one.group in _LINES]
    frame = _frame(sheet, curves, found.days)
    _axes(sheet, frame, lang)
    for one in curves:
        _band(sheet, frame, one)
    for one in curves:
        _line(sheet, frame, one, lang)
    _names(sheet, frame, curves, lang)
    return sheet.svg(caption, "wide" if sheet.wide == WIDE else "narrow")


def _frame(sheet: Sheet, curves: list[KeptCurve], days: int) -> _Frame:
    lows = [p.low if p.low is not None else p.share for one in curves for p in one.points]
    marks = ticks(min(lows, default=0.0), 1.0, 6)
    bottom = sheet.high - 44 - _step(sheet) * len(curves)
    return _Frame(
        across=Axis(low=0.0, high=float(days), start=_LEFT, end=sheet.wide - 12),
        up=Axis(low=max(marks[0], 0.0), high=1.0, start=bottom, end=26),
    )


def _axes(sheet: Sheet, frame: _Frame, lang: str) -> None:
    marks = [mark for mark in ticks(frame.up.low, 1.0, 6) if frame.up.low <= mark <= 1.0]
    digits = 0 if len(marks) < 2 or marks[1] - marks[0] >= 0.01 - 1e-9 else 1
    for mark in marks:
        y = frame.up.at(mark)
        sheet.grid(Point(x=_LEFT, y=y), Point(x=frame.across.end, y=y))
        sheet.text(Point(x=_LEFT - 8, y=y + 4), share(mark, lang, digits), "e m s")
    for day in ticks(0.0, frame.across.high, 5):
        if day <= frame.across.high:
            spot = Point(x=frame.across.at(day), y=frame.up.start + 18)
            sheet.text(spot, number(day, lang), "c m s")
    sheet.text(Point(x=2, y=12), experience_words("axis.share", lang), "m s")
    last = Point(x=frame.across.end, y=frame.up.start + 34)
    sheet.text(last, experience_words("axis.days", lang), "e m s")


def _band(sheet: Sheet, frame: _Frame, curve: KeptCurve) -> None:
    known = [p for p in curve.points if p.low is not None and p.high is not None]
    if len(known) < 2:
        return
    top = [(p.days, p.high or 0.0) for p in known]
    low = [(p.days, p.low or 0.0) for p in known]
    across, back = _steps(frame, top), _steps(frame, low)[::-1]
    sheet.path("M" + "L".join(at(one) for one in (*across, *back)) + "Z", _BANDS[curve.group])


def _line(sheet: Sheet, frame: _Frame, curve: KeptCurve, lang: str) -> None:
    spots = _steps(frame, [(p.days, p.share) for p in curve.points])
    spots.append(Point(x=frame.across.end, y=spots[-1].y))
    title = experience_words(f"group.{curve.group}", lang)
    sheet.path("M" + "L".join(at(one) for one in spots), _LINES[curve.group], title)
    sheet.mark(_MARKS[curve.group], spots[-1], 5, title)


def _steps(frame: _Frame, points: list[tuple[float, float]]) -> list[Point]:
    """A staircase: the share holds until the next loss."""
    spots: list[Point] = []
    for days, level in points:
        x, y = frame.across.at(days), frame.up.at(level)
        if spots:
            spots.append(Point(x=x, y=spots[-1].y))
        spots.append(Point(x=x, y=y))
    return spots


def _names(sheet: Sheet, frame: _Frame, curves: list[KeptCurve], lang: str) -> None:
    """Under the curves, from the best to the worst, in the ink of each."""
    y = frame.up.start + 40 + 8
    for one in sorted(curves, key=lambda curve: -curve.points[-1].share):
        name = experience_words(f"group.{one.group}", lang)
        sheet.mark(_MARKS[one.group], Point(x=8, y=y - 4), 5)
        sheet.text(Point(x=20, y=y), name, f"{_INKS[one.group]} b".strip())
        if sheet.wide == WIDE:
            sheet.text(Point(x=sheet.wide - 12, y=y), _told(one, lang), "e m s")
        else:  # no room beside
            sheet.text(Point(x=20, y=y + 14), _told(one, lang), "m s")
        y += _step(sheet)


def _step(sheet: Sheet) -> float:
    """The height of a name and its figures."""
    return _LINE if sheet.wide == WIDE else 2 * _LINE - 2


def _told(curve: KeptCurve, lang: str) -> str:
    """The share at the end, its interval, and of how many."""
    last = curve.points[-1]
    bounds = ""
    if last.low is not None and last.high is not None:
        bounds = f" {span(100 * last.low, 100 * last.high, lang, 1)}"
    return f"{share(last.share, lang, 1)}{bounds} · n = {number(curve.n, lang)}"
