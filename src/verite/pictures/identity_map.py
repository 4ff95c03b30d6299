"""The identity map: rows by channels, each square with its effect, interval, n and verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.passages import Names
from verite.pictures.sheet import Point, Sheet
from verite.pictures.wrap import Room, shorten, wrap
from verite.sentences.identity import (
    effect_of,
    identity_words,
    n_of,
    row_told,
    sign_of,
    title_of,
)
from verite.sentences.names import value_name
from verite.sentences.numbers import interval
from verite.words.estimate import Status
from verite.words.identical import Alike, Cell, Identical, IdentityMap

WIDE: Final = 1190.0
NARROW: Final = 350.0
COLUMNS_WIDE: Final = 7
COLUMNS_NARROW: Final = 5
ROWS_AT_MOST: Final = 10
_NAMES: Final = 192.0
_ROOMY: Final = 190.0  # from this width on, interval and n share a line
_LINE: Final = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """The squares by row and column, the largest first, and what they are drawn with."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    squares: dict[tuple[str, str], Cell]
    found: IdentityMap
    names: Names
    links: Links

    @property
    def lang(self) -> str:
        """The language of the names."""
        return self.names.lang

    def row_name(self, key: str) -> str:
        """A row as people call it."""
        if self.found.rows == "touchpoint":
            return self.names.of(key)
        said = row_told(self.found.rows, key, self.lang)
        return said[:1].upper() + said[1:]


def map_of(found: Identical) -> IdentityMap:
    """The map of a result, for its picture."""
    metric = f"nps_{found.nps_kind}" if found.nps_kind else found.metric
    return IdentityMap(
        about=found.about,
        metric=metric,
        delta=found.delta,
        rows=found.map_rows,
        cells=found.map_cells,
    )


def draw_identity_map(
    found: IdentityMap, caption: Caption, names: Names, ink: Ink, links: Links
) -> str:
    """The map for a desk."""
    grid = _grid(found, COLUMNS_WIDE, names, links)
    sheet = Sheet(wide=WIDE, high=40, ink=ink)
    if not grid.rows:
        return _nothing(sheet, caption, names.lang, "wide")
    across = float(int((WIDE - _NAMES) / len(grid.columns)))  # whole pixels: lighter, sharper
    lines = 2 if across >= _ROOMY else 3
    high = 16 + _LINE * lines + 8
    _head(sheet, grid, (_NAMES, across), 10)
    y = 28.0
    for row in grid.rows:
        sheet.grid(Point(x=0, y=y), Point(x=WIDE, y=y))
        for index, line in enumerate(
            wrap(grid.row_name(row), Room(width=_NAMES - 14, lines=2, size=12.5, bold=False))
        ):
            sheet.text(Point(x=0, y=y + 31 - 7 * (lines == 2) + _LINE * index), line)
        for place, column in enumerate(grid.columns):
            left = _NAMES + across * place
            box = Box(left=left, top=y + 4, right=left + across - 4, bottom=y + high - 4)
            _square(sheet, grid, (row, column), box)
        y += high
    sheet.grid(Point(x=0, y=y), Point(x=WIDE, y=y))
    sheet.high = y + 3
    return sheet.svg(caption, "wide")


def draw_identity_map_narrow(
    found: IdentityMap, caption: Caption, names: Names, ink: Ink, links: Links
) -> str:
    """The map for a phone: each row's name above its squares."""
    grid = _grid(found, COLUMNS_NARROW, names, links)
    sheet = Sheet(wide=NARROW, high=40, ink=ink)
    if not grid.rows:
        return _nothing(sheet, caption, names.lang, "narrow")
    across = float(int(NARROW / len(grid.columns)))
    _head(sheet, grid, (0, across), 3)
    y = 28.0
    for row in grid.rows:
        sheet.grid(Point(x=0, y=y), Point(x=NARROW, y=y))
        name = shorten(grid.row_name(row), Room(width=NARROW, size=12.5))
        sheet.text(Point(x=0, y=y + 18), name, "b")
        for place, column in enumerate(grid.columns):
            left = across * place + 1
            box = Box(left=left, top=y + 26, right=left + across - 3, bottom=y + 72)
            _square(sheet, grid, (row, column), box)
        y += 78
    sheet.grid(Point(x=0, y=y), Point(x=NARROW, y=y))
    sheet.high = y + 3
    return sheet.svg(caption, "narrow")


def _grid(found: IdentityMap, columns: int, names: Names, links: Links) -> _Grid:
    squares = {(cell.by[0].value, cell.by[1].value): cell for cell in found.cells}
    shown = _by_weight(found, 1)[:columns]
    rows = tuple(row for row in _by_weight(found, 0) if any((row, one) in squares for one in shown))
    return _Grid(
        rows=rows[:ROWS_AT_MOST], columns=shown, squares=squares, found=found, names=names,
        links=links,
    )  # fmt: skip


def _by_weight(found: IdentityMap, place: int) -> tuple[str, ...]:
    weights: dict[str, int] = {}
    for cell in found.cells:
        key = cell.by[place].value
        weights[key] = weights.get(key, 0) + (cell.effect.n or 0)
    return tuple(sorted(weights, key=lambda key: (-weights[key], key)))


def _head(sheet: Sheet, grid: _Grid, places: tuple[float, float], inset: float) -> None:
    start, across = places
    for place, column in enumerate(grid.columns):
        room = Room(width=across - inset - 4, size=12, bold=False)
        said = shorten(value_name("channel", column, grid.lang), room)
        sheet.text(Point(x=start + across * place + inset, y=16), said, "m s")


def _square(sheet: Sheet, grid: _Grid, key: tuple[str, str], box: Box) -> None:
    cell = grid.squares.get(key)
    if cell is None:
        return
    names = (grid.row_name(key[0]), value_name("channel", key[1], grid.lang))
    title = title_of(cell, names, grid.lang)
    is_shown = cell.effect.status is not Status.HIDDEN
    is_linked = is_shown and (cell.effect.value is not None or sheet.wide != NARROW)
    address = grid.links.row(grid.found.metric, cell.by) if is_linked else None
    with sheet.link(address, title):
        # A link bears its own name, and no phone hovers.
        _ground(sheet, cell, box, "" if address or sheet.wide == NARROW else title)
        _letter(sheet, cell, box, grid.lang)


def _ground(sheet: Sheet, cell: Cell, box: Box, title: str) -> None:
    """= filled grey, ≠ filled and outlined, ? dashed; nothing where there is no verdict."""
    if cell.alike is None or cell.effect.value is None:
        return
    look = {Alike.IDENTICAL: "band", Alike.UNDECIDED: "boxh"}.get(cell.alike)
    if look is None:
        look = "boxa" if cell.effect.value > 0 else "boxf"
    inner = Box(left=box.left + 0.5, top=box.top + 0.5, right=box.right - 0.5,
                bottom=box.bottom - 0.5)  # fmt: skip
    sheet.rect(inner if look == "boxh" else box, look, title, radius=3)


def _letter(sheet: Sheet, cell: Cell, box: Box, lang: str) -> None:
    is_narrow = sheet.wide == NARROW
    x, y, wide = box.left + (4 if is_narrow else 10), box.top + 20, box.right - box.left
    bounds, n, effect = interval(cell.effect, lang), n_of(cell, lang), cell.effect
    if effect.status is Status.HIDDEN:
        sheet.text(Point(x=x, y=y), "–", "m s")
        return
    if effect.value is None:
        few = identity_words("cell.few_short" if is_narrow else "cell.few", lang)
        lines = [few, _short(n)] if is_narrow else [bounds, f"{few}, {n}"]
        for place, line in enumerate(lines):
            sheet.text(Point(x=x, y=y + 16 * place), line, "m s")
        return
    bold = {Alike.DIFFERENT: "b", Alike.UNDECIDED: "m"}.get(cell.alike or Alike.IDENTICAL, "")
    sheet.text(Point(x=x, y=y), f"{sign_of(cell)} {effect_of(cell, lang)}".strip(), bold)
    if is_narrow:
        sheet.text(Point(x=x, y=y + 17), _short(n), "m s")
    elif wide >= _ROOMY:
        sheet.text(Point(x=x, y=y + 16), f"{bounds}  {n}", "m s")
    else:
        sheet.text(Point(x=x, y=y + 16), bounds, "m s")
        sheet.text(Point(x=x, y=y + 31), n, "m s")


def _short(n: str) -> str:
    """`n 742`: no room for more on a phone."""
    return n.replace(" = ", " ")


def _nothing(sheet: Sheet, caption: Caption, lang: str, classes: str) -> str:
    sheet.text(Point(x=0, y=24), identity_words("map.none", lang), "m")
    return sheet.svg(caption, classes)
