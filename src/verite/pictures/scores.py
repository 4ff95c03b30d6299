"""Scores with their intervals: by group, against targets, and between two windows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from verite.pictures.axes import Axis, ticks
from verite.pictures.caption import Caption
from verite.pictures.forest import Forest, Group, Row, axis_of
from verite.pictures.links import Links
from verite.pictures.sheet import Mark
from verite.sentences.catalogue import phrase
from verite.sentences.names import (
    dimension_name,
    metric_name,
    metric_note,
    name_in,
    status_name,
    touchpoint_name,
    value_name,
)
from verite.sentences.numbers import (
    Figure,
    count,
    difference,
    figure,
    figure_for,
    interval,
    number,
    print_figure,
    value,
)
from verite.sentences.typography import NBSP
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.measured import (
    Change,
    Changes,
    Label,
    Measured,
    MeasuredRow,
    TargetRow,
    Targets,
    TargetStatus,
)

ROWS_AT_MOST: Final = 40
_CLIPS: Final = {
    Unit.PERCENT: (0.0, 100.0),
    Unit.NPS: (-100.0, 100.0),
    Unit.FEELING: (-1.0, 1.0),
    Unit.SECONDS: (0.0, 1e12),
    Unit.RATIO: (0.0, 1e12),
    Unit.COUNT: (0.0, 1e12),
    Unit.SCORE: (-1e12, 1e12),
}


def forest_of_measured(measured: Measured, caption: Caption, lang: str, links: Links) -> Forest:
    """One group of rows per metric, on the metric's own scale."""
    rows = measured.rows[:ROWS_AT_MOST]
    groups = []
    for key in dict.fromkeys((row.metric, row.nps_kind) for row in rows):
        here = [row for row in rows if (row.metric, row.nps_kind) == key]
        unit = here[0].estimate.unit
        ends = [(row.estimate.low, row.estimate.value, row.estimate.high) for row in here]
        axis = axis_of(ends, _CLIPS[unit])
        made = tuple(_measured_row(row, axis, lang, links) for row in here)
        title = _group_title(max(here, key=lambda row: len(row.by)), lang)
        groups.append(Group(title=title, ticks=_ticks(axis, unit, lang), rows=made))
    return Forest(groups=tuple(groups), caption=caption, note=_left_out(len(measured.rows), lang))


def forest_of_targets(targets: Targets, caption: Caption, lang: str, links: Links) -> Forest:
    """Each target on the natural scale of its unit, with a tick where it should be."""
    rows = tuple(_target_row(row, lang, links) for row in targets.rows[:ROWS_AT_MOST])
    note = _left_out(len(targets.rows), lang)
    return Forest(groups=(Group(title="", ticks=(), rows=rows),), caption=caption, note=note)


def forest_of_changes(changes: Changes, caption: Caption, lang: str, links: Links) -> Forest:
    """Differences around zero, those told apart from noise first, units kept apart."""
    ranked = sorted(changes.rows, key=lambda row: not told_apart(row))[:ROWS_AT_MOST]
    groups = []
    for unit in dict.fromkeys(row.difference.unit for row in ranked):
        here = [row for row in ranked if row.difference.unit is unit]
        ends = [(row.difference.low, row.difference.value, row.difference.high) for row in here]
        wide = axis_of(ends, (-1e12, 1e12))
        most = max(abs(wide.low), abs(wide.high))
        axis = Axis(low=-most, high=most)
        shown = _ticks(axis, unit, lang, signed=True)
        rows = tuple(_change_row(row, axis, lang, links) for row in here)
        groups.append(Group(title="", ticks=shown, rows=rows))
    return Forest(groups=tuple(groups), caption=caption, note=_left_out(len(changes.rows), lang))


def told_apart(change: Change) -> bool:
    """Whether a change is announced, and its own interval agrees."""
    low, high = change.difference.low, change.difference.high
    if not change.told_apart or low is None or high is None:
        return False
    return low > 0 or high < 0


def good_or_bad(change: float, better: Better | None) -> Mark:
    """The mark of a change: up is delight when higher is better, else friction."""
    if better is None:
        return Mark.NEUTRAL
    return Mark.DELIGHT if (change > 0) == (better is Better.HIGHER) else Mark.FRICTION


def _measured_row(row: MeasuredRow, axis: Axis, lang: str, links: Links) -> Row:
    estimate = row.estimate
    name = _by(row.by, lang) or phrase("scores.whole", lang)
    beside = [
        f"{_companion(companion.name, lang)} {value(companion.estimate, lang)}"
        for companion in row.companions
    ]
    counted = "" if estimate.n is None else f"n\u202f=\u202f{number(estimate.n, lang)}"
    known = estimate.status is Status.OK
    return Row(
        name=name, note="", value=estimate.value, low=estimate.low, high=estimate.high, axis=axis,
        mark=_mark(estimate), target=None, shown=value(estimate, lang),
        quiet=interval(estimate, lang), second=" · ".join([counted, *beside]) if known else "",
        title=f"{name}, {_figures(estimate, lang)}", address=links.row(_key(row), row.by),
    )  # fmt: skip


def _key(row: MeasuredRow | Change) -> str:
    """The metric whose rows are behind a figure: the two NPS are never mixed."""
    return f"{row.metric}_{row.nps_kind}" if row.nps_kind else row.metric


def _target_row(row: TargetRow, lang: str, links: Links) -> Row:
    now, name = row.now, metric_name(row.metric, lang)
    everywhere = row.touchpoint is None
    place = touchpoint_name(row.touchpoint or "") or phrase("scores.everywhere", lang)
    aim = phrase("scores.target", lang, {"target": figure(row.target, now.unit, lang)})
    stands = status_name(row.status, lang)
    second = f"{aim}, {stands}"
    axis = _natural(now, row.target)
    mark = _mark(now)
    if row.status is TargetStatus.REACHED:
        mark = Mark.DELIGHT
    elif now.method == "given":
        mark, second = Mark.HOLLOW, f"{aim}, {phrase('scores.given', lang)}"
    by = () if everywhere else (Label(dimension="touchpoint", value=row.touchpoint or ""),)
    return Row(
        name=name, note=place, value=now.value, low=now.low, high=now.high, axis=axis, mark=mark,
        target=row.target, shown=value(now, lang), quiet=interval(now, lang), second=second,
        title=f"{name}, {place}, {_figures(now, lang)}, {second}",
        address=links.row(row.metric, by),
    )  # fmt: skip


def _change_row(row: Change, axis: Axis, lang: str, links: Links) -> Row:
    shown, quiet = difference(row.difference, lang)
    name = metric_name(row.metric, lang, row.nps_kind)
    note = _by(row.by, lang)
    before_after = phrase("scores.before_after", lang, {
        "before": value(row.before, lang), "after": value(row.after, lang)
    })  # fmt: skip
    mark = _mark(row.difference)
    if told_apart(row):
        mark = good_or_bad(row.difference.value or 0.0, row.difference.better or row.after.better)
    return Row(
        name=name, note=note, value=row.difference.value, low=row.difference.low,
        high=row.difference.high, axis=axis, mark=mark, target=0.0, shown=shown, quiet=quiet,
        second=before_after, title=" ".join([name, note, shown, quiet, before_after]),
        address=links.row(_key(row), row.by),
    )  # fmt: skip


def _mark(estimate: Estimate) -> Mark | None:
    if estimate.status is Status.OK:
        return Mark.NEUTRAL
    return Mark.FEW if estimate.status is Status.FEW else None


def _natural(now: Estimate, target: float) -> Axis:
    if now.unit in (Unit.PERCENT, Unit.NPS, Unit.FEELING):
        low, high = _CLIPS[now.unit]
        return Axis(low=low, high=high)
    wide = axis_of([(now.low, now.value, now.high, target)], _CLIPS[now.unit])
    return Axis(low=0.0, high=wide.high) if now.unit in (Unit.SECONDS, Unit.COUNT) else wide


def _ticks(
    axis: Axis, unit: Unit, lang: str, *, signed: bool = False
) -> tuple[tuple[float, str], ...]:
    """Round numbers of the unit in which the axis reads best."""
    suited = figure_for(unit, max(abs(axis.low), abs(axis.high)), None, lang)
    found = ticks(axis.low / suited.per, axis.high / suited.per)
    digits = max(0, -math.floor(math.log10(found[1] - found[0]) + 1e-9))
    suffix = suited.suffix
    if suited.clock:
        suffix = f"{NBSP}h"
    elif signed and unit is Unit.PERCENT:
        suffix = f"{NBSP}pts"
    shown = Figure(per=suited.per, digits=digits, suffix=suffix, signed=signed)
    places = [tick * suited.per for tick in found]
    return tuple(
        (place, print_figure(place, shown, lang))
        for place in places
        if axis.low <= place <= axis.high
    )


def _group_title(row: MeasuredRow, lang: str) -> str:
    name = metric_name(row.metric, lang, row.nps_kind)
    note = metric_note(row.metric, lang)
    by = ", ".join(dimension_name(label.dimension, lang) for label in row.by)
    said = phrase("scores.by", lang, {"metric": name, "by": by}) if by else name
    return f"{said} ({note})" if note else said


def _by(labels: Sequence[Label], lang: str) -> str:
    return " · ".join(value_name(label.dimension, label.value, lang) for label in labels)


def _companion(name: str, lang: str) -> str:
    return name_in("companion", name, lang)


def _figures(estimate: Estimate, lang: str) -> str:
    return f"{value(estimate, lang)} {interval(estimate, lang)}".strip()


def _left_out(rows: int, lang: str) -> str:
    more = rows - ROWS_AT_MOST
    if more <= 0:
        return ""
    return phrase("scores.left_out", lang, {"count": count(more, "line", lang)})
