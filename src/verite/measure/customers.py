"""Customers kept: who was active at the start, and who left by their own will."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from verite.measure.contacts import is_one_of
from verite.measure.definitions import Definitions
from verite.measure.samples import Sample
from verite.measure.study import Question, Timeline, microseconds
from verite.words.asked import Filters
from verite.words.columns import TIME_DIMENSIONS
from verite.words.errors import WrongUse
from verite.words.interaction import Outcome

if TYPE_CHECKING:
    import numpy as np

_NOT_DONE = (Outcome.UNRESOLVED.value, Outcome.ABANDONED.value)


def retention(asked: Question) -> Sample:
    """1 for a customer active at the start and still there at the end, 0 for one who chose to go.

    Those who left otherwise (move, death, non-payment) are in neither count.
    """
    sample, apart = _followed(asked)
    return sample.only(~apart)


def left_otherwise(asked: Question) -> Sample:
    """1 for a customer active at the start who left within the window for a reason apart."""
    sample, apart = _followed(asked)
    return Sample(sample.rows, apart.astype(float))


def window_of(asked: Question) -> Filters:
    """The filters with the window of retention: the days asked, else the last thirty."""
    end = asked.where.until or asked.study.as_of
    days = timedelta(days=asked.study.definitions.retention_days)
    return replace(asked.where, since=asked.where.since or end - days, until=end)


def _followed(asked: Question) -> tuple[Sample, np.ndarray]:
    """Customers active at the start (as their last customer row before it), and who left apart."""
    import numpy as np

    refused = [dimension for dimension in asked.by if dimension in TIME_DIMENSIONS]
    if refused:
        raise WrongUse("retention_by_time", fields={"dimension": refused[0]})
    timeline, definitions = asked.study.timeline, asked.study.definitions
    window = window_of(asked)
    start = microseconds(window.since or asked.study.as_of)
    end = microseconds(window.until or asked.study.as_of)
    people = timeline.person_index()
    before = timeline.ts < start
    rows = np.flatnonzero(before & is_one_of(timeline, "kind", definitions.customer_kinds))
    rows = rows[np.append(people[rows][1:] != people[rows][:-1], True)[: len(rows)]]
    lost, chosen = losses(timeline, definitions)
    gone = np.unique(people[lost & before])
    within = (timeline.ts >= start) & (timeline.ts < end)
    rows = rows[~np.isin(people[rows], gone)]
    rows = rows[timeline.rows_of(replace(window, since=None, until=None))[rows]]
    left = np.isin(people[rows], people[lost & chosen & within])
    apart = np.isin(people[rows], people[lost & ~chosen & within]) & ~left
    return Sample(rows, (~left).astype(float)), apart


def losses(timeline: Timeline, definitions: Definitions) -> tuple[np.ndarray, np.ndarray]:
    """Rows that end a contract, and those whose reason is not one that counts apart."""
    lost = is_one_of(timeline, "touchpoint", definitions.loss_touchpoints)
    lost &= ~is_one_of(timeline, "outcome", _NOT_DONE)
    return lost, ~is_one_of(timeline, "motive", definitions.loss_motives_apart)
