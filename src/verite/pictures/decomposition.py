"""Where the gaps come from: one bar per dimension, each starting where the last ended."""

from __future__ import annotations

from typing import Final

from verite.pictures.boxes import Box
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.sheet import Point, Sheet
from verite.pictures.widths import width
from verite.pictures.wrap import Room, wrap
from verite.sentences.identity import identity_words, share_and_range, units_of
from verite.sentences.names import dimension_name
from verite.words.identical import Decomposition, Share

WIDE: Final = 660.0
NARROW: Final = 350.0
_NAMES: Final = 108.0
_ROW: Final = 42.0
_THICK: Final = 18.0


def draw_decomposition(found: Decomposition, caption: Caption, lang: str, ink: Ink) -> str:
    """The cascade for a desk."""
    return _cascade(found, Sheet(wide=WIDE, high=0, ink=ink), caption, lang)


def draw_decomposition_narrow(found: Decomposition, caption: Caption, lang: str, ink: Ink) -> str:
    """The cascade for a phone."""
    return _cascade(found, Sheet(wide=NARROW, high=0, ink=ink), caption, lang)


def _cascade(found: Decomposition, sheet: Sheet, caption: Caption, lang: str) -> str:
    classes = "wide" if sheet.wide == WIDE else "narrow"
    shares = sorted(found.shares, key=lambda one: -(one.share.value or 0.0))
    sheet.high = 8 + _ROW * len(shares)
    if not shares or shares[0].share.value is None:
        lines = wrap(
            identity_words("shares.none", lang),
            Room(width=sheet.wide, lines=3, size=12.5, bold=False),
        )
        for place, line in enumerate(lines):
            sheet.text(Point(x=0, y=24 + 16 * place), line, "m")
        sheet.high = 24 + 16 * len(lines)
        return sheet.svg(caption, classes)
    figures = max(width(share_and_range(one, lang), 12.5, bold=True) for one in shares)
    room, start = sheet.wide - _NAMES - figures - 16, _NAMES
    for place, one in enumerate(shares):
        long = room * (one.share.value or 0.0)
        _draw_bar(sheet, one, Box(left=start, top=_top(place), right=start + long,
                                  bottom=_top(place) + _THICK), lang)  # fmt: skip
        if place < len(shares) - 1:
            x = start + long
            sheet.grid(Point(x=x, y=_top(place)), Point(x=x, y=_top(place + 1) + _THICK))
        start += long
    return sheet.svg(caption, classes)


def _top(place: int) -> float:
    return 8 + _ROW * place


def _draw_bar(sheet: Sheet, one: Share, box: Box, lang: str) -> None:
    name, told = dimension_name(one.dimension, lang), share_and_range(one, lang)
    is_first = box.top == _top(0)
    sheet.text(Point(x=0, y=box.top + 9), name, "b" if is_first else "")
    sheet.text(Point(x=0, y=box.top + 24), units_of(one, lang), "m s")
    at_least = Box(left=box.left, top=box.top, right=max(box.right, box.left + 1),
                   bottom=box.bottom)  # fmt: skip
    sheet.rect(at_least, "acc" if is_first else "ink2", f"{name}, {told}", radius=1)
    sheet.text(Point(x=sheet.wide, y=box.top + 13), told, "e b" if is_first else "e")
