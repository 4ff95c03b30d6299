"""Rows of promises: the document, and one line per cell."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, estimate_keys, table
from verite.words.control import ControlChart
from verite.words.promises import (
    Event,
    Promise,
    PromiseAlarm,
    PromiseCell,
    PromiseKept,
    Promises,
    WorstHour,
)

FIGURES = ("value", "low", "high", "n", "people", "status", "method")


@document.register
def _promises(result: Promises) -> dict[str, Json]:
    return {"rows": [_kept(one) for one in result.rows], **about_keys(result.about)}


@table.register
def _promises_table(result: Promises) -> list[Row]:
    """Each promise in all, then by channel, weekday, hour, and hour of the weekday."""
    rows: list[Row] = []
    for one in result.rows:
        whole = {name: estimate_keys(one.whole)[name] for name in FIGURES}
        head: dict[str, Json] = {"promise": one.promise.key, "target": one.promise.target}
        standing = one.standing.value if one.standing else None
        rows.append({**head, "weekday": None, "hour": None, "channel": None, "week": None,
                     **whole, "standing": standing})  # fmt: skip
        rows += [
            {**head, **_by(cell), **_figures(cell)}
            for cells in (one.channels, one.weekdays, one.hours, one.slots, one.weeks)
            for cell in cells
        ]
    return rows


def kept_share(one: PromiseKept) -> dict[str, Json]:
    """A promise and its share kept in all: what stands beside the index of identical experience."""
    promise, whole = one.promise, estimate_keys(one.whole)
    return {
        "promise": promise.key,
        "name": {"fr": promise.fr, "en": promise.en},
        "kind": promise.kind.value,
        "target": promise.target,
        **whole,
        "standing": one.standing.value if one.standing else None,
        "lack": one.lack or None,
        "alarm": _alarm(one.alarm),
    }


def _kept(one: PromiseKept) -> dict[str, Json]:
    counts = one.counts
    return {
        **kept_share(one),
        "rule": _rule(one.promise),
        "version": one.record.version,
        "counts": {
            "judged": counts.judged,
            "kept": counts.kept,
            "waiting": counts.waiting,
            "open": counts.open,
            "left": counts.left,
            "untold": counts.untold,
        },
        "hours": [_cell(cell) for cell in one.hours],
        "weekdays": [_cell(cell) for cell in one.weekdays],
        "channels": [_cell(cell) for cell in one.channels],
        "weeks": [_cell(cell) for cell in one.weeks],
        "slots": [_cell(cell) for cell in one.slots],
        "worst": [_worst(hour) for hour in one.worst],
        "tested": one.tested,
        "rate": one.rate,
        "chart": None if one.chart is None else _chart(one.chart),
    }


def _rule(promise: Promise) -> dict[str, Json]:
    return {
        "within_s": promise.within_s,
        "channels": list(promise.channels),
        "touchpoints": list(promise.touchpoints),
        "hours": [[list(span) for span in day] for day in promise.hours],
        "start": _event(promise.start),
        "end": _event(promise.end),
        "due": promise.due or None,
    }


def _event(event: Event | None) -> Json:
    return None if event is None else {"touchpoint": event.touchpoint, "kind": event.kind}


def _by(cell: PromiseCell) -> dict[str, Json]:
    told = {label.dimension: label.value for label in cell.by}
    return {name: told.get(name) for name in ("weekday", "hour", "channel", "week")}


def _cell(cell: PromiseCell) -> dict[str, Json]:
    return {**{label.dimension: label.value for label in cell.by}, **_figures(cell)}


def _figures(cell: PromiseCell) -> dict[str, Json]:
    keys = estimate_keys(cell.kept)
    told = {name: keys[name] for name in FIGURES}
    return {**told, "standing": cell.standing.value if cell.standing else None}


def _worst(hour: WorstHour) -> Json:
    return {**_cell(hour.cell), "others": round(hour.others, 6), "p": float(f"{hour.p_value:.4g}")}


def _alarm(alarm: PromiseAlarm | None) -> Json:
    if alarm is None:
        return None
    return {
        "since": alarm.since.isoformat(),
        "how": alarm.how.value,
        "value": round(alarm.value, 6),
        "mean": round(alarm.mean, 6),
    }


def _chart(chart: ControlChart) -> Json:
    return {
        "kind": chart.kind.value,
        "mean": round(chart.mean, 6),
        "baseline": chart.baseline,
        "overdispersion": None if chart.overdispersion is None else round(chart.overdispersion, 6),
        "points": [
            {
                "week": point.label,
                "value": estimate_keys(point.estimate)["value"],
                "n": point.estimate.n,
                "lower": None if point.lower is None else round(point.lower, 6),
                "upper": None if point.upper is None else round(point.upper, 6),
                "side": point.side.value,
                "broken": [rule.value for rule in point.broken],
                "drifts": point.drifts,
            }
            for point in chart.points
        ],
    }
