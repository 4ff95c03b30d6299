"""Every promise and how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from verite.measure.promises.drifting import alarm_of, chart_of
from verite.measure.promises.fates import Fate, Judged
from verite.measure.promises.following import has_event
from verite.measure.promises.hours import RATE, worst_hours
from verite.measure.promises.judging import judge
from verite.measure.promises.telling import cells_of, slots_of, standing_of, whole_of
from verite.measure.study import Study, Timeline, about, question
from verite.words.asked import Filters
from verite.words.estimate import Status
from verite.words.promises import (
    Promise,
    PromiseCounts,
    PromiseKept,
    PromiseKind,
    PromiseRecord,
    Promises,
)


def keep_promises(study: Study, records: Sequence[PromiseRecord], *, where: Filters) -> Promises:
    """Each promise: the share kept, when and where it fails, whether it drifts."""
    rows = tuple(_keep(study, record, where) for record in records)
    return Promises(about=about(study, "promises", where), rows=rows)


def rows_of_promise(study: Study, promise: Promise, *, where: Filters) -> np.ndarray:
    """The timeline rows kept or broken: as many as the n of its share."""
    return judge(question(study, where), promise).known.rows


def _keep(study: Study, record: PromiseRecord, where: Filters) -> PromiseKept:
    promise, timeline = record.promise, study.timeline
    so_far = judge(question(study, replace(where, since=None)), promise)
    asked = question(study, where)
    judged = so_far.only(timeline.rows_of(asked.where)[so_far.rows])
    whole = whole_of(timeline, judged)
    kept = PromiseKept(
        record=record,
        counts=_counts(judged),
        whole=whole,
        standing=standing_of(whole, promise.target),
        rate=RATE,
        lack=_lack(timeline, promise, judged),
    )
    if whole.status in (Status.HIDDEN, Status.UNKNOWN):
        return replace(kept, counts=kept.counts if not kept.counts.judged else _hidden())
    hours = cells_of(timeline, judged, ("hour",), promise.target)
    worst, tested = worst_hours(timeline, judged, hours)
    chart = chart_of(study, so_far, promise, where)
    return replace(
        kept,
        hours=hours,
        weekdays=cells_of(timeline, judged, ("weekday",), promise.target),
        channels=cells_of(timeline, judged, ("channel",), promise.target),
        weeks=cells_of(timeline, judged, ("week",), promise.target),
        slots=slots_of(timeline, judged, promise.target),
        worst=worst,
        tested=tested,
        chart=chart,
        alarm=alarm_of(chart),
    )


def _counts(judged: Judged) -> PromiseCounts:
    found = np.bincount(judged.fates.astype(np.int64), minlength=len(Fate)).tolist()
    kept, waiting = found[Fate.KEPT], found[Fate.WAITING]
    return PromiseCounts(
        judged=kept + found[Fate.BROKEN] + waiting,
        kept=kept,
        waiting=waiting,
        open=found[Fate.OPEN],
        left=found[Fate.LEFT],
        untold=found[Fate.UNTOLD],
    )


def _hidden() -> PromiseCounts:
    """Under five people nothing is told, counts neither."""
    return PromiseCounts(judged=0, kept=0, waiting=0, open=0, left=0, untold=0)


def _lack(timeline: Timeline, promise: Promise, judged: Judged) -> str:
    """Why there is no figure; empty when there is one."""
    if len(judged.known.rows):
        return ""
    known = timeline.labels("touchpoint")
    if promise.touchpoints and not set(promise.touchpoints) & set(known):
        return "no_such_touchpoint"
    events = [event for event in (promise.start, promise.end) if event is not None]
    if any(not has_event(timeline, event) for event in events):
        return "no_such_event"
    if promise.kind is PromiseKind.BY_DATE and promise.due not in timeline.segments:
        return "no_such_date"
    if promise.kind is PromiseKind.SOLVED and not (timeline.codes("case_id") >= 0).any():
        return "no_cases"
    return "nothing_known" if len(judged.rows) else "no_data"
