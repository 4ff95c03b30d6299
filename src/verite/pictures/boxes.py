"""Boxes: where texts stand in a picture, so that none covers another or leaves the frame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from verite.pictures.widths import width

_ASCENT: Final = 0.76
_DESCENT: Final = 0.24
_SIZES: Final = {"s": 12.0, "l": 14.0, "xl": 17.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in the pixels of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area that two boxes share, in square pixels."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0

    def inside(self, other: Box) -> bool:
        """Whether this box stands wholly within another."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def grown(self, by: float) -> Box:
        """The box with a margin around it."""
        return Box(
            left=self.left - by, top=self.top - by, right=self.right + by, bottom=self.bottom + by
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """A text as it stands: what it says, where, and how big."""

    text: str
    box: Box
    size: float


def text_box(text: str, x: float, y: float, classes: str) -> Lettering:
    """Where a text of those classes stands when it is written at (x, y).

    >>> text_box("NPS", 10, 20, "e").box.right
    10.0
    """
    names = classes.split()
    size = next((_SIZES[name] for name in names if name in _SIZES), 12.5)
    wide = width(text, size, bold="b" in names or "xl" in names)
    left = x - wide if "e" in names else x - wide / 2 if "c" in names else x
    box = Box(left=left, top=y - _ASCENT * size, right=left + wide, bottom=y + _DESCENT * size)
    return Lettering(text=text, box=box, size=size)


def faults(picture: str) -> tuple[str, ...]:
    """What is wrong with the lettering of a picture in page ink: overlaps, texts cut or too small.

    >>> faults('<svg viewBox="0 0 90 30" xmlns="http://www.w3.org/2000/svg">'
    ...        '<text x="0" y="20">one</text><text x="9" y="20">two</text></svg>')
    ('“one” covers “two”',)
    """
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own drawing
    frame = [float(part) for part in re.split(r"[ ,]+", root.attrib["viewBox"])]
    bounds = Box(left=frame[0], top=frame[1], right=frame[2], bottom=frame[3]).grown(0.5)
    texts = [
        text_box("".join(found.itertext()), float(found.get("x", 0)), float(found.get("y", 0)),
                 found.get("class", ""))
        for found in root.iter("{http://www.w3.org/2000/svg}text")
    ]  # fmt: skip
    found = [f"“{one.text}” leaves the frame" for one in texts if not one.box.inside(bounds)]
    found += [f"“{one.text}” is under 12 px" for one in texts if one.size < 12]
    for index, one in enumerate(texts):
        found += [
            f"“{one.text}” covers “{other.text}”"
            for other in texts[index + 1 :]
            if one.box.overlap(other.box) > 0.5
        ]
    return tuple(found)
