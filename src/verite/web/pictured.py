"""Results drawn for pages: wide and narrow, in the ink of the style sheet, with links."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from verite.pictures import draw, draw_narrow, draw_small, draw_small_narrow, draw_spark
from verite.web.evidence.links import PageLinks
from verite.web.language import language
from verite.words.journey import DesignedMap, JourneyPicture
from verite.words.measured import Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The two drawings of one result; the style sheet shows one of them."""

    wide: SafeString
    narrow: SafeString


def drawn(
    result: object, links: PageLinks | None = None, design: DesignedMap | None = None
) -> Drawn:
    """A result for a desk and for a phone; touchpoints go by their names on the design."""
    lang = language()
    return Drawn(
        wide=_safe(draw(result, lang=lang, links=links, design=design)),
        narrow=_safe(draw_narrow(result, lang=lang, links=links, design=design)),
    )


def drawn_small(result: JourneyPicture, links: PageLinks | None = None) -> Drawn:
    """The journey in small, for the cockpit."""
    lang = language()
    return Drawn(
        wide=_safe(draw_small(result, lang=lang, links=links)),
        narrow=_safe(draw_small_narrow(result, lang=lang, links=links)),
    )


def drawn_spark(result: Trend) -> SafeString:
    """A trend as a line of a table."""
    return _safe(draw_spark(result, lang=language()))


def _safe(svg: str) -> SafeString:
    # Pictures escape every text they are given; nothing else enters them.
    return mark_safe(svg)  # noqa: S308
