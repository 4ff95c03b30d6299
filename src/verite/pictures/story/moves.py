"""From lane to lane: thin steps, dashes and an arrow where a transfer failed, pins."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.sheet import Point, Sheet, at
from verite.pictures.story.labels import label_pin
from verite.pictures.story.scene import Scene
from verite.pictures.story.shelf import Shelf
from verite.sentences.dates import hour
from verite.sentences.tale import tale
from verite.words.customer import Alert, Mark

_CLOSE_S: Final = 900.0  # what follows within a quarter of an hour is one move
_BEND: Final = 8.0


def draw_moves(sheet: Sheet, scene: Scene) -> None:
    """Every move of the story."""
    for one, other in pairwise(scene.told):
        if one.lane == other.lane:
            continue
        moved = other.has(Mark.SWITCHED) or other.has(Mark.MOVED)
        if not moved and (other.at - one.end).total_seconds() > _CLOSE_S:
            continue
        start, end = scene.tail(one), scene.head(other)
        if one.has(Mark.TRANSFER_FAILED) or one.beat.outcome == "transfer_failed":
            _draw_return(sheet, start, end, tale("label.failed", scene.lang))
        else:
            _draw_step(sheet, start, end)


def draw_pin(sheet: Sheet, scene: Scene, alert: Alert, shelf: Shelf) -> None:
    """What the system proposed: an accent pin on the contact under way."""
    found = next((e for e in scene.told if e.beat.id == alert.interaction), None)
    lane = found.lane if found is not None else scene.lanes[0]
    x, top = scene.clock.at(alert.at), scene.top_of(lane)
    said = tale("label.proposed", scene.lang, {"hour": hour(alert.at, scene.lang)})
    sheet.line(Point(x=x, y=top + 16), Point(x=x, y=top - 13), "lna", said)
    sheet.circle(Point(x=x, y=top - 16), 4.5, "acc", said)
    shelf.take(Box(left=x - 4, top=top - 21, right=x + 4, bottom=top))
    label_pin(shelf, Point(x=x, y=top - 16), said)


def _draw_step(sheet: Sheet, start: Point, end: Point) -> None:
    down = 1.0 if end.y > start.y else -1.0
    top = Point(x=start.x, y=start.y + down * 10)
    if end.x - start.x < _BEND:
        foot = Point(x=end.x, y=end.y - down * _BEND)
        sheet.line(Point(x=end.x, y=top.y), foot, "ln2")
        return
    bend, turn = Point(x=start.x, y=end.y - down * _BEND), Point(x=start.x, y=end.y)
    corner = Point(x=start.x + _BEND, y=end.y)
    sheet.path(f"M{at(top)}L{at(bend)}Q{at(turn)} {at(corner)}L{at(end)}", "ln2")


def _draw_return(sheet: Sheet, start: Point, end: Point, title: str) -> None:
    """A transfer that failed: dashes back to where the customer falls, with an arrow."""
    down = 1.0 if end.y > start.y else -1.0
    tip = Point(x=end.x, y=end.y - down * 10)
    foot = tip.y - down * 9
    first = Point(x=start.x, y=start.y + down * 9)
    path = "L".join(at(p) for p in (first, Point(x=start.x, y=foot), Point(x=tip.x, y=foot)))
    sheet.path(f"M{path}", "loopback", title)
    wings = (Point(x=tip.x - 5, y=foot), Point(x=tip.x + 5, y=foot), tip)
    sheet.path("M" + "L".join(at(p) for p in wings) + "Z", "fri", title)
