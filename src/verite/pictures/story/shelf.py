"""Labels of a story: each takes the first of its places where nothing stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verite.pictures.boxes import Box, text_box
from verite.pictures.sheet import Point, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place for a label: its words, where, and how it is anchored (`e`, `c` or nothing)."""

    text: str
    at: Point
    anchor: str = ""


class Shelf:
    """Keeps what stands on a sheet, so that no label covers another or a bar."""

    def __init__(self, sheet: Sheet, bounds: Box) -> None:
        self._sheet = sheet
        self._bounds = bounds
        self._taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Something stands there: no label may."""
        self._taken.append(box)

    def put(self, spots: Sequence[Spot], classes: str) -> bool:
        """Write the label at the first free place; not at all when none is free."""
        for spot in spots:
            look = " ".join(part for part in (spot.anchor, classes) if part)
            box = text_box(spot.text, spot.at.x, spot.at.y, look).box
            if box.inside(self._bounds) and not self._covers(box):
                self._sheet.text(spot.at, spot.text, f"{look} halo")
                self._taken.append(box)
                return True
        return False

    def _covers(self, box: Box) -> bool:
        wider = box.grown(0.6)  # coordinates are printed with one decimal
        return any(wider.overlap(other) > 0 for other in self._taken)
