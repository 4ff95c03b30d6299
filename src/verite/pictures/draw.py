"""A result as a picture: wide for a desk, narrow for a phone, in the ink of its paper."""

from __future__ import annotations

from verite.pictures.ink import Ink
from verite.pictures.journey.narrow import draw_journey_narrow
from verite.pictures.journey.plan import plan
from verite.pictures.journey.small import draw_small, draw_small_narrow
from verite.pictures.journey.wide import draw_wide
from verite.pictures.links import Links, NoLinks
from verite.sentences.say import say
from verite.words.journey import JourneyPicture


def draw(
    result: object, *, lang: str = "fr", ink: Ink = Ink.PAGE, links: Links | None = None
) -> str:
    """The picture of a result as SVG text."""
    finding = say(result, lang)
    leads = links or NoLinks()
    if isinstance(result, JourneyPicture):
        return draw_wide(plan(result, lang), finding, lang, ink, leads)
    raise NotImplementedError


def draw_narrow(
    result: object, *, lang: str = "fr", ink: Ink = Ink.PAGE, links: Links | None = None
) -> str:
    """The same picture for a phone, 350 px wide."""
    finding = say(result, lang)
    leads = links or NoLinks()
    if isinstance(result, JourneyPicture):
        return draw_journey_narrow(plan(result, lang), finding, lang, ink, leads)
    raise NotImplementedError


def draw_in_small(journey: JourneyPicture, *, lang: str = "fr", ink: Ink = Ink.PAGE) -> str:
    """The journey in small, for a cockpit: customers per stage and the feeling curve."""
    return draw_small(plan(journey, lang), say(journey, lang), lang, ink)


def draw_in_small_narrow(journey: JourneyPicture, *, lang: str = "fr", ink: Ink = Ink.PAGE) -> str:
    """The journey in small on a phone: one row per stage."""
    return draw_small_narrow(plan(journey, lang), say(journey, lang), lang, ink)
