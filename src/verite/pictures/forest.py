"""Rows of a value with its interval on a scale, and a tick where the target is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verite.pictures.axes import Axis
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.sheet import Mark, Point, Sheet
from verite.pictures.widths import width
from verite.pictures.wrap import Room, shorten, wrap

WIDE: Final = 760.0
NARROW: Final = 350.0
_NAMES: Final = 220.0
_LINE: Final = 15.0
_BESIDE: Final = 150.0  # a name narrower than this has its figures under it


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure: what it is called, where it falls, what is printed beside it."""

    name: str
    note: str
    value: float | None
    low: float | None
    high: float | None
    axis: Axis
    mark: Mark | None
    target: float | None
    shown: str  # the value, bold
    quiet: str  # its interval, grey
    second: str  # a further grey line, such as the target
    title: str
    address: str | None

    @property
    def lines(self) -> int:
        """How many lines of text the row needs beside its name."""
        return 2 if self.second or self.note else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that share a title and, when they share a scale, its ticks."""

    title: str
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """All the groups of a picture, the words around it, and a note at its foot."""

    groups: tuple[Group, ...]
    caption: Caption
    note: str = ""
    wide: float = WIDE  # on a desk


def draw_forest(forest: Forest, ink: Ink) -> str:
    """For a desk: names at the left, scale in the middle, figures at the right."""
    room = Room(width=_NAMES - 12, lines=3, size=12.5)
    rows = [row for group in forest.groups for row in group.rows]
    figures = max((_figures(row) for row in rows), default=120.0)
    sheet = Sheet(wide=forest.wide, high=0, ink=ink)
    y = 0.0
    for group in forest.groups:
        y = _title(sheet, group, y)
        first = y
        for row in group.rows:
            lines = wrap(row.name, room)
            high = max(len(lines) + bool(row.note), row.lines) * _LINE + 16
            with sheet.link(row.address, row.title):
                for index, line in enumerate(lines):
                    sheet.text(Point(x=0, y=y + 19 + _LINE * index), line, "b")
                if row.note:
                    note = shorten(row.note, Room(width=_NAMES - 12, size=12, bold=False))
                    sheet.text(Point(x=0, y=y + 19 + _LINE * len(lines)), note, "m s")
                axis = row.axis.drawn(_NAMES, forest.wide - figures - 24)
                _draw_figure(sheet, row, axis, y + 15)
                _print_figures(sheet, row, y + 19)
            y += high
            sheet.line(Point(x=0, y=y), Point(x=forest.wide, y=y), "grid")
        y = _ticks(sheet, group, (_NAMES, forest.wide - figures - 24), (first, y))
    return _finish(sheet, forest, y, "wide")


def draw_forest_narrow(forest: Forest, ink: Ink) -> str:
    """For a phone: the name and the figures, the scale under them."""
    sheet = Sheet(wide=NARROW, high=0, ink=ink)
    y = 0.0
    for group in forest.groups:
        y = _title(sheet, group, y)
        first = y
        for row in group.rows:
            y = _draw_block(sheet, row, y)
            sheet.line(Point(x=0, y=y), Point(x=NARROW, y=y), "grid")
        y = _ticks(sheet, group, (6, NARROW - 6), (first, y), under=True)
    return _finish(sheet, forest, y, "narrow")


def _draw_block(sheet: Sheet, row: Row, y: float) -> float:
    taken = _figures(row)
    beside = NARROW - taken - 12
    if beside < _BESIDE and not row.note and width(row.name, 12.5, bold=True) <= beside:
        lines: tuple[str, ...] = (row.name,)
    else:
        lines = wrap(row.name, Room(width=max(beside, _BESIDE), lines=3, size=12.5))
    with sheet.link(row.address, row.title):
        at = y + 19
        for line in lines:
            sheet.text(Point(x=0, y=at), line, "b")
            at += _LINE
        if row.note:
            note = shorten(row.note, Room(width=max(beside, _BESIDE), size=12, bold=False))
            sheet.text(Point(x=0, y=at), note, "m s")
            at += _LINE
        fits = width(max(lines, key=len), 12.5, bold=True) <= beside
        start = y + 19 if beside >= _BESIDE or (fits and not row.note) else at
        _print_figures(sheet, row, start)
        at = max(at, start + _LINE * (2 if row.second else 1))
        _draw_figure(sheet, row, row.axis.drawn(6, NARROW - 6), at - 1)
    return at + 13


def _title(sheet: Sheet, group: Group, y: float) -> float:
    if not group.title:
        return y
    lines = wrap(group.title, Room(width=sheet.wide, lines=2, size=14))
    for line in lines:
        y += 19
        sheet.text(Point(x=0, y=y), line, "l b")
    sheet.line(Point(x=0, y=y + 9), Point(x=sheet.wide, y=y + 9), "axis")
    return y + 12


def _draw_figure(sheet: Sheet, row: Row, axis: Axis, y: float) -> None:
    sheet.line(Point(x=axis.start, y=y), Point(x=axis.end, y=y), "grid")
    if row.low is not None and row.high is not None:
        sheet.line(Point(x=axis.at(row.low), y=y), Point(x=axis.at(row.high), y=y), "cibar")
    if row.target is not None:
        x = axis.at(row.target)
        sheet.line(Point(x=x, y=y - 8), Point(x=x, y=y + 8), "tick", row.second)
    if row.mark is None:
        return
    middle = row.value
    if middle is None and row.low is not None and row.high is not None:
        middle = (row.low + row.high) / 2
    if middle is not None:
        sheet.mark(row.mark, Point(x=axis.at(middle), y=y), 6, row.title)


def _print_figures(sheet: Sheet, row: Row, y: float) -> None:
    right = sheet.wide
    if row.quiet:
        sheet.text(Point(x=right, y=y), row.quiet, "e m s")
        right -= width(row.quiet, 12) + 6
    sheet.text(Point(x=right, y=y), row.shown, "e b" if row.value is not None else "e m s")
    if row.second:
        sheet.text(Point(x=sheet.wide, y=y + _LINE), row.second, "e m s")


def _figures(row: Row) -> float:
    first = width(row.shown, 12.5, bold=True) + (width(row.quiet, 12) + 6 if row.quiet else 0)
    return max(first, width(row.second, 12))


def _ticks(
    sheet: Sheet,
    group: Group,
    across: tuple[float, float],
    down: tuple[float, float],
    *,
    under: bool = False,
) -> float:
    """Numbers under the group, each with a hairline up through its rows on a desk."""
    if not group.ticks or not group.rows:
        return down[1] + 10
    axis = group.rows[0].axis.drawn(*across)
    last = -1e9
    for tick, said in group.ticks:
        x, half = axis.at(tick), width(said, 12) / 2
        if x - half < last + 8 or x - half < 0 or x + half > sheet.wide:
            continue
        last = x + half
        sheet.text(Point(x=x, y=down[1] + 16), said, "c m s")
        if not under:
            sheet.grid(Point(x=x, y=down[0] + 4), Point(x=x, y=down[1] - 2))
    return down[1] + 34


def _finish(sheet: Sheet, forest: Forest, y: float, classes: str) -> str:
    if forest.note:
        room = Room(width=sheet.wide, lines=3, size=12, bold=False)
        for line in wrap(forest.note, room):
            y += 15
            sheet.text(Point(x=0, y=y), line, "m s")
    sheet.high = y + 8
    return sheet.svg(forest.caption, classes)


def axis_of(rows: Sequence[tuple[float | None, ...]], clip: tuple[float, float]) -> Axis:
    """An axis that holds every number given, within the limits of the quantity."""
    numbers = [number for row in rows for number in row if number is not None]
    if not numbers:
        return Axis(low=clip[0], high=clip[0] + 1)
    low, high = min(numbers), max(numbers)
    margin = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return Axis(low=max(low - margin, clip[0]), high=min(high + margin, clip[1]))
