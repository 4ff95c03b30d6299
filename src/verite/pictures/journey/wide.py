"""The journey, wide: stages as columns, bars and ribbons on one scale, feeling under them."""

from __future__ import annotations

from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.journey.feeling import Felt, across, draw_curve, extremes, print_feeling, reach
from verite.pictures.journey.plan import Plan, Stop
from verite.pictures.journey.ribbons import LANE, draw_returns, draw_ribbons
from verite.pictures.journey.scene import (
    GUTTER,
    LEFT,
    WIDE,
    Scene,
    set_scene,
    stop_title,
    threshold_note,
)
from verite.pictures.journey.settle import BAR, LINE, MARK, Spot
from verite.pictures.links import Links
from verite.pictures.sheet import Mark, Point, Sheet
from verite.pictures.widths import width
from verite.sentences.catalogue import phrase
from verite.sentences.numbers import share

_CURVE: Final = 132.0


def draw_journey_wide(plan: Plan, caption: Caption, lang: str, ink: Ink, links: Links) -> str:
    """The picture for a desk or a wall; it scrolls rather than shrinks."""
    scene = set_scene(plan, lang)
    lanes = scene.foot + 14
    curve = lanes + LANE * len(scene.drawn.back) + 74
    high = curve + _CURVE + 52
    wide = max(WIDE, LEFT + scene.pitch * len(scene.columns.stops))
    sheet = Sheet(wide=wide, high=high, ink=ink)
    _draw_heads(sheet, scene)
    draw_ribbons(sheet, scene, links)
    draw_returns(sheet, scene, lanes, links)
    for index, spot in enumerate(scene.spots):
        _draw_stop(sheet, scene, index, spot, links)
    _draw_feeling(sheet, scene, curve)
    sheet.text(Point(x=LEFT, y=high - 4), threshold_note(scene), "m s")
    return sheet.svg(caption, "wide")


def _draw_heads(sheet: Sheet, scene: Scene) -> None:
    for stage in range(len(scene.plan.heads)):
        left, right = scene.span(stage)
        lines = scene.head_lines(stage)
        for index, line in enumerate(lines):
            y = scene.ground - 32 - LINE * (len(lines) - 1 - index)
            sheet.text(Point(x=left, y=y), line, "b")
        y = scene.ground - 24
        sheet.line(Point(x=left, y=y), Point(x=right, y=y), "axis")


def _draw_stop(sheet: Sheet, scene: Scene, index: int, spot: Spot, links: Links) -> None:
    stop = scene.plan.stops[index]
    label = stop_title(stop, scene.plan, scene.lang)
    with sheet.link(links.touchpoint(stop.key), label):
        bar = Box(left=spot.x, top=spot.bar_top, right=spot.x + BAR, bottom=spot.foot)
        if spot.tail:
            _draw_tail(sheet, scene, stop, spot)
        if stop.volume and not stop.masked:
            sheet.rect(bar, "node", label, radius=1)
        else:
            sheet.mark(Mark.HOLLOW, Point(x=spot.x + 3, y=spot.bar_top + 3), 3.5, label)
        _draw_label(sheet, stop, spot, scene.pitch - GUTTER + 8)


def _draw_label(sheet: Sheet, stop: Stop, spot: Spot, label: float) -> None:
    indent = MARK if stop.sign else 0.0
    y = spot.top + 11
    if stop.sign:
        kind = Mark.FRICTION if stop.sign < 0 else Mark.DELIGHT
        sheet.mark(kind, Point(x=spot.x + 5, y=y - 4.5), 5)
    for line in spot.name:
        sheet.text(Point(x=spot.x + indent, y=y), line, "b s halo")
        y += LINE
    widest = max(width(line, 12) for line in spot.facts)
    x = spot.x + indent * (indent + widest <= label)
    for line in spot.facts:
        sheet.text(Point(x=x, y=y), line, "m s halo")
        y += LINE


def _draw_tail(sheet: Sheet, scene: Scene, stop: Stop, spot: Spot) -> None:
    """The share that stops here, as a grey tail at the foot of the bar."""
    lost = max(spot.bar * (stop.lost or 0), 2.0)
    x, y = spot.x + BAR, spot.foot
    d = (
        f"M{x:.1f} {y - lost:.1f}C{x + 14:.1f} {y - lost:.1f} {x + 18:.1f} {y:.1f} "
        f"{x + 20:.1f} {y + 13:.1f}L{x + 6:.1f} {y + 13:.1f}C{x + 5:.1f} {y + 4:.1f} "
        f"{x + 4:.1f} {y:.1f} {x:.1f} {y:.1f}Z"
    )
    shown = share(-(stop.lost or 0), scene.lang)
    sheet.path(d, "sink", phrase("journey.lost", scene.lang, {"share": shown[1:]}))
    sheet.text(Point(x=x + 25, y=y + 14), shown, "m s halo")


def _draw_feeling(sheet: Sheet, scene: Scene, top: float) -> None:
    heads, lang = scene.plan.heads, scene.lang
    scope = reach(heads)
    low, high = scope.ends(lang)
    ends = {"low": low, "high": high}
    sheet.text(Point(x=LEFT, y=top - 46), phrase("journey.feeling", lang, ends), "m s")
    zero = top + _CURVE * scope.high / scope.span
    sheet.line(Point(x=LEFT, y=zero), Point(x=sheet.wide, y=zero), "dash")
    felt = []
    for stage, head in enumerate(heads):
        left, right = scene.span(stage)
        if stage:
            line = left - (GUTTER - 4) / 2
            sheet.line(Point(x=line, y=top), Point(x=line, y=top + _CURVE), "grid")
        if head.key:
            at = across((left + right) / 2, zero, _CURVE / scope.span)
            felt.append(Felt(head=head, at=at, room=right - left))
    draw_curve(sheet, felt, lang)
    ends_named = extremes(heads)
    for stop in felt:
        print_feeling(sheet, stop, ends_named, lang)
