"""What a promise covers, and what became of each: kept, broken, or not known yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from verite.ledger.timeline.clock import DAY_US, local
from verite.measure.cases import ages, resolution
from verite.measure.contacts import is_one_of, left_before_answer, started_by_customers
from verite.measure.ends import ABSENT_US
from verite.measure.hours import Hours
from verite.measure.promises.fates import Fate, Judged
from verite.measure.promises.following import judge_events
from verite.measure.study import Question, Timeline, microseconds
from verite.words.promises import DAY_MINUTES, Promise, PromiseKind, Week

Mask = np.ndarray
MINUTE_US: Final = 60_000_000
ANSWER_LATEST_US: Final = DAY_US  # nothing told a day after: nobody says whether it was answered
TOLD_OFTEN: Final = 0.5  # of a channel's contacts must tell their wait for silence to be waiting


def judge(asked: Question, promise: Promise) -> Judged:
    """Everything that a promise covers within a question, in the order of the timeline."""
    if promise.kind is PromiseKind.SOLVED:
        found = _solved(asked, promise)
    elif promise.kind in (PromiseKind.BY_DATE, PromiseKind.FOLLOWED):
        found = judge_events(asked, promise)
    else:
        found = _contacts(asked, promise)
    timeline = asked.study.timeline
    within = timeline.rows_of(asked.where)[found.rows] & _in_scope(timeline, promise)[found.rows]
    return found.only(within)


def open_at(week: Week, zone: str, ts: np.ndarray) -> Mask:
    """Which moments (UTC µs) fall within hours of the week, on the zone's wall clock.

    >>> monday_noon = 1_767_610_800_000_000  # 5 January 2026, 12:00 in Paris
    >>> week = (((9 * 60, 13 * 60),), (), (), (), (), (), ())
    >>> open_at(week, "Europe/Paris", np.array([monday_noon, monday_noon + 3_600_000_000]))
    array([ True, False])
    """
    table = np.zeros((len(week), DAY_MINUTES), dtype=bool)
    for day, spans in enumerate(week):
        for opening, closing in spans:
            table[day, opening:closing] = True
    there = local(ts, zone)
    days = there // DAY_US
    return np.asarray(table[(days + 3) % 7, there % DAY_US // MINUTE_US])


def _in_scope(timeline: Timeline, promise: Promise) -> Mask:
    kept = np.ones(timeline.rows, dtype=bool)
    for column, values in (("channel", promise.channels), ("touchpoint", promise.touchpoints)):
        if values:
            kept &= is_one_of(timeline, column, values)
    return kept


def _contacts(asked: Question, promise: Promise) -> Judged:
    """Contacts that customers began at the hours promised, bots apart."""
    study = asked.study
    timeline, definitions = study.timeline, study.definitions
    held = started_by_customers(timeline, definitions) & _in_scope(timeline, promise)
    held &= ~is_one_of(timeline, "channel", definitions.bot_channels)
    held &= timeline.ts < microseconds(study.as_of)
    rows = np.flatnonzero(held)
    if not promise.is_always:
        rows = rows[open_at(promise.hours, study.zone, timeline.ts[rows])]
    seen = _seen(asked, rows)
    if promise.within_s is None:
        return Judged(rows, _answered_at_all(seen, definitions.short_abandon_s))
    return Judged(rows, _answered_within(seen, promise.within_s))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the data tell of each contact; `silent`: nothing but that it began."""

    gone: Mask
    wait: np.ndarray
    silent: Mask
    age_us: np.ndarray
    waits_told: Mask  # whether its channel tells waits


def _seen(asked: Question, rows: np.ndarray) -> _Seen:
    timeline = asked.study.timeline
    wait = timeline.numbers("wait_s")[rows]
    told = ~np.isnan(wait) | ~np.isnan(timeline.numbers("duration_s")[rows])
    for column in ("agent", "outcome"):
        told |= timeline.codes(column)[rows] >= 0
    told |= timeline.ends[rows] != ABSENT_US
    channel = timeline.codes("channel")[rows] + 1
    size = int(channel.max(initial=0)) + 1
    all_of, with_wait = (
        np.bincount(channel, weights=weights, minlength=size)
        for weights in (None, (~np.isnan(wait)).astype(float))
    )
    often = with_wait >= TOLD_OFTEN * np.maximum(all_of, 1)
    return _Seen(
        gone=left_before_answer(timeline)[rows],
        wait=wait,
        silent=~told,
        age_us=microseconds(asked.study.as_of) - timeline.ts[rows],
        waits_told=often[channel],
    )


def _answered_within(seen: _Seen, within_s: float) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        late, in_time = seen.wait > within_s, seen.wait <= within_s
    return np.asarray(np.select(
        [
            late, seen.gone & in_time, in_time,
            seen.silent & (seen.age_us <= within_s * 1e6),
            seen.silent & seen.waits_told,
        ],
        [Fate.BROKEN, Fate.LEFT, Fate.KEPT, Fate.OPEN, Fate.WAITING],
        Fate.UNTOLD,
    ))  # fmt: skip


def _answered_at_all(seen: _Seen, short_s: float) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        short = seen.gone & (seen.wait < short_s)
    return np.asarray(np.select(
        [short, seen.gone, ~seen.silent, seen.age_us <= ANSWER_LATEST_US],
        [Fate.LEFT, Fate.BROKEN, Fate.KEPT, Fate.OPEN],
        Fate.UNTOLD,
    ))  # fmt: skip


def _solved(asked: Question, promise: Promise) -> Judged:
    """Cases, on the contact where they began; an open one is broken once its time is over.

    Before that every case is open, those solved early too: of the same week, the late ones are not
    seen yet.
    """
    study = asked.study
    if not promise.is_always:
        working = (("default", Hours(week=promise.hours)),)
        study = replace(study, definitions=replace(study.definitions, hours=working))
    asked = replace(asked, study=study)
    found = resolution(asked)
    ended = np.ones(len(found.rows), dtype=bool) if found.ended is None else found.ended
    within_s = promise.within_s or 0.0
    fates = np.select(
        [ages(asked, found.rows) < within_s, ended & (found.y <= within_s), ended],
        [Fate.OPEN, Fate.KEPT, Fate.BROKEN],
        Fate.WAITING,
    )
    order = np.argsort(found.rows, kind="stable")
    return Judged(found.rows[order], np.asarray(fates)[order])
