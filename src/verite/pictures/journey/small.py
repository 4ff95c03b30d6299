"""The journey in small: customers per stage and how each stage feels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.journey.feeling import (
    Felt,
    across,
    draw_curve,
    extremes,
    feeling_title,
    print_feeling,
    reach,
)
from verite.pictures.journey.plan import Head, Plan
from verite.pictures.sheet import Mark, Point, Sheet
from verite.pictures.wrap import Room, wrap
from verite.sentences.catalogue import phrase
from verite.sentences.numbers import count, interval, number, value
from verite.words.estimate import Status

WIDE: Final = 640.0
NARROW: Final = 350.0
_BARS: Final = 44.0
_CURVE: Final = 130.0
_LINE: Final = 14.5
_LEFT: Final = 126.0  # where the narrow scale starts, and how far it goes
_WIDE: Final = 104.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Pixels per unit of feeling, and the stages that are lowest and highest."""

    per_unit: float
    low: str | None
    high: str | None


def draw_journey_small(plan: Plan, caption: Caption, lang: str, ink: Ink) -> str:
    """Bars of customers, names, then the feeling curve aligned under them."""
    heads = [head for head in plan.heads if head.key]
    pitch = WIDE / max(len(heads), 1)
    names = [wrap(head.name, Room(width=pitch - 8, lines=3, size=12)) for head in heads]
    lines = max((len(name) for name in names), default=1)
    top = 62 + 14 + _LINE * (lines - 1) + 54
    sheet = Sheet(wide=WIDE, high=top + _CURVE + 24, ink=ink)
    most = max((head.people or 0 for head in heads), default=1) or 1
    low, high = extremes(heads)
    for index, head in enumerate(heads):
        x = pitch * (index + 0.5)
        _draw_bar(sheet, head, x, (pitch, most), lang)
        weight = " b" if head.key in (low, high) else ""
        for row, line in enumerate(names[index]):
            sheet.text(Point(x=x, y=78 + _LINE * row), line, f"c s{weight}")
    _draw_curve(sheet, heads, (top, pitch), lang)
    return sheet.svg(caption, "wide")


def draw_journey_small_narrow(plan: Plan, caption: Caption, lang: str, ink: Ink) -> str:
    """One row per stage: name, customers, and the feeling on a scale with its interval."""
    heads = [head for head in plan.heads if head.key]
    room = Room(width=NARROW - 8, lines=2, size=12.5)
    rows = [(head, wrap(head.name, room)) for head in heads]
    high = 24 + sum(44 + _LINE * (len(lines) - 1) for _, lines in rows)
    sheet = Sheet(wide=NARROW, high=high, ink=ink)
    scope = reach(heads)
    zero = _LEFT - _WIDE * scope.low / scope.span
    for x, said in zip((_LEFT, _LEFT + _WIDE), scope.ends(lang), strict=True):
        sheet.text(Point(x=x, y=12), said, "c m s")
    sheet.line(Point(x=zero, y=20), Point(x=zero, y=high), "dash")
    y, ends = 24.0, extremes(heads)
    for head, lines in rows:
        y += _draw_row(
            sheet,
            (head, lines),
            Point(x=zero, y=y),
            _Scale(per_unit=_WIDE / scope.span, low=ends[0], high=ends[1]),
            lang,
        )
    return sheet.svg(caption, "narrow")


def _draw_bar(sheet: Sheet, head: Head, x: float, size: tuple[float, int], lang: str) -> None:
    people = head.people
    pitch, most = size
    if people is None:
        return
    if people < 5:
        sheet.text(Point(x=x, y=56), phrase("journey.masked", lang), "c m s")
        return
    high = _BARS * people / most
    box = Box(left=x - pitch * 0.28, top=62 - high, right=x + pitch * 0.28, bottom=62)
    sheet.rect(box, "lineg", f"{head.name}, {count(people, 'customer', lang)}", radius=1)
    sheet.text(Point(x=x, y=62 - high - 5), number(people, lang), "c m s")


def _draw_curve(sheet: Sheet, heads: list[Head], ground: tuple[float, float], lang: str) -> None:
    top, pitch = ground
    scope = reach(heads)
    zero = top + _CURVE * scope.high / scope.span
    sheet.line(Point(x=0, y=zero), Point(x=WIDE, y=zero), "dash")
    felt = [
        Felt(head=head, at=across(pitch * (i + 0.5), zero, _CURVE / scope.span), room=pitch)
        for i, head in enumerate(heads)
    ]
    draw_curve(sheet, felt, lang)
    for stop in felt:
        print_feeling(sheet, stop, extremes(heads), lang)


def _draw_row(
    sheet: Sheet,
    row: tuple[Head, tuple[str, ...]],
    at: Point,
    scale: _Scale,
    lang: str,
) -> float:
    head, lines = row
    high = 44 + _LINE * (len(lines) - 1)
    sheet.line(Point(x=0, y=at.y + high), Point(x=NARROW, y=at.y + high), "grid")
    for index, line in enumerate(lines):
        sheet.text(Point(x=0, y=at.y + 17 + _LINE * index), line, "b halo")
    y = at.y + high - 11
    if head.people is not None:
        few = head.people < 5
        said = phrase("journey.masked", lang) if few else count(head.people, "customer", lang)
        sheet.text(Point(x=0, y=y), said, "m s")
    feeling = head.feeling
    if feeling is None or feeling.low is None or feeling.high is None:
        said = phrase("journey.unfelt", lang) if feeling is None else value(feeling, lang)
        sheet.text(Point(x=NARROW, y=y), said, "e m s halo")
        return high
    _draw_feeling(sheet, head, Point(x=at.x, y=y - 4), scale, lang)
    return high


def _draw_feeling(
    sheet: Sheet,
    head: Head,
    at: Point,
    scale: _Scale,
    lang: str,
) -> None:
    per_unit = scale.per_unit
    feeling = head.feeling
    if feeling is None or feeling.low is None or feeling.high is None:
        return
    low = Point(x=at.x + feeling.low * per_unit, y=at.y)
    high = Point(x=at.x + feeling.high * per_unit, y=at.y)
    sheet.line(low, high, "cibar")
    title = feeling_title(head, lang)
    if feeling.status is Status.FEW or feeling.value is None:
        sheet.mark(Mark.FEW, Point(x=(low.x + high.x) / 2, y=at.y), 6, title)
        sheet.text(Point(x=NARROW, y=at.y + 4), interval(feeling, lang), "e m s halo")
        return
    kind = {scale.low: Mark.FRICTION, scale.high: Mark.DELIGHT}.get(head.key, Mark.NEUTRAL)
    sheet.mark(kind, Point(x=at.x + feeling.value * per_unit, y=at.y), 6, title)
    tint = {Mark.FRICTION: " f", Mark.DELIGHT: " g"}.get(kind, "")
    sheet.text(Point(x=NARROW, y=at.y + 4), value(feeling, lang), f"e b{tint}")
