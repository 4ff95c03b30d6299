"""A result as a picture: wide for a desk, narrow for a phone, in the ink of its paper."""

from __future__ import annotations

from verite.pictures.forest import Forest, draw_forest, draw_forest_narrow
from verite.pictures.ink import Ink
from verite.pictures.journey.narrow import draw_journey_narrow
from verite.pictures.journey.plan import plan
from verite.pictures.journey.small import draw_journey_small, draw_journey_small_narrow
from verite.pictures.journey.wide import draw_journey_wide
from verite.pictures.links import Links, NoLinks
from verite.pictures.passages import Names, draw_passages, draw_passages_narrow
from verite.pictures.scores import forest_of_changes, forest_of_measured, forest_of_targets
from verite.pictures.trend import draw_sparkline, draw_trend, draw_trend_narrow
from verite.sentences.say import say
from verite.words.journey import DesignedMap, JourneyPicture, LivedMap
from verite.words.measured import Changes, Measured, Targets, Trend


def draw(
    result: object,
    *,
    lang: str = "fr",
    ink: Ink = Ink.PAGE,
    links: Links | None = None,
    design: DesignedMap | None = None,
) -> str:
    """The picture of a result as SVG text, for a desk or a wall.

    A lived map has keys only: with a `design`, its touchpoints go by their designed names.
    """
    finding, leads = say(result, lang), links or NoLinks()
    if isinstance(result, JourneyPicture):
        return draw_journey_wide(plan(result, lang), finding, lang, ink, leads)
    if isinstance(result, LivedMap):
        return draw_passages(result, finding, Names(lang, design), ink, leads)
    if isinstance(result, Trend):
        return draw_trend(result, finding, lang, ink)
    return draw_forest(_forest(result, finding, lang, leads), ink)


def draw_narrow(
    result: object,
    *,
    lang: str = "fr",
    ink: Ink = Ink.PAGE,
    links: Links | None = None,
    design: DesignedMap | None = None,
) -> str:
    """The same picture for a phone, 350 px wide."""
    finding, leads = say(result, lang), links or NoLinks()
    if isinstance(result, JourneyPicture):
        return draw_journey_narrow(plan(result, lang), finding, lang, ink, leads)
    if isinstance(result, LivedMap):
        return draw_passages_narrow(result, finding, Names(lang, design), ink, leads)
    if isinstance(result, Trend):
        return draw_trend_narrow(result, finding, lang, ink)
    return draw_forest_narrow(_forest(result, finding, lang, leads), ink)


def draw_small(
    result: JourneyPicture, *, lang: str = "fr", ink: Ink = Ink.PAGE, links: Links | None = None
) -> str:
    """The journey in small, for a cockpit: customers per stage and the feeling curve."""
    return draw_journey_small(plan(result, lang), say(result, lang), lang, ink)


def draw_small_narrow(
    result: JourneyPicture, *, lang: str = "fr", ink: Ink = Ink.PAGE, links: Links | None = None
) -> str:
    """The journey in small on a phone: one row per stage."""
    return draw_journey_small_narrow(plan(result, lang), say(result, lang), lang, ink)


def draw_spark(
    result: Trend, *, lang: str = "fr", ink: Ink = Ink.PAGE, links: Links | None = None
) -> str:
    """A trend as a line of a table: sixteen periods and their limits."""
    return draw_sparkline(result, say(result, lang), ink)


def _forest(result: object, finding: str, lang: str, links: Links) -> Forest:
    if isinstance(result, Measured):
        return forest_of_measured(result, finding, lang, links)
    if isinstance(result, Targets):
        return forest_of_targets(result, finding, lang, links)
    if isinstance(result, Changes):
        return forest_of_changes(result, finding, lang, links)
    raise NotImplementedError(f"no picture for {type(result).__name__}")
