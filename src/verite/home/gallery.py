"""The pictures of a home, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from verite.words.errors import WrongUse
from verite.words.moments import Moments, OneMoment

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.home.home import Home
    from verite.words.control import Controls, Funnel
    from verite.words.identical import Identical
    from verite.words.promises import PromiseSlots

M = TypeVar("M", Moments, OneMoment)
NAMES = (
    "journey", "transitions", "scores", "targets", "trend.METRIC", "customer.ID",
    "moments.OUTCOME", "moment.TOUCHPOINT", "identical.METRIC", "control.METRIC", "funnel.METRIC",
    "promise.KEY",
)  # fmt: skip


def draw_named(home: Home, name: str, *, lang: str, dark: bool) -> str:
    """The SVG of a picture; `trend.nps` is the trend of the NPS, `customer.ID` a story."""
    if name.startswith("trend."):
        return home.trend(name.removeprefix("trend.")).picture(lang, dark=dark)
    if name.startswith("customer."):
        return home.customer(name.removeprefix("customer.")).picture(lang, dark=dark)
    if name.startswith("moments."):
        return _named(home, home.moments(outcome=name.removeprefix("moments.")), lang, dark=dark)
    if name.startswith("moment."):
        return _named(home, home.moment(name.removeprefix("moment.")), lang, dark=dark)
    if name.startswith(("identical.", "control.", "funnel.")):
        return _alike(home, name).picture(lang, dark=dark)
    if name.startswith("promise."):
        return _promise(home, name.removeprefix("promise.")).picture(lang, dark=dark)
    if name == "journey":
        return home.journey().picture(lang, dark=dark)
    if name == "transitions":
        return _transitions(home, lang, dark=dark)
    if name == "scores":
        return home.measure("csat_mean", by=("touchpoint",)).picture(lang, dark=dark)
    if name == "targets":
        return home.targets().picture(lang, dark=dark)
    raise WrongUse("unknown_picture", fields={"picture": name, "known": ", ".join(NAMES)})


def _alike(home: Home, name: str) -> Answer[Identical] | Answer[Controls] | Answer[Funnel]:
    kind, _, metric = name.partition(".")
    if kind == "identical":
        return home.identical(metric)
    return home.controls(metric) if kind == "control" else home.funnel(metric)


def _promise(home: Home, key: str) -> Answer[PromiseSlots]:
    """The hours of the week of a promise."""
    from verite.words.promises import PromiseSlots

    found = home.promises().result
    for one in found.rows:
        if one.promise.key == key:
            return home.told(PromiseSlots(about=found.about, kept=one))
    raise WrongUse("unknown_promise", fields={"key": key[:60]})


def _named(home: Home, found: Answer[M], lang: str, *, dark: bool) -> str:
    """A picture of moments, its touchpoints by the names on the designed maps."""
    from verite.sentences.moments_drawn import with_names
    from verite.sentences.names import touchpoint_name

    points = {p.key: p.names for design in reversed(home.designs()) for p in design.touchpoints}
    result = with_names(found.result, lambda key: touchpoint_name(key, points.get(key, ()), lang))
    return home.told(result).picture(lang, dark=dark)


def _transitions(home: Home, lang: str, *, dark: bool) -> str:
    from verite.pictures import Ink, draw

    design = next(iter(home.designs()), None)
    ink = Ink.DARK if dark else Ink.LIGHT
    return draw(home.map().result, lang=lang, ink=ink, design=design)
