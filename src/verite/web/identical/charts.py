"""Control charts and the funnel as the page prints them."""

from __future__ import annotations

from dataclasses import dataclass

from verite.home import Home
from verite.sentences.names import dimension_name
from verite.sentences.numbers import figure, interval, number, value
from verite.sentences.of_control import control_words, when
from verite.sentences.reading import how_to_read
from verite.sentences.say import say as say_result
from verite.sentences.zones import in_zone
from verite.stats.withholding import FEW_UNDER
from verite.web.asked import Asked, whole_window
from verite.web.evidence.address import evidence_url, figure_key
from verite.web.evidence.links import PageLinks
from verite.web.identical.looking import Found
from verite.web.identical.naming import value_told
from verite.web.identical.wanted import ADDRESS, Wanted
from verite.web.language import language
from verite.web.pictured import Drawn, drawn
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.control import ControlChart, Controls, Funnel, picture_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTold:
    """One chart: what it says, how to read it, its drawing and its figures."""

    finding: str
    reading: str
    picture: Drawn
    lines: tuple[tuple[str, str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartsTold:
    """The charts of one dimension: the one shown, the others to choose, those left out."""

    dimension: str
    title: str
    finding: str
    period: str
    chart: ChartTold | None
    others: tuple[tuple[str, str], ...]
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelTold:
    """The funnel of teams."""

    finding: str
    reading: str
    picture: Drawn
    lines: tuple[tuple[str, str, str, str, str, str, str], ...]


def told_charts(home: Home, found: Found, wanted: Wanted, names: Names) -> tuple[ChartsTold, ...]:
    """The charts of each dimension, the one asked for first."""
    asked = everything(home, wanted.asked)
    return tuple(_charts(home, one, wanted, PageLinks(asked=asked, names=names))
                 for one in found.controls)  # fmt: skip


def everything(home: Home, asked: Asked) -> Asked:
    """The same filters over all time: charts show more than the period read."""
    window = whole_window(home)
    return asked if window is None else asked.over(window, "all")


def _charts(home: Home, controls: Controls, wanted: Wanted, links: PageLinks) -> ChartsTold:
    lang, dimension = language(), controls.dimension
    chosen = wanted.chart.partition(":")[::2]
    ordered = sorted(controls.charts, key=lambda one: (dimension, one.by[0].value) != chosen)
    left = [value_told(dimension, key, links.names) for key in controls.left_out]
    return ChartsTold(
        dimension=dimension,
        title=say("identical.charts_by", dimension=dimension_name(dimension, lang)),
        finding=say_result(controls, lang),
        period=say(f"identical.by_{controls.period}"),
        chart=_chart(home, controls, ordered[0], links) if ordered else None,
        others=tuple(
            (
                value_told(dimension, one.by[0].value, links.names),
                f"{ADDRESS}?{wanted.query(chart=f'{dimension}:{one.by[0].value}')}"
                f"#charts-{dimension}",
            )
            for one in ordered[1:]
        ),
        left_out=say(
            "identical.charts_left_out", names=", ".join(left), least=FEW_UNDER
        ) if left else "",
    )  # fmt: skip


def _chart(home: Home, controls: Controls, chart: ControlChart, links: PageLinks) -> ChartTold:
    lang = language()
    picture = in_zone(picture_of(controls, chart), home.settings.zone)
    return ChartTold(
        finding=say_result(picture, lang),
        reading=how_to_read(picture, lang),
        picture=drawn(picture, links),
        lines=tuple(_period(controls, chart, place) for place in range(len(chart.points))),
    )


def _period(
    controls: Controls, chart: ControlChart, place: int
) -> tuple[str, str, str, str, str, str]:
    point, lang = chart.points[place], language()
    rules = [f"rule.{rule}" for rule in point.broken] + ["rule.drift"] * point.drifts
    limits = ""
    if point.lower is not None and point.upper is not None:
        low, high = (figure(x, controls.unit, lang) for x in (point.lower, point.upper))
        limits = say("identical.limits", low=low, high=high)
    return (
        when(point, controls.period, lang),
        value(point.estimate, lang),
        interval(point.estimate, lang),
        "" if point.estimate.n is None else number(point.estimate.n, lang),
        limits,
        ", ".join(control_words(rule, lang) for rule in rules),
    )


def told_funnel(home: Home, funnel: Funnel | None, asked: Asked, names: Names) -> FunnelTold | None:
    """The funnel of teams, when there are enough of them."""
    if funnel is None or funnel.centre is None:
        return None
    lang = language()
    shown = in_zone(funnel, home.settings.zone)
    metric = figure_key(funnel.metric, funnel.nps_kind)
    lines = []
    for point in funnel.points:
        outer = point.limits_998
        limits = "" if outer is None else say(
            "identical.limits", low=figure(outer[0], funnel.unit, lang),
            high=figure(outer[1], funnel.unit, lang),
        )  # fmt: skip
        hidden = point.estimate.n is None
        lines.append((
            value_told(point.by[0].dimension, point.by[0].value, names),
            value(point.estimate, lang),
            interval(point.estimate, lang),
            "" if point.estimate.n is None else number(point.estimate.n, lang),
            limits,
            control_words(f"side.{point.outside_998}", lang),
            "" if hidden else evidence_url(asked, metric=metric, by=point.by),
        ))  # fmt: skip
    return FunnelTold(
        finding=say_result(shown, lang),
        reading=how_to_read(shown, lang),
        picture=drawn(shown, PageLinks(asked=asked, names=names)),
        lines=tuple(lines),
    )
