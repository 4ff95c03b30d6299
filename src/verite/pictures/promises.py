"""Promises by hour and day: the share kept in each hour of the week, with its n and its sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.sheet import Point, Sheet, at
from verite.sentences.names import value_name
from verite.sentences.numbers import interval, number, value
from verite.sentences.of_promises import promise_words
from verite.words.estimate import Status
from verite.words.promises import PromiseCell, PromiseSlots, Standing

WIDE: Final = 1190.0
NARROW: Final = 350.0
DAYS: Final = tuple(str(day) for day in range(1, 8))
HOURS: Final = tuple(f"{hour:02d}" for hour in range(24))
SIGNS: Final = {Standing.BROKEN: "▼", Standing.UNDECIDED: "?"}
_HEAD: Final = 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """The cells by (weekday, hour), and where each is drawn."""

    cells: dict[tuple[str, str], PromiseCell]
    box: Callable[[int, int], Box]  # of a day and an hour, by their places
    metric: str
    lang: str
    links: Links


def draw_promise(found: PromiseSlots, caption: Caption, lang: str, ink: Ink, links: Links) -> str:
    """Days down, hours across, for a desk."""
    sheet = Sheet(wide=WIDE, high=_HEAD + 7 * 38 + 2, ink=ink)
    names, across = 86.0, 46.0

    def box(day: int, hour: int) -> Box:
        left, top = names + across * hour, _HEAD + 38 * day
        return Box(left=left, top=top, right=left + across - 2, bottom=top + 36)

    grid = _grid(found, box, lang, links)
    for place, hour in enumerate(HOURS):
        sheet.text(Point(x=names + across * (place + 0.5) - 1, y=14), hour, "m s c")
    for place, day in enumerate(DAYS):
        sheet.text(Point(x=0, y=_HEAD + 38 * place + 22), _day(day, lang))
    _fill(sheet, grid)
    return sheet.svg(caption, "wide")


def draw_promise_narrow(
    found: PromiseSlots, caption: Caption, lang: str, ink: Ink, links: Links
) -> str:
    """Hours down, days across, for a phone."""
    sheet = Sheet(wide=NARROW, high=_HEAD + 24 * 24 + 2, ink=ink)
    names, across = 42.0, 44.0

    def box(day: int, hour: int) -> Box:
        left, top = names + across * day, _HEAD + 24 * hour
        return Box(left=left, top=top, right=left + across - 2, bottom=top + 22)

    grid = _grid(found, box, lang, links)
    for place, day in enumerate(DAYS):
        said = _day(day, lang)[:3]
        sheet.text(Point(x=names + across * (place + 0.5) - 1, y=14), said, "m s c")
    for place, hour in enumerate(HOURS):
        y = _HEAD + 24 * place + 16
        sheet.text(Point(x=0, y=y), value_name("hour", hour, lang), "m s")
    _fill(sheet, grid)
    return sheet.svg(caption, "narrow")


def _grid(found: PromiseSlots, box: Callable[[int, int], Box], lang: str, links: Links) -> _Grid:
    cells = {(cell.by[0].value, cell.by[1].value): cell for cell in found.kept.slots}
    metric = f"promise.{found.kept.promise.key}"
    return _Grid(cells=cells, box=box, metric=metric, lang=lang, links=links)


def _fill(sheet: Sheet, grid: _Grid) -> None:
    """Grounds first, all alike in one stroke of the pen; then the figures."""
    for standing, look in ((Standing.KEPT, "accs"), (Standing.BROKEN, "boxf")):
        drawn = "".join(
            _outline(grid.box(day, hour))
            for day, hour, cell in _placed(grid)
            if cell.standing is standing
        )
        if drawn:
            sheet.path(drawn, look)
    for day, hour, cell in _placed(grid):
        _letter(sheet, grid, cell, grid.box(day, hour))


def _placed(grid: _Grid) -> list[tuple[int, int, PromiseCell]]:
    return [
        (DAYS.index(day), HOURS.index(hour), cell)
        for (day, hour), cell in sorted(grid.cells.items())
    ]


def _outline(box: Box) -> str:
    wide, high = box.right - box.left, box.bottom - box.top
    return f"M{at(Point(x=box.left, y=box.top))}h{wide:g}v{high:g}h-{wide:g}z"


def _letter(sheet: Sheet, grid: _Grid, cell: PromiseCell, box: Box) -> None:
    """The share and its sign, n under it where there is room; bounds alone are [ ]."""
    middle, is_wide = (box.left + box.right) / 2, sheet.wide == WIDE
    top = Point(x=middle, y=box.top + 16)
    kept = cell.kept
    if kept.status is Status.HIDDEN or kept.status is Status.UNKNOWN:
        sheet.text(top, "–", "m s c")
        return
    if kept.value is None:
        said, look = f"{SIGNS.get(cell.standing or Standing.KEPT, '')}[ ]", "m c"
    else:
        sign = SIGNS.get(cell.standing or Standing.KEPT, "")
        said = f"{sign}{number(kept.value, grid.lang)}"
        look = "b c" if cell.standing is Standing.BROKEN else "c"
    is_broken = cell.standing is Standing.BROKEN and is_wide
    address = grid.links.row(grid.metric, cell.by) if is_broken else None
    with sheet.link(address, title_of(cell, grid.lang)):
        sheet.text(top, said, look)
        if is_wide:
            n = number(kept.n or 0, grid.lang)
            sheet.text(Point(x=middle, y=box.top + 31), n, "m s c")


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
