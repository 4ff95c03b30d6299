"""Rows of control charts and funnels."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, estimate_keys, table
from verite.words.control import ControlChart, ControlPoint, Controls, Funnel, FunnelPoint
from verite.words.measured import Label


@document.register
def _controls(result: Controls) -> dict[str, Json]:
    return {
        "metric": result.metric,
        "nps_kind": result.nps_kind,
        "unit": result.unit.value,
        "dimension": result.dimension,
        "period": result.period,
        "rules": [rule.value for rule in result.rules],
        "charts": [_chart(chart) for chart in result.charts],
        "left_out": list(result.left_out),
        "tested": result.tested,
        "by_chance": result.by_chance,
        **about_keys(result.about),
    }


@table.register
def _controls_table(result: Controls) -> list[Row]:
    return [
        {"metric": result.metric, **_by(chart.by), "period": point.label, **_judged(point)}
        for chart in result.charts
        for point in chart.points
    ]


def _chart(chart: ControlChart) -> dict[str, Json]:
    return {
        "by": _by(chart.by),
        "kind": chart.kind.value,
        "mean": _round(chart.mean),
        "baseline": chart.baseline,
        "overdispersion": _round(chart.overdispersion),
        "points": [{"period": point.label, **_judged(point)} for point in chart.points],
    }


def _judged(point: ControlPoint) -> dict[str, Json]:
    keys = estimate_keys(point.estimate)
    return {
        **{name: keys[name] for name in ("value", "low", "high", "n", "status")},
        "lower": _round(point.lower),
        "upper": _round(point.upper),
        "smoothed": _round(point.smoothed),
        "drifts": point.drifts,
        "side": point.side.value,
        "broken": [rule.value for rule in point.broken],
    }


@document.register
def _funnel(result: Funnel) -> dict[str, Json]:
    return {
        "metric": result.metric,
        "nps_kind": result.nps_kind,
        "unit": result.unit.value,
        "dimension": result.dimension,
        "centre": _round(result.centre),
        "phi": _round(result.phi),
        "tau": _round(result.tau),
        "exact": result.is_exact,
        "rows": [_point(point) for point in result.points],
        **about_keys(result.about),
    }


@table.register
def _funnel_table(result: Funnel) -> list[Row]:
    return [{"metric": result.metric, **_by(point.by), **_stands(point)} for point in result.points]


def _point(point: FunnelPoint) -> dict[str, Json]:
    return {"by": _by(point.by), **_stands(point)}


def _stands(point: FunnelPoint) -> dict[str, Json]:
    keys = estimate_keys(point.estimate)
    inner, outer = point.limits_95 or (None, None), point.limits_998 or (None, None)
    return {
        **{name: keys[name] for name in ("value", "low", "high", "n", "status")},
        "z": _round(point.z),
        "low_95": _round(inner[0]),
        "high_95": _round(inner[1]),
        "low_998": _round(outer[0]),
        "high_998": _round(outer[1]),
        "outside_95": point.outside_95.value,
        "outside_998": point.outside_998.value,
    }


def _by(labels: tuple[Label, ...]) -> dict[str, Json]:
    return {label.dimension: label.value for label in labels}


def _round(x: float | None) -> float | None:
    return None if x is None else round(x, 6)
