"""The weeks of a promise as a control chart."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verite.home import Home
from verite.sentences.numbers import figure, interval, number, value
from verite.sentences.of_control import control_words, when
from verite.sentences.reading import how_to_read
from verite.sentences.say import say as say_result
from verite.sentences.zones import in_zone
from verite.web.identical.charts import everything
from verite.web.language import language
from verite.web.pictured import Drawn, drawn
from verite.web.promises.links import PromiseLinks
from verite.web.wording import say
from verite.words.control import ControlPicture, ControlPoint
from verite.words.estimate import Better, Unit
from verite.words.measured import Label
from verite.words.promises import PromiseKept, Promises


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftTold:
    """The chart of the weeks: what it says, how to read it, its drawing and its figures."""

    finding: str
    reading: str
    picture: Drawn
    lines: tuple[tuple[str, str, str, str, str, str], ...]


def told_drift(
    home: Home, found: Promises, kept: PromiseKept, links: PromiseLinks
) -> DriftTold | None:
    """The chart of one promise; none where too few weeks rest on thirty."""
    if kept.chart is None:
        return None
    lang = language()
    named = (Label(dimension="promise", value=kept.promise.name(lang)),)
    picture = ControlPicture(
        about=found.about,
        metric="promise",
        nps_kind=None,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        period="week",
        chart=replace(kept.chart, by=named),
    )
    shown = in_zone(picture, home.settings.zone)
    wide = replace(links, asked=everything(home, links.asked))
    return DriftTold(
        finding=say_result(shown, lang),
        reading=how_to_read(shown, lang),
        picture=drawn(shown, wide),
        lines=tuple(_week(point) for point in kept.chart.points),
    )


def _week(point: ControlPoint) -> tuple[str, str, str, str, str, str]:
    lang = language()
    rules = [f"rule.{rule}" for rule in point.broken] + ["rule.drift"] * point.drifts
    limits = ""
    if point.lower is not None and point.upper is not None:
        low, high = (figure(x, Unit.PERCENT, lang) for x in (point.lower, point.upper))
        limits = say("identical.limits", low=low, high=high)
    return (
        when(point, "week", lang),
        value(point.estimate, lang),
        interval(point.estimate, lang),
        "" if point.estimate.n is None else number(point.estimate.n, lang),
        limits,
        ", ".join(control_words(rule, lang) for rule in rules),
    )
