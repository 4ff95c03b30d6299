"""Sentences of control charts and funnels: what left ordinary variation, when, how far."""

from __future__ import annotations

from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.dates import day, month
from verite.sentences.names import dimension_name, metric_name, value_name
from verite.sentences.numbers import count, figure, number, value
from verite.sentences.telling import listed
from verite.words.control import (
    ChartKind,
    ControlChart,
    ControlPicture,
    ControlPoint,
    Controls,
    Funnel,
    FunnelPoint,
    Rule,
    Side,
)
from verite.words.estimate import Unit

control_words: Final = Phrases("control")  # a text of control charts and funnels, filled

_NAMED_AT_MOST: Final = 3
_NEARLY_ALL: Final = 0.8  # of what a figure may be at all


def say_controls(controls: Controls, lang: str) -> str:
    """Which channels or teams left their ordinary variation, and when."""
    fields = {
        "metric": metric_name(controls.metric, lang, controls.nps_kind),
        "dimension": dimension_name(controls.dimension, lang),
    }
    if not controls.charts:
        return control_words("charts.none", lang, fields)
    found = [(chart, first) for chart in controls.charts if (first := first_out(chart))]
    if not found:
        fields["count"] = count(len(controls.charts), "chart", lang)
        return control_words("charts.steady", lang, fields) + _left_out(controls, lang)
    fields["list"] = listed([
        control_words("charts.one" if point.broken else "charts.drift", lang, {
            "name": _name(chart, lang), "when": when(point, controls.period, lang),
        })
        for chart, point in found[:_NAMED_AT_MOST]
    ], lang)  # fmt: skip
    fields["tested"] = count(controls.tested, "chart", lang)
    fields["by_chance"] = number(controls.by_chance, lang, 1)
    return control_words("charts.some", lang, fields) + _left_out(controls, lang)


def _left_out(controls: Controls, lang: str) -> str:
    """How many values no chart could be drawn of."""
    left = len(controls.left_out)
    if not left:
        return ""
    return " " + control_words("charts.left_out", lang, {"count": count(left, "unit", lang)})


def say_control(picture: ControlPicture, lang: str) -> str:
    """What one chart shows: the first period outside, a drift, or that nothing stands out."""
    chart, unit = picture.chart, picture.unit
    fields = {
        "name": _name(chart, lang),
        "metric": metric_name(picture.metric, lang, picture.nps_kind),
        "mean": figure(chart.mean, unit, lang),
    }
    point = first_out(chart)
    if point is None:
        return control_words("chart.inside", lang, fields)
    fields["when"] = when(point, picture.period, lang)
    if not point.broken:
        return control_words("chart.drift", lang, fields)
    if Rule.BEYOND_THREE not in point.broken:
        return control_words("chart.run", lang, fields)
    out = [one.estimate for one in chart.points if Rule.BEYOND_THREE in one.broken]
    furthest = max(out, key=lambda one: abs((one.value or 0.0) - chart.mean))
    fields["value"] = value(furthest, lang)
    return control_words("chart.out", lang, fields)


def read_control(picture: ControlPicture, lang: str) -> str:
    """How to read one chart."""
    chart = picture.chart
    baseline = control_words(f"period.{picture.period}", lang, {"n": number(chart.baseline, lang)})
    if chart.kind is ChartKind.P_PRIME:
        fields = {"baseline": baseline, "sigma": number(chart.overdispersion or 0.0, lang, 1)}
        return control_words("chart.reading_p_prime", lang, fields)
    return control_words("chart.reading_xmr", lang, {"baseline": baseline})


def say_funnel(funnel: Funnel, lang: str) -> str:
    """Which channels or teams stand apart beyond 99.8 % limits."""
    fields = {
        "metric": metric_name(funnel.metric, lang, funnel.nps_kind),
        "dimension": dimension_name(funnel.dimension, lang),
        "chance": control_words("funnel.spread" if funnel.tau > 0 else "funnel.chance", lang),
    }
    if funnel.centre is None:
        return control_words("funnel.none", lang, fields)
    if is_blind(funnel):
        fields["tau"] = figure(funnel.tau, funnel.unit, lang)
        return control_words("funnel.blind", lang, fields)
    out = [point for point in funnel.points if point.outside_998 is not Side.INSIDE]
    if not out:
        judged = sum(point.z is not None for point in funnel.points)
        fields["count"] = count(judged, "unit", lang)
        return control_words("funnel.inside", lang, fields)
    out.sort(key=lambda point: -abs(point.z or 0.0))
    fields["list"] = listed([_stands(point, lang) for point in out[:_NAMED_AT_MOST]], lang)
    return control_words("funnel.some", lang, fields)


def is_blind(funnel: Funnel) -> bool:
    """Whether values differ so much that limits hold nearly all that is possible: none can stand
    apart, and that none does says nothing."""
    whole = {Unit.PERCENT: 100.0, Unit.NPS: 200.0}.get(funnel.unit)
    wide = sorted(high - low for low, high in (p.limits_998 for p in funnel.points if p.limits_998))
    return bool(whole and wide and funnel.tau > 0 and wide[len(wide) // 2] >= _NEARLY_ALL * whole)


def read_funnel(funnel: Funnel, lang: str) -> str:
    """How to read a funnel, and how its limits are made."""
    said = control_words("funnel.reading", lang)
    if funnel.phi is None:
        return said
    key = "spread" if funnel.tau > 0 else "exact" if funnel.is_exact else "normal"
    fields = {"phi": number(funnel.phi, lang, 1), "tau": figure(funnel.tau, funnel.unit, lang)}
    return f"{said} {control_words(f'funnel.{key}_note', lang, fields)}"


def first_out(chart: ControlChart) -> ControlPoint | None:
    """The first period outside its limits, else the first of a run or a drift."""
    for seen in (
        [point for point in chart.points if Rule.BEYOND_THREE in point.broken],
        [point for point in chart.points if point.broken],
        [point for point in chart.points if point.side is not Side.INSIDE],
    ):
        if seen:
            return seen[0]
    return None


def when(point: ControlPoint, period: str, lang: str, *, year: bool = True) -> str:
    """A period as a person reads it: `sept. 2026`, `5 oct. 2026`."""
    at = point.start.date()
    return month(at.year, at.month, lang) if period == "month" else day(at, lang, year=year)


def _name(chart: ControlChart, lang: str) -> str:
    return ", ".join(value_name(label.dimension, label.value, lang) for label in chart.by)


def _stands(point: FunnelPoint, lang: str) -> str:
    name = ", ".join(value_name(label.dimension, label.value, lang) for label in point.by)
    fields = {"name": name, "value": value(point.estimate, lang)}
    return control_words(f"funnel.{point.outside_998.value}", lang, fields)
