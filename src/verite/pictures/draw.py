"""A result as a picture: wide for a desk, narrow for a phone, in the ink of its paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from verite.pictures.caption import Caption, caption
from verite.pictures.control import draw_control, draw_control_narrow
from verite.pictures.decomposition import draw_decomposition, draw_decomposition_narrow
from verite.pictures.feeling import (
    draw_calibration,
    draw_calibration_narrow,
    draw_curve,
    draw_curve_narrow,
)
from verite.pictures.forest import Forest, draw_forest, draw_forest_narrow
from verite.pictures.funnel import draw_funnel, draw_funnel_narrow
from verite.pictures.identity_map import draw_identity_map, draw_identity_map_narrow, map_of
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
from verite.pictures.scores import forest_of_changes, forest_of_measured, forest_of_targets
from verite.pictures.story.narrow import draw_story_narrow, draw_story_small
from verite.pictures.story.wide import draw_story
from verite.pictures.strengths import forest_of_reply
from verite.pictures.survival import draw_kept, draw_kept_narrow
from verite.pictures.trend import draw_sparkline, draw_trend, draw_trend_narrow
from verite.words.control import ControlPicture, Controls, Funnel, picture_of
from verite.words.customer import Customer
from verite.words.errors import WrongUse
from verite.words.experience import Experience, Kept, Reply, Topic
from verite.words.feeling import Calibration, HalfLifeCurve
from verite.words.identical import Decomposition, Identical, IdentityMap
from verite.words.journey import DesignedMap, JourneyPicture, LivedMap
from verite.words.measured import Changes, Measured, Targets, Trend
from verite.words.moments import Moments, OneMoment
from verite.words.promises import PromiseSlots

Pens = Mapping[type, tuple[Callable[..., str], Callable[..., str]]]  # wide, narrow

# What a pen is given: a result, its caption, the language and the ink;
_PLAIN: Final[Pens] = {
    Trend: (draw_trend, draw_trend_narrow),
    HalfLifeCurve: (draw_curve, draw_curve_narrow),
    Calibration: (draw_calibration, draw_calibration_narrow),
    OneMoment: (draw_one_moment, draw_one_moment_narrow),
    Decomposition: (draw_decomposition, draw_decomposition_narrow),
    Kept: (draw_kept, draw_kept_narrow),
}
# links too;
_LINKED: Final[Pens] = {
    Customer: (draw_story, draw_story_narrow),
    Moments: (draw_moments, draw_moments_narrow),
    PromiseSlots: (draw_promise, draw_promise_narrow),
    ControlPicture: (draw_control, draw_control_narrow),
    Funnel: (draw_funnel, draw_funnel_narrow),
}
# designed names instead of the language.
_NAMED: Final[Pens] = {
    LivedMap: (draw_passages, draw_passages_narrow),
    IdentityMap: (draw_identity_map, draw_identity_map_narrow),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brush:
    """What every picture is drawn with."""

    names: Names
    ink: Ink
    links: Links
    is_narrow: bool


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
    names, leads = Names(lang, design), links or NoLinks()
    return _drawn(result, Brush(names=names, ink=ink, links=leads, is_narrow=False))


def draw_narrow(
    result: object,
    *,
    lang: str = "fr",
    ink: Ink = Ink.PAGE,
    links: Links | None = None,
    design: DesignedMap | None = None,
) -> str:
    """The same picture for a phone, 350 px wide."""
    names, leads = Names(lang, design), links or NoLinks()
    return _drawn(result, Brush(names=names, ink=ink, links=leads, is_narrow=True))


def _drawn(result: object, brush: Brush) -> str:
    if isinstance(result, Experience):  # of all its questions: who stays
        result = result.of(Topic.KEPT)
    lang, ink, links, narrow = brush.names.lang, brush.ink, brush.links, brush.is_narrow
    words, shown = caption(result, lang), _shown(result)
    if isinstance(shown, JourneyPicture):
        journey = draw_journey_narrow if narrow else draw_journey_wide
        return journey(plan(shown, lang), words, lang, ink, links)
    kind = type(shown)
    if kind in _PLAIN:
        return _PLAIN[kind][narrow](shown, words, lang, ink)
    if kind in _LINKED:
        return _LINKED[kind][narrow](shown, words, lang, ink, links)
    if kind in _NAMED:
        return _NAMED[kind][narrow](shown, words, brush.names, ink, links)
    forest = draw_forest_narrow if narrow else draw_forest
    return forest(_forest(shown, words, brush), ink)


def _shown(result: object) -> object:
    """What stands for a result of several pictures."""
    if isinstance(result, Identical):
        return map_of(result)
    if isinstance(result, Controls) and result.charts:  # the one that signals first
        return picture_of(result, result.charts[0])
    return result


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


def _forest(result: object, words: Caption, brush: Brush) -> Forest:
    lang, links = brush.names.lang, brush.links
    if isinstance(result, Measured):
        return forest_of_measured(result, words, lang, links)
    if isinstance(result, Targets):
        return forest_of_targets(result, words, lang, links)
    if isinstance(result, Changes):
        return forest_of_changes(result, words, lang, links)
    if isinstance(result, Reply):
        return forest_of_reply(result, words, lang, brush.names.of)
    raise WrongUse("no_picture", fields={"type": type(result).__name__})
