"""The transition picture: who goes from where to where, legible whatever the number of stops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.sheet import Point, Sheet
from verite.pictures.widths import width
from verite.pictures.wrap import Room, wrap
from verite.sentences.catalogue import phrase
from verite.sentences.names import touchpoint_name
from verite.sentences.numbers import duration, number, share
from verite.words.journey import DesignedMap, Edge, LivedMap

WIDE: Final = 1190.0
NARROW: Final = 350.0
SHOWN: Final = 12
_NAMES: Final = 186.0
_ROW: Final = 36.0
_HIDDEN_UNDER: Final = 5
_LINE: Final = 14.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matrix:
    """The touchpoints drawn, in an order that puts most passages right of the diagonal."""

    keys: tuple[str, ...]
    edges: Mapping[tuple[str, str], Edge]
    leaving: Mapping[str, int]
    all: int
    part: float


class Names:
    """What touchpoints are called: by their designed map when there is one, in a language."""

    def __init__(self, lang: str, design: DesignedMap | None) -> None:
        self.lang = lang
        points = design.touchpoints if design else ()
        self._given = {point.key: point.names for point in points}

    def of(self, key: str) -> str:
        """The name of a touchpoint."""
        return touchpoint_name(key, self._given.get(key, ()), self.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """What every row is drawn with: the size that scales it, the language, where marks lead."""

    size: float  # the width of a cell, or the largest count
    names: Names
    links: Links


def draw_passages(lived: LivedMap, caption: Caption, names: Names, ink: Ink, links: Links) -> str:
    """A table of passages for a desk: from at the left, to on top."""
    matrix = _matrix(lived)
    sheet = Sheet(wide=WIDE, high=0, ink=ink)
    if not matrix.edges:
        return _nothing(sheet, caption, names.lang, "wide")
    cell = (WIDE - _NAMES) / len(matrix.keys)
    heads = [
        wrap(names.of(key), Room(width=cell - 8, lines=3, size=12, bold=False))
        for key in matrix.keys
    ]
    deep = max(len(lines) for lines in heads)
    sheet.text(Point(x=0, y=14), phrase("passages.heads", names.lang), "m s")
    ground = 34 + _LINE * deep
    for column, lines in enumerate(heads):
        for row, line in enumerate(lines):
            y = ground - 8 - _LINE * (len(lines) - 1 - row)
            sheet.text(Point(x=_NAMES + cell * column + 4, y=y), line, "s")
    for row, key in enumerate(matrix.keys):
        y = ground + _ROW * row
        sheet.line(Point(x=0, y=y), Point(x=WIDE, y=y), "grid")
        _draw_row(
            sheet, matrix, key, Point(x=_NAMES, y=y), _Pen(size=cell, names=names, links=links)
        )
    sheet.high = ground + _ROW * len(matrix.keys) + 30
    sheet.text(Point(x=0, y=sheet.high - 6), _rest(matrix, names.lang), "m s")
    return sheet.svg(caption, "wide")


def draw_passages_narrow(
    lived: LivedMap, caption: Caption, names: Names, ink: Ink, links: Links
) -> str:
    """The strongest passages as a list for a phone."""
    sheet = Sheet(wide=NARROW, high=0, ink=ink)
    edges = sorted(
        (edge for edge in lived.edges if edge.count >= _HIDDEN_UNDER),
        key=lambda edge: (-edge.count, edge.source, edge.target),
    )
    if not edges:
        return _nothing(sheet, caption, names.lang, "narrow")
    y, most, total = 0.0, edges[0].count, sum(edge.count for edge in lived.edges)
    for edge in edges[: SHOWN + 8]:
        y = _draw_line(sheet, edge, y, _Pen(size=most, names=names, links=links))
    left = sum(edge.count for edge in edges[SHOWN + 8 :])
    if left:
        said = phrase("passages.others", names.lang, {"count": share(left / total, names.lang)})
        sheet.text(Point(x=0, y=y + 18), said, "m s")
        y += 22
    sheet.high = y + 6
    return sheet.svg(caption, "narrow")


def _nothing(sheet: Sheet, caption: Caption, lang: str, classes: str) -> str:
    sheet.high = 40
    sheet.text(Point(x=0, y=24), phrase("passages.none", lang), "m")
    return sheet.svg(caption, classes)


def _matrix(lived: LivedMap) -> _Matrix:
    volume = {node.touchpoint: node.count for node in lived.nodes}
    busiest = sorted(volume, key=lambda key: (-volume[key], key))[:SHOWN]
    edges = {
        (edge.source, edge.target): edge
        for edge in lived.edges
        if edge.source in busiest and edge.target in busiest and edge.count >= _HIDDEN_UNDER
    }
    leaving: dict[str, int] = {}
    for edge in lived.edges:
        leaving[edge.source] = leaving.get(edge.source, 0) + edge.count
    total = sum(leaving.values()) or 1
    part = sum(edge.count for edge in edges.values()) / total
    keys = forward_order(busiest, list(edges.values()))
    return _Matrix(keys=keys, edges=edges, leaving=leaving, all=len(lived.nodes), part=part)


def forward_order(keys: Sequence[str], edges: Sequence[Edge]) -> tuple[str, ...]:
    """An order in which most passages go onward.

    Eades, Lin and Smyth's greedy heuristic (1993): sinks to the end, sources to the start, then
    whoever sends out most beyond what it receives.
    """
    left: list[str] = list(keys)
    start: list[str] = []
    end: list[str] = []
    while left:
        weight = {key: _surplus(key, left, edges) for key in left}
        sink = next((key for key in left if not weight[key][0]), None)
        if sink is not None:
            end.insert(0, sink)
            left.remove(sink)
            continue
        source = max(left, key=lambda key: (not weight[key][1], weight[key][0] - weight[key][1]))
        start.append(source)
        left.remove(source)
    return tuple(start + end)


def _surplus(key: str, left: Sequence[str], edges: Sequence[Edge]) -> tuple[int, int]:
    """What a stop sends to the others and what it receives from them."""
    here = set(left)
    moves = [e for e in edges if e.source in here and e.target in here and e.source != e.target]
    sent = sum(edge.count for edge in moves if edge.source == key)
    received = sum(edge.count for edge in moves if edge.target == key)
    return sent, received


def _draw_row(sheet: Sheet, matrix: _Matrix, key: str, corner: Point, pen: _Pen) -> None:
    cell, names, links = pen.size, pen.names, pen.links
    lines = wrap(names.of(key), Room(width=_NAMES - 10, lines=2, size=12))
    with sheet.link(links.touchpoint(key), names.of(key)):
        for index, line in enumerate(lines):
            y = corner.y + (22 if len(lines) == 1 else 15) + _LINE * index
            sheet.text(Point(x=0, y=y), line, "b s")
    for column, other in enumerate(matrix.keys):
        edge = matrix.edges.get((key, other))
        if edge is None:
            continue
        x = corner.x + cell * column
        part = edge.count / max(matrix.leaving.get(key, 0), 1)
        title = _edge_title(edge, names) + f", {share(part, names.lang)}"
        with sheet.link(links.passage(key, other), title):
            box = Box(left=x + 2, top=corner.y + 2, right=x + cell - 2, bottom=corner.y + _ROW - 2)
            tint = 1 + sum(part >= step for step in (0.05, 0.1, 0.2, 0.4))
            sheet.rect(box, f"heat{tint}", title, radius=3)
            middle = Point(x=x + cell / 2, y=corner.y + _ROW / 2 + 4)
            sheet.text(middle, number(edge.count, names.lang), "c s b" if part >= 0.2 else "c s")


def _draw_line(sheet: Sheet, edge: Edge, y: float, pen: _Pen) -> float:
    most, names, links = pen.size, pen.names, pen.links
    counted = number(edge.count, names.lang)
    room = Room(width=NARROW - width(counted, 14) - 14, lines=3, size=12.5, bold=False)
    name = _passage(edge, names)
    with sheet.link(links.passage(edge.source, edge.target), _edge_title(edge, names)):
        lines = wrap(name, room)
        sheet.text(Point(x=NARROW, y=y + 18), counted, "e l")
        for line in lines:
            sheet.text(Point(x=0, y=y + 18), line, "")
            y += 15
        right = max(170 * edge.count / most, 2)
        box = Box(left=0, top=y + 11, right=right, bottom=y + 17)
        sheet.rect(box, "ink", _edge_title(edge, names), radius=1)
        after = _after(edge, names)
        sheet.text(Point(x=NARROW, y=y + 19), after, "e m s")
    sheet.line(Point(x=0, y=y + 30), Point(x=NARROW, y=y + 30), "grid")
    return y + 31


def _edge_title(edge: Edge, names: Names) -> str:
    counted = number(edge.count, names.lang)
    return f"{_passage(edge, names)}, {counted}, {_after(edge, names)}"


def _passage(edge: Edge, names: Names) -> str:
    return f"{names.of(edge.source)} › {names.of(edge.target)}"


def _after(edge: Edge, names: Names) -> str:
    return phrase("passages.gap", names.lang, {"time": duration(edge.median_gap_s, names.lang)})


def _rest(matrix: _Matrix, lang: str) -> str:
    return phrase("passages.rest", lang, {
        "shown": number(len(matrix.keys), lang), "all": number(matrix.all, lang),
        "part": share(matrix.part, lang),
    })  # fmt: skip
