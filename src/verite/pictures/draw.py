"""A result as a picture: wide for a desk, narrow for a phone, in the ink of its paper."""

from __future__ import annotations

from verite.pictures.ink import Ink
from verite.pictures.journey.plan import plan
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
