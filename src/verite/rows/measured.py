"""Rows of what was measured: figures, changes, trends, targets."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, estimate_keys, table
from verite.words.estimate import Estimate
from verite.words.measured import (
    Change,
    Changes,
    Label,
    Measured,
    MeasuredRow,
    TargetRow,
    Targets,
    Trend,
)


def _labels(by: tuple[Label, ...]) -> dict[str, Json]:
    return {label.dimension: label.value for label in by}


def _interval(estimate: Estimate) -> dict[str, Json]:
    keys = estimate_keys(estimate)
    return {name: keys[name] for name in ("value", "low", "high", "n", "status")}


def _measured_row(row: MeasuredRow) -> dict[str, Json]:
    keys: dict[str, Json] = {"metric": row.metric, "by": _labels(row.by)}
    keys |= estimate_keys(row.estimate)
    for companion in row.companions:
        keys[companion.name] = _interval(companion.estimate)
    if row.nps_kind is not None:
        keys["nps_kind"] = row.nps_kind
    return keys


@document.register
def _measured(result: Measured) -> dict[str, Json]:
    return {"rows": [_measured_row(row) for row in result.rows], **about_keys(result.about)}


@table.register
def _measured_table(result: Measured) -> list[Row]:
    return [
        {
            "metric": row.metric,
            **_labels(row.by),
            **({"nps_kind": row.nps_kind} if row.nps_kind else {}),
            **estimate_keys(row.estimate),
        }
        for row in result.rows
    ]


def _change(row: Change) -> dict[str, Json]:
    return {
        "metric": row.metric,
        "by": _labels(row.by),
        "nps_kind": row.nps_kind,
        "before": _interval(row.before),
        "after": _interval(row.after),
        **estimate_keys(row.difference),
        "told_apart": row.told_apart,
    }


@document.register
def _changes(result: Changes) -> dict[str, Json]:
    return {"rows": [_change(row) for row in result.rows], **about_keys(result.about)}


@table.register
def _changes_table(result: Changes) -> list[Row]:
    return [
        {
            "metric": row.metric,
            **_labels(row.by),
            "before": row.before.value,
            "after": row.after.value,
            **estimate_keys(row.difference),
            "told_apart": row.told_apart,
        }
        for row in result.rows
    ]


def _trend_rows(trend: Trend) -> list[dict[str, Json]]:
    return [
        {
            "start": point.start.isoformat(),
            "end": point.end.isoformat(),
            **_interval(point.estimate),
            "signal": point.signal.value,
        }
        for point in trend.points
    ]


def _limits(trend: Trend) -> dict[str, Json]:
    return {
        "mean": trend.mean,
        "lower": trend.lower,
        "upper": trend.upper,
        "baseline_points": trend.baseline_points,
    }


@document.register
def _trend(result: Trend) -> dict[str, Json]:
    points: list[Json] = [dict(row) for row in _trend_rows(result)]
    return {
        "metric": result.metric,
        "unit": result.unit.value,
        "better": result.better.value if result.better else None,
        **_limits(result),
        "points": points,
        **about_keys(result.about),
    }


@table.register
def _trend_table(result: Trend) -> list[Row]:
    return [{"metric": result.metric, **row, **_limits(result)} for row in _trend_rows(result)]


def _target(row: TargetRow) -> dict[str, Json]:
    trend: Json = None
    if row.trend is not None:
        points: list[Json] = [dict(point) for point in _trend_rows(row.trend)]
        trend = {**_limits(row.trend), "points": points}
    return {
        "touchpoint": row.touchpoint,
        "metric": row.metric,
        "now": estimate_keys(row.now),
        "target": row.target,
        "gap": row.gap,
        "better": row.better.value,
        "trend": trend,
        "status": row.status.value,
    }


@document.register
def _targets(result: Targets) -> dict[str, Json]:
    return {"rows": [_target(row) for row in result.rows], **about_keys(result.about)}


@table.register
def _targets_table(result: Targets) -> list[Row]:
    return [
        {
            "touchpoint": row.touchpoint,
            "metric": row.metric,
            "now": row.now.value,
            "low": row.now.low,
            "high": row.now.high,
            "n": row.now.n,
            "unit": row.now.unit.value,
            "target": row.target,
            "gap": row.gap,
            "better": row.better.value,
            "status": row.status.value,
        }
        for row in result.rows
    ]
