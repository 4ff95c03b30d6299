"""The journey, narrow: stages from top to bottom, feeling down the gutter, rows that lead on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.journey.feeling import Felt, draw_curve, extremes, reach
from verite.pictures.journey.plan import Head, Plan, Stop, known_value
from verite.pictures.journey.scene import stop_title
from verite.pictures.journey.settle import volume_text
from verite.pictures.links import Links
from verite.pictures.sheet import Mark, Point, Sheet
from verite.pictures.widths import width
from verite.pictures.wrap import Room, wrap
from verite.sentences.catalogue import phrase
from verite.sentences.numbers import duration, interval, share, value
from verite.words.estimate import Estimate

WIDE: Final = 350.0
_GUTTER: Final = 50.0  # the middle of the feeling curve
_REACH: Final = 32.0  # how far it goes to either side
_LEFT: Final = 100.0
_ROW: Final = 46.0
_LINE: Final = 17.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A stop as a row of the list."""

    stop: Stop
    lines: tuple[str, ...]
    y: float

    @property
    def high(self) -> float:
        """A row is at least as high as a finger."""
        return _ROW + _LINE * (len(self.lines) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A stage, its rows under it."""

    head: Head
    lines: tuple[str, ...]
    y: float
    rows: tuple[_Row, ...]

    @property
    def foot(self) -> float:
        """Where the rows of the stage end."""
        return self.rows[-1].y + self.rows[-1].high if self.rows else self.rows_from

    @property
    def rows_from(self) -> float:
        """Where its first row starts, under the rule."""
        return self.y + 20 * len(self.lines) + (34 if self.head.key else 18)


def draw_journey_narrow(plan: Plan, caption: Caption, lang: str, ink: Ink, links: Links) -> str:
    """The picture for a phone: the same stops, one under the other."""
    blocks = _blocks(plan, lang)
    sheet = Sheet(wide=WIDE, high=blocks[-1].foot + 10, ink=ink)
    _draw_gutter(sheet, blocks, lang)
    ends = extremes(plan.heads)
    most = max((stop.volume for stop in plan.stops), default=1) or 1
    for block in blocks:
        _draw_head(sheet, block, ends, lang)
        for row in block.rows:
            with sheet.link(links.touchpoint(row.stop.key), stop_title(row.stop, plan, lang)):
                _draw_row(sheet, row, most, lang)
    return sheet.svg(caption, "narrow")


def _blocks(plan: Plan, lang: str) -> list[_Block]:
    blocks: list[_Block] = []
    y = 30.0
    for stage, head in enumerate(plan.heads):
        lines = wrap(head.name, Room(width=WIDE - _LEFT, lines=2, size=17))
        block = _Block(head=head, lines=lines, y=y, rows=())
        at, rows = block.rows_from, []
        for stop in (stop for stop in plan.stops if stop.stage == stage):
            row = _Row(stop=stop, lines=_name(stop, lang), y=at)
            rows.append(row)
            at += row.high
        block = _Block(head=head, lines=lines, y=y, rows=tuple(rows))
        blocks.append(block)
        y = block.foot + 18
    return blocks


def _name(stop: Stop, lang: str) -> tuple[str, ...]:
    taken = 12 + width(volume_text(stop, lang), 14) + (18 if stop.sign else 0)
    return wrap(stop.name, Room(width=WIDE - _LEFT - taken, lines=3, size=14, bold=False))


def _draw_gutter(sheet: Sheet, blocks: list[_Block], lang: str) -> None:
    scope = reach([block.head for block in blocks])
    zero = _GUTTER - _REACH - 2 * _REACH * scope.low / scope.span
    low, high = scope.ends(lang)
    sheet.text(Point(x=_GUTTER - _REACH, y=13), low, "c m s")
    sheet.text(Point(x=_GUTTER + _REACH, y=13), high, "c m s")
    sheet.text(Point(x=_LEFT, y=13), phrase("journey.gutter", lang), "m s")
    sheet.line(Point(x=zero, y=22), Point(x=zero, y=sheet.high), "dash")
    felt = [
        Felt(head=block.head, at=_down(zero, block.y + 14, 2 * _REACH / scope.span))
        for block in blocks
        if block.head.key
    ]
    draw_curve(sheet, felt, lang, down=True)


def _down(zero: float, y: float, per_unit: float) -> Callable[[float], Point]:
    return lambda feeling: Point(x=zero + feeling * per_unit, y=y)


def _draw_head(sheet: Sheet, block: _Block, ends: tuple[str | None, str | None], lang: str) -> None:
    y = block.y
    for line in block.lines:
        y += 20
        sheet.text(Point(x=_LEFT, y=y), line, "xl")
    feeling = block.head.feeling
    if block.head.key:
        said = _said(feeling, lang)
        tint = "f" if block.head.key == ends[0] else "g" if block.head.key == ends[1] else "m"
        sheet.text(Point(x=_LEFT, y=y + 17), said, f"s {tint}")
    rule = block.rows_from - 8
    sheet.line(Point(x=_LEFT, y=rule), Point(x=WIDE, y=rule), "axis")


def _said(feeling: Estimate | None, lang: str) -> str:
    if feeling is None:
        return phrase("journey.unfelt", lang)
    said = f"{value(feeling, lang)} {interval(feeling, lang)}".rstrip()
    if known_value(feeling) is None:
        return said
    return phrase("journey.felt", lang, {"feeling": said})


def _draw_row(sheet: Sheet, row: _Row, most: int, lang: str) -> None:
    stop, y = row.stop, row.y + 16
    area = Box(left=_LEFT - 4, top=row.y, right=WIDE, bottom=row.y + row.high - 2)
    sheet.rect(area, "paper")
    indent = 0.0
    if stop.sign:
        kind = Mark.FRICTION if stop.sign < 0 else Mark.DELIGHT
        sheet.mark(kind, Point(x=_LEFT + 6, y=y - 5), 6)
        indent = 18.0
    for index, line in enumerate(row.lines):
        sheet.text(Point(x=_LEFT + indent, y=y + _LINE * index), line, "l")
    sheet.text(Point(x=WIDE, y=y), volume_text(stop, lang), "e l")
    foot = y + _LINE * (len(row.lines) - 1)
    if stop.volume and not stop.masked:
        right = _LEFT + max(140 * stop.volume / most, 2)
        bar = Box(left=_LEFT, top=foot + 9, right=right, bottom=foot + 15)
        sheet.rect(bar, "ink", radius=1)
    facts = _facts(stop, lang)
    if facts:
        sheet.text(Point(x=WIDE, y=foot + 17), facts, "e m s halo")


def _facts(stop: Stop, lang: str) -> str:
    said = []
    if stop.wait_s and not stop.masked:
        said.append(phrase("journey.wait", lang, {"time": duration(stop.wait_s, lang)}))
    if stop.lost and stop.lost >= 0.1 and not stop.masked:
        said.append(share(-stop.lost, lang))
    return " · ".join(said)
