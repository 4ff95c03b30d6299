"""A sheet: the SVG under the pen, in either ink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import pairwise
from typing import Final

from verite.pictures.boxes import Box, text_box
from verite.pictures.caption import Caption
from verite.pictures.ink import SANS, Ink, colour, shape_attributes, text_attributes
from verite.pictures.wrap import Room, wrap

_SPACES: Final = "\u202f\u00a0"
_MARGIN: Final = 28.0  # around a picture on its own paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on the sheet, in pixels from its top left corner."""

    x: float
    y: float


class Mark(StrEnum):
    """Shape first: down is friction, up is delight, round has no direction, dotted is not sure."""

    FRICTION = "friction"
    DELIGHT = "delight"
    BOTH = "both"
    NEUTRAL = "neutral"
    FEW = "few"
    HOLLOW = "hollow"


class Sheet:
    """Shapes, texts and links are added in drawing order; `svg()` hands out the picture."""

    def __init__(self, *, wide: float, high: float, ink: Ink) -> None:
        self.wide = wide
        self.high = high
        self.ink = ink
        self.lettering: list[Box] = []
        self._parts: list[str] = []
        self._under: list[str] = []
        self._linked = False

    def rect(self, box: Box, classes: str, title: str = "", radius: float = 0) -> None:
        """A filled rectangle."""
        shape = (
            f'<rect x="{_n(box.left)}" y="{_n(box.top)}" width="{_n(box.right - box.left)}" '
            f'height="{_n(max(box.bottom - box.top, 0))}"'
        )
        rounded = f' rx="{_n(radius)}"' if radius else ""
        self._close(shape + shape_attributes(classes, self.ink) + rounded, "rect", title)

    def line(self, start: Point, end: Point, classes: str, title: str = "") -> None:
        """A straight line."""
        self.path(f"M{at(start)}L{at(end)}", classes, title)

    def grid(self, start: Point, end: Point) -> None:
        """A hairline under everything else, whenever it is drawn."""
        look = shape_attributes("grid", self.ink)
        self._under.append(f'<path d="M{at(start)}L{at(end)}"{look}/>')

    def path(self, d: str, classes: str, title: str = "", thick: float | None = None) -> None:
        """Any line or surface, in SVG path language."""
        look = shape_attributes(classes, self.ink)
        if thick is not None:
            look += f' stroke-width="{_n(thick)}"'
        self._close(f'<path d="{d}"{look}', "path", title)

    def circle(self, centre: Point, radius: float, classes: str, title: str = "") -> None:
        """A disc or a ring."""
        shape = f'<circle cx="{_n(centre.x)}" cy="{_n(centre.y)}" r="{_n(radius)}"'
        self._close(shape + shape_attributes(classes, self.ink), "circle", title)

    def text(self, at_: Point, text: str, classes: str = "") -> None:
        """One line of text on its baseline."""
        self.lettering.append(text_box(text, at_.x, at_.y, classes).box)
        look = text_attributes(classes, self.ink)
        self._parts.append(f'<text x="{_n(at_.x)}" y="{_n(at_.y)}"{look}>{_said(text)}</text>')

    def mark(self, kind: Mark, at_: Point, radius: float = 6, title: str = "") -> None:
        """A mark of judgement at a place."""
        x, y, r = at_.x, at_.y, radius
        if kind is Mark.FRICTION:
            self.path(
                f"M{_n(x - r)} {_n(y - r * 0.8)}h{_n(2 * r)}L{_n(x)} {_n(y + r)}Z", "fri", title
            )
        elif kind is Mark.DELIGHT:
            self.path(
                f"M{_n(x - r)} {_n(y + r * 0.8)}h{_n(2 * r)}L{_n(x)} {_n(y - r)}Z", "acc", title
            )
        elif kind is Mark.BOTH:  # up above down: a lozenge cut in two
            left, across = x - r, f"h{_n(2 * r)}L{_n(x)}"
            self.path(f"M{_n(left)} {_n(y - 1)}{across} {_n(y - 1 - r)}Z", "acc", title)
            self.path(f"M{_n(left)} {_n(y + 1)}{across} {_n(y + 1 + r)}Z", "fri", title)
        elif kind is Mark.NEUTRAL:
            self.circle(at_, r * 0.75, "ink2", title)
        else:
            self.circle(at_, r * 0.8, kind.value, title)

    @contextmanager
    def link(self, address: str | None, label: str) -> Iterator[None]:
        """Whatever is drawn inside leads to the address, when there is one."""
        if address is None:
            yield
            return
        self._linked = True
        self._parts.append(f'<a href="{escape(address)}" aria-label="{_said(label)}">')
        yield
        self._parts.append("</a>")

    def svg(self, caption: Caption, classes: str = "") -> str:
        """The picture, named by what it found; on its own paper with its caption around it."""
        drawn = "".join([*self._under, *self._parts])
        wide, high = self.wide, self.high
        if self.ink is not Ink.PAGE and classes != "spark":
            drawn, high = self._framed(drawn, caption)
            wide += 2 * _MARGIN
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(wide)}" height="{_n(high)}" '
            f'viewBox="0 0 {_n(wide)} {_n(high)}" role="{"group" if self._linked else "img"}" '
            f'aria-label="{_said(caption.finding)}"'
        )
        if self.ink is Ink.PAGE:
            named = " ".join(["pic", *classes.split()])
            return f'{head} class="{named}">{drawn}</svg>'
        ground = f'<rect width="100%" height="100%" fill="{colour("paper", self.ink)}"/>'
        return f'{head} font-family="{SANS}">{ground}{drawn}</svg>'

    def _framed(self, drawn: str, caption: Caption) -> tuple[str, float]:
        """The drawing with its finding and reading line above, its source under, and the height."""
        y, above = _MARGIN - 4.0, ""
        for text, classes, size in ((caption.finding, "xl", 17.0), (caption.reading, "m s", 12.0)):
            room = Room(width=self.wide, lines=9, size=size, bold=classes == "xl")
            for line in wrap(text, room) if text else ():
                y += size * 1.35
                above += self._line(line, y, classes)
            y += 6
        y += 14
        foot, under = y + self.high + 14, ""
        room = Room(width=self.wide, lines=4, size=12.0, bold=False)
        for line in wrap(caption.source, room) if caption.source else ():
            foot += 16
            under += self._line(line, foot, "m s")
        moved = f'<g transform="translate({_n(_MARGIN)} {_n(y)})">{drawn}</g>'
        return above + moved + under, foot + _MARGIN - 8

    def _line(self, line: str, y: float, classes: str) -> str:
        look = text_attributes(classes, self.ink)
        said = _said(line)
        return f'<text x="{_n(_MARGIN)}" y="{_n(y)}"{look}>{said}</text>'

    def _close(self, opened: str, tag: str, title: str) -> None:
        if title:
            self._parts.append(f"{opened}><title>{_said(title)}</title></{tag}>")
        else:
            self._parts.append(opened + "/>")


def at(point: Point) -> str:
    """A place as path language writes it.

    >>> at(Point(x=10, y=2.55))
    '10 2.5'
    """
    return f"{_n(point.x)} {_n(point.y)}"


def smooth(points: Sequence[Point], *, down: bool = False) -> str:
    """A curve through the points that never overshoots, running across, or down the page."""
    drawn = f"M{at(points[0])}"
    for one, other in pairwise(points):
        middle = (one.y + other.y) / 2 if down else (one.x + other.x) / 2
        first = Point(x=one.x, y=middle) if down else Point(x=middle, y=one.y)
        second = Point(x=other.x, y=middle) if down else Point(x=middle, y=other.y)
        drawn += f"C{at(first)} {at(second)} {at(other)}"
    return drawn


def ribbon(upper: Sequence[Point], lower: Sequence[Point], *, down: bool = False) -> str:
    """The surface between two curves."""
    back = smooth(list(reversed(lower)), down=down)
    return f"{smooth(upper, down=down)}L{back[1:]}Z"


def _n(x: float) -> str:
    """A coordinate with one decimal at most; never a minus zero."""
    return f"{x:.1f}".removesuffix(".0") if abs(x) >= 0.05 else "0"


def _said(text: str) -> str:
    """A text as markup may hold it: escaped, with no character that XML forbids."""
    return escape("".join(char if char.isprintable() or char in _SPACES else " " for char in text))
