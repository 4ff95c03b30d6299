"""Promises by hour and day: the larger the square, the more often the promise is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.promises_hours import NARROW, WIDE, Strip, draw_hours, draw_total
from verite.pictures.sheet import Mark, Point, Sheet, at
from verite.sentences.names import value_name
from verite.sentences.numbers import interval, number, value
from verite.sentences.of_promises import promise_words
from verite.words.estimate import Status
from verite.words.promises import PromiseCell, PromiseSlots, Standing

DAYS: Final = tuple(str(day) for day in range(1, 8))
HOURS: Final = tuple(f"{hour:02d}" for hour in range(24))
_HEAD: Final = 22.0
_SIDE: Final = 22.0  # of the square of a promise never kept
_LEAST: Final = 2.0  # of a promise always kept: almost nothing to see
_FEW: Final = 4.5
# Full and dark, hollow, full and pale: told apart without colour.
_LOOKS: Final = {Standing.KEPT: "heat5", Standing.UNDECIDED: "lnb", Standing.BROKEN: "fri"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """The cells by (weekday, hour), and where the middle of each is drawn."""

    cells: tuple[PromiseCell, ...]
    spot: Callable[[int, int], Point]  # of a day and an hour, by their places
    metric: str
    lang: str
    links: Links


def draw_promise(found: PromiseSlots, caption: Caption, lang: str, ink: Ink, links: Links) -> str:
    """Days down, hours across, for a desk; under them the hours of all days together."""
    names, across, high = 88.0, 40.0, 30.0
    sheet = Sheet(wide=WIDE, high=_HEAD + 7 * high + 2, ink=ink)

    def spot(day: int, hour: int) -> Point:
        return Point(x=names + across * (hour + 0.5), y=_HEAD + high * (day + 0.5))

    for place, hour in enumerate(HOURS):
        sheet.text(Point(x=spot(0, place).x, y=14), value_name("hour", hour, lang), "m s c")
    sheet.text(Point(x=WIDE, y=14), promise_words("picture.all_day", lang), "m s e")
    totals = {cell.by[0].value: cell for cell in found.kept.weekdays}
    for place, day in enumerate(DAYS):
        y = spot(place, 0).y
        sheet.grid(Point(x=0, y=y + high / 2), Point(x=WIDE, y=y + high / 2))
        sheet.text(Point(x=0, y=y + 4), _day(day, lang))
        draw_total(sheet, totals.get(day), Point(x=WIDE, y=y + 4), lang)
    grid = _grid(found, spot, lang, links)
    _fill(sheet, grid)
    columns = [spot(0, place).x for place in range(len(HOURS))]
    if found.kept.hours:
        week = promise_words("picture.all_week", lang)
        sheet.text(Point(x=0, y=sheet.high + 14), week, "m s")
    draw_hours(sheet, found.kept, Strip(across=columns, lang=lang, links=links))
    return sheet.svg(caption, "wide")


def draw_promise_narrow(
    found: PromiseSlots, caption: Caption, lang: str, ink: Ink, links: Links
) -> str:
    """Hours down, days across, for a phone; beside them the hours of all days together."""
    names, across, high = 38.0, 26.0, 24.0
    sheet = Sheet(wide=NARROW, high=_HEAD + 24 * high + 2, ink=ink)

    def spot(day: int, hour: int) -> Point:
        return Point(x=names + across * (day + 0.5), y=_HEAD + high * (hour + 0.5))

    for place, day in enumerate(DAYS):
        said = _day(day, lang)[:3]
        sheet.text(Point(x=spot(place, 0).x, y=14), said, "m s c")
    sheet.text(Point(x=NARROW, y=14), promise_words("picture.all_day", lang), "m s e")
    totals = {cell.by[0].value: cell for cell in found.kept.hours}
    for place, hour in enumerate(HOURS):
        y = spot(0, place).y
        sheet.grid(Point(x=0, y=y + high / 2), Point(x=NARROW, y=y + high / 2))
        sheet.text(Point(x=0, y=y + 4), value_name("hour", hour, lang), "m s")
        draw_total(sheet, totals.get(hour), Point(x=NARROW, y=y + 4), lang)
    _fill(sheet, _grid(found, spot, lang, links))
    return sheet.svg(caption, "narrow")


def _grid(found: PromiseSlots, spot: Callable[[int, int], Point], lang: str, links: Links) -> _Grid:
    metric = f"promise.{found.kept.promise.key}"
    return _Grid(cells=found.kept.slots, spot=spot, metric=metric, lang=lang, links=links)


def _fill(sheet: Sheet, grid: _Grid) -> None:
    """Squares alike are one stroke of the pen; on a desk what is not kept bears its title."""
    for standing, look in _LOOKS.items():
        if sheet.wide == WIDE and standing is not Standing.KEPT:
            continue
        alike = [cell for cell in grid.cells if cell.standing is standing]
        drawn = "".join(_outline(_square(grid, cell)) for cell in alike if _is_sized(cell))
        if drawn:
            sheet.path(drawn, look)
    for cell in grid.cells:
        is_drawn = sheet.wide == NARROW or cell.standing is Standing.KEPT
        if not (_is_sized(cell) and is_drawn):
            _draw_cell(sheet, grid, cell)


def _draw_cell(sheet: Sheet, grid: _Grid, cell: PromiseCell) -> None:
    middle, title = _middle(grid, cell), title_of(cell, grid.lang)
    is_broken = cell.standing is Standing.BROKEN
    if cell.kept.status in (Status.HIDDEN, Status.UNKNOWN):
        sheet.text(Point(x=middle.x, y=middle.y + 4), "–", "m s c")
        return
    shown = title if sheet.wide == WIDE else ""
    opens = is_broken and sheet.wide == WIDE
    address = grid.links.row(grid.metric, cell.by) if opens else None
    with sheet.link(address, title):
        if _is_sized(cell):
            look = _LOOKS[cell.standing or Standing.UNDECIDED]
            sheet.rect(_square(grid, cell), look, "" if address else shown)
        else:  # bounds alone: a sign of one size
            sheet.mark(Mark.FRICTION if is_broken else Mark.FEW, middle, _FEW,
                       "" if address else shown)  # fmt: skip


def _is_sized(cell: PromiseCell) -> bool:
    """Whether its share may be told, and so its square sized."""
    return cell.kept.value is not None


def _square(grid: _Grid, cell: PromiseCell) -> Box:
    """A square whose area grows with the share broken."""
    broken = 1 - (cell.kept.value or 0.0) / 100
    half, middle = max(_SIDE * sqrt(max(broken, 0.0)), _LEAST) / 2, _middle(grid, cell)
    return Box(left=middle.x - half, top=middle.y - half,
               right=middle.x + half, bottom=middle.y + half)  # fmt: skip


def _middle(grid: _Grid, cell: PromiseCell) -> Point:
    return grid.spot(DAYS.index(cell.by[0].value), HOURS.index(cell.by[1].value))


def _outline(box: Box) -> str:
    side = f"{box.right - box.left:.1f}".removesuffix(".0")
    return f"M{at(Point(x=box.left, y=box.top))}h{side}v{side}h-{side}z"


def title_of(cell: PromiseCell, lang: str) -> str:
    """A cell in words: when, how much, how sure, of how many, and where it stands."""
    kept = cell.kept
    fields = {
        "day": _day(cell.by[0].value, lang),
        "hour": value_name("hour", cell.by[1].value, lang),
        "value": value(kept, lang),
        "range": interval(kept, lang),
        "n": number(kept.n or 0, lang),
        "standing": promise_words(f"standing.{cell.standing}", lang) if cell.standing else "",
    }
    hidden = kept.status is Status.HIDDEN
    return promise_words("picture.title_hidden" if hidden else "picture.title", lang, fields)


def _day(day: str, lang: str) -> str:
    return value_name("weekday", day, lang)
