"""Labels beside their marks: the most crowded first, in the cheapest free place around."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.sheet import Point
from verite.pictures.widths import width

LINE: Final = 14.5
_ANGLES: Final = (0, -35, 35, 180, -145, 145, -90, 90, -20, 20, 160, -160, -65, 65, 115, -115)
_DISTANCES: Final = (3, 8, 14, 26, 36, 48, 64)
_FAR: Final = 26  # from here on a thin leader ties the label to its mark
_FORBIDDEN: Final = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A label to place: its mark, the mark's radius, its lines; the first line may be bold."""

    at: Point
    radius: float
    lines: tuple[str, ...]
    bold: bool = False
    size: float = 12.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Something a label should not cover, and how much it matters: 500 a label, 8 a guide."""

    box: Box
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a label goes. `leader` is the end of the line from its mark, when it is far."""

    box: Box
    anchor: str  # "" start, "e" end, "c" middle
    leader: Point | None

    def baseline(self, line: int) -> Point:
        """Where a line of the label is written."""
        x = {"": self.box.left + 2, "e": self.box.right - 2}.get(
            self.anchor, (self.box.left + self.box.right) / 2
        )
        return Point(x=x, y=self.box.top + 12 + LINE * line)


def place(
    wanted: Sequence[Wanted], obstacles: Sequence[Obstacle], bounds: Box
) -> tuple[Placed | None, ...]:
    """A place for each label, in the order given; `None` when no place inside the bounds is free.

    Sixteen directions and seven distances are tried; cost is distance plus what is covered.
    """
    taken = list(obstacles)
    places: dict[int, Placed | None] = {}
    for index in sorted(range(len(wanted)), key=lambda i: -_crowd(wanted[i], wanted)):
        best = _cheapest(wanted[index], taken, bounds)
        places[index] = best
        if best is not None:
            taken.append(Obstacle(box=best.box, cost=500))
    return tuple(places[index] for index in range(len(wanted)))


def _crowd(one: Wanted, everyone: Sequence[Wanted]) -> int:
    return sum(
        abs(one.at.x - other.at.x) < 130 and abs(one.at.y - other.at.y) < 80 for other in everyone
    )


def _cheapest(one: Wanted, taken: Sequence[Obstacle], bounds: Box) -> Placed | None:
    cheapest, chosen = _FORBIDDEN, None
    for distance in _DISTANCES:
        for angle in _ANGLES:
            candidate = _candidate(one, distance, angle)
            price = distance * 0.9 + 3 * (abs(angle) == 90) + 22 * (distance >= _FAR)
            price += _covered(candidate.box, taken)
            if candidate.box.inside(bounds) and price < cheapest:
                cheapest, chosen = price, candidate
    if chosen is None or any(
        spot.cost >= 500 and spot.box.overlap(chosen.box) > 0 for spot in taken
    ):
        return None
    return chosen


def _covered(box: Box, taken: Sequence[Obstacle]) -> float:
    areas = ((spot.box.overlap(box), spot.cost) for spot in taken)
    return sum(cost * (1 + area / 100) for area, cost in areas if area > 0)


def _candidate(one: Wanted, distance: float, angle: int) -> Placed:
    wide = 4 + max(
        width(line, one.size, bold=one.bold and i == 0) for i, line in enumerate(one.lines)
    )
    high = LINE * len(one.lines)
    radians = math.radians(angle)
    x = one.at.x + (one.radius + distance) * math.cos(radians)
    y = one.at.y + (one.radius + distance) * math.sin(radians)
    anchor = "" if abs(angle) < 89 else "e" if abs(angle) > 91 else "c"
    left = {"": x, "e": x - wide}.get(anchor, x - wide / 2)
    level = abs(angle) in {0, 20, 160, 180}
    top = y - high / 2 if level else y - high if angle < 0 else y
    box = Box(left=left, top=top, right=left + wide, bottom=top + high)
    placed = Placed(box=box, anchor=anchor, leader=None)
    return replace(placed, leader=_nearest(one.at, box)) if distance >= _FAR else placed


def _nearest(point: Point, box: Box) -> Point:
    return Point(x=min(max(point.x, box.left), box.right), y=min(max(point.y, box.top), box.bottom))
