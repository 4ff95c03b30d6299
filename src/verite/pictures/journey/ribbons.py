"""The flows of the wide journey: ribbons onward, arcs inside a column, dashed lanes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verite.pictures.journey.flows import Ports, ports
from verite.pictures.journey.plan import Flow
from verite.pictures.journey.scene import Scene, passage_title
from verite.pictures.journey.settle import BAR
from verite.pictures.links import Links
from verite.pictures.sheet import Point, Sheet, at
from verite.pictures.widths import width
from verite.pictures.wrap import Room, shorten
from verite.sentences.catalogue import phrase
from verite.sentences.numbers import count

LANE: Final = 20.0


def draw_ribbons(sheet: Sheet, scene: Scene, links: Links) -> None:
    """Ribbons between columns, the widest first, then the fine lines inside a column."""
    found = ports(scene.drawn.forward, scene.spots, scene.per_case)
    for flow in sorted(scene.drawn.forward, key=lambda flow: -flow.volume):
        _draw_ribbon(sheet, scene, flow, found[flow], links)
    for flow in scene.drawn.within:
        _draw_arc(sheet, scene, flow)


def _draw_ribbon(sheet: Sheet, scene: Scene, flow: Flow, port: Ports, links: Links) -> None:
    start = Point(x=scene.spots[flow.source].x + BAR, y=port.leaves)
    end = Point(x=scene.spots[flow.target].x, y=port.reaches)
    near = end.x - start.x < 1.4 * scene.pitch
    bend = (start.x + end.x) / 2 if near else end.x - scene.pitch * 0.55
    d = f"M{at(start)}C{at(Point(x=bend, y=start.y))} {at(Point(x=bend, y=end.y))} {at(end)}"
    title = passage_title(scene, flow)
    stops = scene.plan.stops
    with sheet.link(links.passage(stops[flow.source].key, stops[flow.target].key), title):
        sheet.path(d, "flow", title, thick=max(flow.volume * scene.per_case, 1.0))


def _draw_arc(sheet: Sheet, scene: Scene, flow: Flow) -> None:
    """A flow between two stops of one column is a fine line in the gutter at their left."""
    one, other = scene.spots[flow.source], scene.spots[flow.target]
    down = one.bar_top < other.bar_top
    y0 = one.foot - 2 if down else one.bar_top + 2
    y1 = other.bar_top + 2 if down else other.foot - 2
    x, bulge = one.x, one.x - 15
    d = (
        f"M{at(Point(x=x, y=y0))}C{at(Point(x=bulge, y=y0))} "
        f"{at(Point(x=bulge, y=y1))} {at(Point(x=x, y=y1))}"
    )
    sheet.path(d, "axis", passage_title(scene, flow))
    sheet.path(f"M{at(Point(x=x + 0.5, y=y1))}l-5.5 -2.5v5Z", "within")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lane:
    """A way back: its two legs down the gutters and the height of its lane."""

    flow: Flow
    out: float
    back: float
    y: float


def draw_returns(sheet: Sheet, scene: Scene, top: float, links: Links) -> None:
    """Going back: down the gutter, along a lane of its own under the columns, and up again."""
    lanes = _lanes(scene, top)
    stops = scene.plan.stops
    for lane in lanes:
        flow, title = lane.flow, passage_title(scene, lane.flow)
        with sheet.link(links.passage(stops[flow.source].key, stops[flow.target].key), title):
            sheet.path(_lane_path(scene, lane), "loopback", title)
            other = scene.spots[flow.target]
            tip = Point(x=other.x + 0.5, y=other.bar_top + other.bar / 2)
            sheet.path(f"M{at(tip)}l-6 -3.5v7Z", "fri")
    for index, lane in enumerate(lanes):
        _label_return(sheet, scene, lane, lanes[index + 1 :])


def _lanes(scene: Scene, top: float) -> list[_Lane]:
    """The shortest way back lies highest, so that the legs of the others go around it."""
    spots = scene.spots
    flows = sorted(scene.drawn.back, key=lambda flow: spots[flow.source].x - spots[flow.target].x)
    return [
        _Lane(
            flow=flow,
            out=spots[flow.source].x - 5 - 3 * index,
            back=spots[flow.target].x - 5 - 3 * index,
            y=top + LANE * index,
        )
        for index, flow in enumerate(flows)
    ]


def _lane_path(scene: Scene, lane: _Lane) -> str:
    one, other = scene.spots[lane.flow.source], scene.spots[lane.flow.target]
    y0, y1 = one.bar_top + one.bar / 2, other.bar_top + other.bar / 2
    x0, x1, y = lane.out, lane.back, lane.y
    return (
        f"M{at(Point(x=one.x, y=y0))}H{x0 + 3:.1f}Q{x0:.1f} {y0:.1f} {x0:.1f} {y0 + 3:.1f}"
        f"V{y - 4:.1f}Q{x0:.1f} {y:.1f} {x0 - 4:.1f} {y:.1f}H{x1 + 4:.1f}"
        f"Q{x1:.1f} {y:.1f} {x1:.1f} {y - 4:.1f}V{y1 + 3:.1f}"
        f"Q{x1:.1f} {y1:.1f} {x1 + 3:.1f} {y1:.1f}H{other.x - 1:.1f}"
    )


def _label_return(sheet: Sheet, scene: Scene, lane: _Lane, under: Sequence[_Lane]) -> None:
    """Say the way back under its lane, where no leg of a lower lane comes through."""
    stops = scene.plan.stops
    said = phrase("journey.return", scene.lang, {
        "count": count(lane.flow.volume, scene.plan.noun, scene.lang),
        "source": stops[lane.flow.source].name, "target": stops[lane.flow.target].name,
    })  # fmt: skip
    text = shorten(said, Room(width=sheet.wide - 24, size=12, bold=False))
    wide = width(text, 12)
    legs = [leg for low in under for leg in (low.out, low.back)]
    starts = [lane.back + 10, *(leg + 8 for leg in legs), lane.back - wide - 6]
    inside = [left for left in starts if 0 <= left <= sheet.wide - wide - 2] or [
        max(sheet.wide - wide - 2, 0)
    ]
    left = min(inside, key=lambda left: sum(left - 6 < leg < left + wide + 6 for leg in legs))
    sheet.text(Point(x=left, y=lane.y + 13), text, "f s halo")
