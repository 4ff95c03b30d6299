"""Sentences of measured figures, changes, trends and targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from verite.sentences.catalogue import phrase
from verite.sentences.dates import day
from verite.sentences.names import dimension_name, metric_name, name_in, value_name
from verite.sentences.numbers import between, between_difference, count, number, value
from verite.sentences.numbers import difference as signed_difference
from verite.sentences.telling import apart, counted, listed, over, told
from verite.words.estimate import Status
from verite.words.measured import (
    Change,
    Changes,
    Measured,
    MeasuredRow,
    Signal,
    Targets,
    TargetStatus,
    Trend,
)

_NAMED_AT_MOST: Final = 3


def say_measured(measured: Measured, lang: str) -> str:
    """One figure, several figures, or the lowest and highest of a group when they stand apart."""
    window = over(measured.about, lang)
    if not measured.rows:
        return phrase("say.nothing", lang, {"over": window})
    keys = list(dict.fromkeys((row.metric, row.nps_kind) for row in measured.rows))
    groups = [
        [row for row in measured.rows if (row.metric, row.nps_kind) == key and row.by]
        for key in keys
    ]
    grouped = max(groups, key=len)
    if len(grouped) > 1:
        said = _say_groups(grouped, window, lang)
        others = len(keys) - 1
        return said + (f" (+ {count(others, 'metric', lang)})" if others else "")
    if len(measured.rows) == 1:
        return _say_one(measured.rows[0], window, lang)
    whole = [row for row in measured.rows if not row.by]
    return _say_several(whole or measured.rows, window, lang)


def say_changes(changes: Changes, lang: str) -> str:
    """The changes told apart from chance, and out of how many that were looked at."""
    window = over(changes.about, lang)
    if not changes.rows:
        return phrase("changes.empty", lang, {"over": window})
    compared = count(len(changes.rows), "metric", lang)
    announced = [row for row in changes.rows if _announced(row)]
    if not announced:
        return phrase("changes.none", lang, {"count": compared, "over": window})
    said = [_say_change(row, lang) for row in announced[:_NAMED_AT_MOST]]
    more = len(announced) - len(said)
    line = listed(said, lang)
    if more:
        line += phrase("say.and_more", lang, {"count": number(more, lang)})
    return phrase("changes.some", lang, {"list": line, "count": compared, "over": window})


def say_trend(trend: Trend, lang: str) -> str:
    """Where the last point is, and the first period outside the limits when there is one."""
    fields = {
        "metric": metric_name(trend.metric, lang),
        "periods": count(len(trend.points), "period", lang),
    }
    known = [point for point in trend.points if point.estimate.status is Status.OK]
    if not known:
        return phrase("trending.none", lang, fields)
    fields["told"] = told(known[-1].estimate, lang)
    if trend.lower is None or trend.upper is None:
        return phrase("trending.unlimited", lang, fields)
    outside = [point for point in trend.points if point.signal is not Signal.INSIDE]
    if not outside:
        return phrase("trending.inside", lang, fields)
    fields["signal"] = name_in("signal", outside[0].signal, lang)
    fields["when"] = day(outside[0].start.date(), lang)
    return phrase("trending.outside", lang, fields)


def say_targets(targets: Targets, lang: str) -> str:
    """How many targets are reached, missed, undecided or without data."""
    if not targets.rows:
        return phrase("targets.none", lang)
    found = Counter(row.status for row in targets.rows)
    said = [
        phrase("targets.status", lang, {
            "n": number(found[status], lang),
            "status": name_in("statuses", f"{status}.{_form(found[status], lang)}", lang),
        })
        for status in TargetStatus
        if found[status]
    ]  # fmt: skip
    total = count(len(targets.rows), "target", lang)
    fields = {"count": total, "list": listed(said, lang), "over": over(targets.about, lang)}
    return phrase("targets.some", lang, fields)


def _form(n: int, lang: str) -> str:
    return "one" if n == 1 else "many"


def _say_one(row: MeasuredRow, window: str, lang: str) -> str:
    return phrase("say.one", lang, {
        "metric": _named(row, lang), "told": told(row.estimate, lang),
        "counted": counted(row.metric, row.estimate.n, lang, row.estimate.people),
        "over": window,
    })  # fmt: skip


def _say_several(rows: Sequence[MeasuredRow], window: str, lang: str) -> str:
    said = [
        phrase("say.several_one", lang, {
            "metric": _named(row, lang), "told": _bracketed(row, lang)
        })
        for row in rows[:_NAMED_AT_MOST]
    ]  # fmt: skip
    line = listed(said, lang)
    if len(rows) > _NAMED_AT_MOST:
        more = number(len(rows) - _NAMED_AT_MOST, lang)
        line += phrase("say.and_more", lang, {"count": more})
    return phrase("say.several", lang, {"list": line, "over": window})


def _bracketed(row: MeasuredRow, lang: str) -> str:
    bounds = between(row.estimate, lang)
    return f"{value(row.estimate, lang)} ({bounds})" if bounds else value(row.estimate, lang)


def _say_groups(rows: Sequence[MeasuredRow], window: str, lang: str) -> str:
    known = [row for row in rows if row.estimate.status is Status.OK]
    dimensions = [dimension_name(label.dimension, lang) for label in rows[0].by]
    fields = {
        "metric": metric_name(rows[0].metric, lang, rows[0].nps_kind),
        "by": listed(dimensions, lang),
        "groups": count(len(rows), "group", lang),
        "over": window,
        "counted": counted(rows[0].metric, sum(row.estimate.n or 0 for row in rows), lang),
    }
    if any(label.dimension == "agent" for label in rows[0].by):  # nobody's work is ranked
        return phrase("say.unordered", lang, fields)
    if len(known) < 2:
        return phrase("say.too_few", lang, fields)
    low = min(known, key=lambda row: row.estimate.value or 0.0)
    high = max(known, key=lambda row: row.estimate.value or 0.0)
    for end, row in (("low", low), ("high", high)):
        fields[end] = _group(row, lang)
        fields[f"{end}_value"] = value(row.estimate, lang)
        fields[f"{end}_between"] = between(row.estimate, lang)
    stands = "apart" if apart(low.estimate, high.estimate) else "alike"
    said = phrase(f"say.{stands}", lang, fields)
    unranked = len(rows) - len(known)
    if unranked:
        said += phrase("say.unranked", lang, {"count": count(unranked, "group", lang)})
    return said


def _group(row: MeasuredRow, lang: str) -> str:
    return " · ".join(value_name(label.dimension, label.value, lang) for label in row.by)


def _named(row: MeasuredRow | Change, lang: str) -> str:
    name = metric_name(row.metric, lang, row.nps_kind)
    group = " · ".join(value_name(label.dimension, label.value, lang) for label in row.by)
    return f"{name}, {group}" if group else name


def _announced(change: Change) -> bool:
    """A change is said only when its own interval agrees."""
    low, high = change.difference.low, change.difference.high
    if not change.told_apart or low is None or high is None:
        return False
    return low > 0 or high < 0


def _say_change(change: Change, lang: str) -> str:
    difference = change.difference
    if difference.value is None:
        return f"{_named(change, lang)} ({between_difference(difference, lang)})"
    return phrase("changes.one", lang, {
        "metric": _named(change, lang),
        "gap": signed_difference(difference, lang)[0],
        "between": between_difference(difference, lang),
    })  # fmt: skip
