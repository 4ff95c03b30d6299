"""A result as a picture: wide for a desk, narrow for a phone, in the ink of its paper."""

from __future__ import annotations

from verite.pictures.alike import Brush, draw_alike, draw_alike_narrow
from verite.pictures.caption import Caption, caption
from verite.pictures.feeling import (
    draw_calibration,
    draw_calibration_narrow,
    draw_curve,
    draw_curve_narrow,
)
from verite.pictures.forest import Forest, draw_forest, draw_forest_narrow
from verite.pictures.ink import Ink
from verite.pictures.journey.narrow import draw_journey_narrow
from verite.pictures.journey.plan import plan
from verite.pictures.journey.small import draw_journey_small, draw_journey_small_narrow
from verite.pictures.journey.wide import draw_journey_wide
from verite.pictures.links import Links, NoLinks
from verite.pictures.moments import draw_moments, draw_moments_narrow
from verite.pictures.moments_curve import draw_one_moment, draw_one_moment_narrow
from verite.pictures.passages import Names, draw_passages, draw_passages_narrow
from verite.pictures.promises import draw_promise, draw_promise_narrow
from verite.pictures.replies import draw_reply, draw_reply_narrow
from verite.pictures.scores import forest_of_changes, forest_of_measured, forest_of_targets
from verite.pictures.story.narrow import draw_story_narrow, draw_story_small
from verite.pictures.story.wide import draw_story
from verite.pictures.trend import draw_sparkline, draw_trend, draw_trend_narrow
from verite.words.customer import Customer
from verite.words.errors import WrongUse
from verite.words.feeling import Calibration, HalfLifeCurve
from verite.words.journey import DesignedMap, JourneyPicture, LivedMap
from verite.words.measured import Changes, Measured, Targets, Trend
from verite.words.moments import Moments, OneMoment
from verite.words.promises import PromiseSlots


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
    words, leads = caption(result, lang), links or NoLinks()
    if isinstance(result, JourneyPicture):
        return draw_journey_wide(plan(result, lang), words, lang, ink, leads)
    if isinstance(result, LivedMap):
        return draw_passages(result, words, Names(lang, design), ink, leads)
    if isinstance(result, Trend):
        return draw_trend(result, words, lang, ink)
    if isinstance(result, Customer):
        return draw_story(result, words, lang, ink, leads)
    if isinstance(result, HalfLifeCurve):
        return draw_curve(result, words, lang, ink)
    if isinstance(result, Calibration):
        return draw_calibration(result, words, lang, ink)
    if isinstance(result, Moments):
        return draw_moments(result, words, lang, ink, leads)
    if isinstance(result, OneMoment):
        return draw_one_moment(result, words, lang, ink)
    if isinstance(result, PromiseSlots):
        return draw_promise(result, words, lang, ink, leads)
    brush = Brush(caption=words, names=Names(lang, design), ink=ink, links=leads)
    if (drawn := draw_reply(result, brush)) is not None:
        return drawn
    if (drawn := draw_alike(result, brush)) is not None:
        return drawn
    return draw_forest(_forest(result, words, lang, leads), ink)


def draw_narrow(
    result: object,
    *,
    lang: str = "fr",
    ink: Ink = Ink.PAGE,
    links: Links | None = None,
    design: DesignedMap | None = None,
) -> str:
    """The same picture for a phone, 350 px wide."""
    words, leads = caption(result, lang), links or NoLinks()
    if isinstance(result, JourneyPicture):
        return draw_journey_narrow(plan(result, lang), words, lang, ink, leads)
    if isinstance(result, LivedMap):
        return draw_passages_narrow(result, words, Names(lang, design), ink, leads)
    if isinstance(result, Trend):
        return draw_trend_narrow(result, words, lang, ink)
    if isinstance(result, Customer):
        return draw_story_narrow(result, words, lang, ink, leads)
    if isinstance(result, HalfLifeCurve):
        return draw_curve_narrow(result, words, lang, ink)
    if isinstance(result, Calibration):
        return draw_calibration_narrow(result, words, lang, ink)
    if isinstance(result, Moments):
        return draw_moments_narrow(result, words, lang, ink, leads)
    if isinstance(result, OneMoment):
        return draw_one_moment_narrow(result, words, lang, ink)
    if isinstance(result, PromiseSlots):
        return draw_promise_narrow(result, words, lang, ink, leads)
    brush = Brush(caption=words, names=Names(lang, design), ink=ink, links=leads)
    if (drawn := draw_reply_narrow(result, brush)) is not None:
        return drawn
    if (drawn := draw_alike_narrow(result, brush)) is not None:
        return drawn
    return draw_forest_narrow(_forest(result, words, lang, leads), ink)


def draw_small(
    result: JourneyPicture, *, lang: str = "fr", ink: Ink = Ink.PAGE, links: Links | None = None
) -> str:
    """The journey in small, for a cockpit: customers per stage and the feeling curve."""
    return draw_journey_small(plan(result, lang), caption(result, lang), lang, ink)


def draw_small_narrow(
    result: JourneyPicture | Customer,
    *,
    lang: str = "fr",
    ink: Ink = Ink.PAGE,
    links: Links | None = None,
) -> str:
    """The journey in small on a phone, one row per stage; of a customer, the feeling alone."""
    if isinstance(result, Customer):
        return draw_story_small(result, caption(result, lang), lang, ink)
    return draw_journey_small_narrow(plan(result, lang), caption(result, lang), lang, ink)


def draw_spark(
    result: Trend, *, lang: str = "fr", ink: Ink = Ink.PAGE, links: Links | None = None
) -> str:
    """A trend as a line of a table: sixteen periods and their limits."""
    return draw_sparkline(result, caption(result, lang), ink)


def _forest(result: object, words: Caption, lang: str, links: Links) -> Forest:
    if isinstance(result, Measured):
        return forest_of_measured(result, words, lang, links)
    if isinstance(result, Targets):
        return forest_of_targets(result, words, lang, links)
    if isinstance(result, Changes):
        return forest_of_changes(result, words, lang, links)
    raise WrongUse("no_picture", fields={"type": type(result).__name__})
