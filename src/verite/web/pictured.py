"""Results drawn for pages: wide and narrow, in the ink of the style sheet, with links."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

import verite.pictures as pictures
from verite.web.evidence.links import PageLinks
from verite.web.language import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The two drawings of one result; the style sheet shows one of them."""

    wide: SafeString
    narrow: SafeString


def drawn(result: object, links: PageLinks | None = None) -> Drawn:
    """A result for a desk and for a phone."""
    return _both("draw", "draw_narrow", result, links)


def drawn_small(result: object, links: PageLinks | None = None) -> Drawn:
    """The journey in small, for the cockpit."""
    return _both("draw_small", "draw_small_narrow", result, links)


def drawn_spark(result: object) -> SafeString:
    """A trend as a line of a table."""
    return _drawn("draw_spark", result, None)


def _both(wide: str, narrow: str, result: object, links: PageLinks | None) -> Drawn:
    return Drawn(wide=_drawn(wide, result, links), narrow=_drawn(narrow, result, links))


def _drawn(name: str, result: object, links: PageLinks | None) -> SafeString:
    pen = getattr(pictures, name, None)
    if pen is None:
        return SafeString("")
    try:
        svg = str(pen(result, lang=language(), ink=pictures.Ink.PAGE, links=links))
        # Pictures escape every text they are given; nothing else enters them.
        return mark_safe(svg)  # noqa: S308
    except NotImplementedError:
        return SafeString("")
