"""Events promised by a date, or within a time of another: which came, when, and in time or not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from verite.measure.contacts import is_one_of
from verite.measure.promises.fates import Fate, Judged
from verite.measure.study import Question, Timeline, microseconds
from verite.words.errors import BadInput
from verite.words.promises import Event, Promise, PromiseKind

NEVER: Final = np.iinfo(np.int64).max
UNKNOWN: Final = np.iinfo(np.int64).min


def judge_events(asked: Question, promise: Promise) -> Judged:
    """One judgement per first event: the second came in time, late, or not yet.

    The second event is the first one at or after it in the same case, or of the same person where
    cases are not told. Until its time is over a first event is open, even when the second came
    early: the late ones of its week are not seen yet. Without a first event, those that bear a
    date judge themselves, at once.
    """
    study, timeline = asked.study, asked.study.timeline
    if promise.end is None:
        return Judged(np.zeros(0, np.int64), np.zeros(0, np.int64))
    end_us = microseconds(study.as_of)
    ends = np.flatnonzero(_happens(timeline, promise.end) & (timeline.ts < end_us))
    if promise.start is None:
        starts, came = ends, timeline.ts[ends]
    else:
        held = _happens(timeline, promise.start) & (timeline.ts < end_us)
        starts = np.flatnonzero(held)
        came = first_after(timeline, starts, ends)
    due = _due(asked, promise, starts)
    arrived = came != NEVER
    too_soon = (due >= end_us) & (promise.start is not None)
    fates = np.select(
        [due == UNKNOWN, too_soon, arrived & (came <= due), arrived],
        [Fate.UNTOLD, Fate.OPEN, Fate.KEPT, Fate.BROKEN],
        Fate.WAITING,
    )
    return Judged(starts, np.asarray(fates))


def first_after(timeline: Timeline, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """When (UTC µs) the first of `ends` came at or after each of `starts`; `NEVER`: not yet.

    By case; what finds nothing in its case, by person among the ends that bear none; what has no
    case, by person among all.
    """
    cases, people = timeline.codes("case_id"), timeline.person_index()
    bears = cases[starts] >= 0
    came = np.full(len(starts), NEVER, dtype=np.int64)
    came[bears] = _next(timeline.ts, cases, starts[bears], ends)
    lone = bears & (came == NEVER)
    came[lone] = _next(timeline.ts, people, starts[lone], ends[cases[ends] < 0])
    came[~bears] = _next(timeline.ts, people, starts[~bears], ends)
    return came


def _next(ts: np.ndarray, keys: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    ends = ends[keys[ends] >= 0]
    if not len(ends) or not len(starts):
        return np.full(len(starts), NEVER, dtype=np.int64)
    # Times as ranks: a key and a rank fit in one integer, a key and microseconds would not.
    moments = np.unique(np.concatenate([ts[starts], ts[ends]]))
    wide = len(moments) + 1
    of_ends = keys[ends].astype(np.int64) * wide + np.searchsorted(moments, ts[ends])
    of_starts = keys[starts].astype(np.int64) * wide + np.searchsorted(moments, ts[starts])
    order = np.argsort(of_ends, kind="stable")
    place = np.searchsorted(of_ends[order], of_starts, side="left")
    found = order[np.minimum(place, len(order) - 1)]
    same = (place < len(order)) & (keys[ends[found]] == keys[starts])
    return np.asarray(np.where(same, ts[ends[found]], NEVER))


def has_event(timeline: Timeline, event: Event) -> bool:
    """Whether such an event ever happened."""
    return bool(_happens(timeline, event).any())


def _happens(timeline: Timeline, event: Event) -> np.ndarray:
    held = np.ones(timeline.rows, dtype=bool)
    if event.touchpoint:
        held &= is_one_of(timeline, "touchpoint", (event.touchpoint,))
    if event.kind:
        held &= is_one_of(timeline, "kind", (event.kind,))
    return held


def _due(asked: Question, promise: Promise, rows: np.ndarray) -> np.ndarray:
    """The last moment at which the promise is kept, per row."""
    timeline = asked.study.timeline
    if promise.kind is PromiseKind.FOLLOWED:
        return np.asarray(timeline.ts[rows] + round((promise.within_s or 0.0) * 1e6))
    if promise.due not in timeline.segments:
        return np.full(len(rows), UNKNOWN, dtype=np.int64)
    column = f"segment_{promise.due}"
    zone = ZoneInfo(asked.study.zone)
    moments = [moment_of(label, zone) for label in timeline.labels(column)]
    last = np.array([*moments, UNKNOWN], dtype=np.int64)
    return np.asarray(last[timeline.codes(column)[rows]])


def moment_of(text: str, zone: ZoneInfo) -> int:
    """The last moment (UTC µs) of a date given, local where no zone is told; a day lasts to its
    midnight. `UNKNOWN` when it is no date.

    >>> moment_of("2026-03-01", ZoneInfo("UTC")) == moment_of("2026-03-02T00:00", ZoneInfo("UTC"))
    True
    """
    try:
        if len(text) == len("2026-03-01"):
            after = date.fromisoformat(text) + timedelta(days=1)
            return microseconds(datetime.combine(after, time(), zone))
        at = datetime.fromisoformat(text)
        return microseconds(at if at.tzinfo else at.replace(tzinfo=zone))
    except (ValueError, OverflowError, BadInput):
        return UNKNOWN
