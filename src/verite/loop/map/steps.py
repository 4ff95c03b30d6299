"""Steps: one touchpoint directly followed by another within a case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from verite.loop.map.passages import Codes, Passages, Rows, Table
from verite.loop.map.spreads import spread_by

DENSE = 4_000_000
SECOND = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Every step in case order: from, to, and the gap between them in microseconds."""

    source: Codes
    target: Codes
    gap: Rows
    starts: Rows  # [cases + 1] first step of each case


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCounts:
    """Per distinct step: from, to, how often, in how many cases, channel changes, gaps (s)."""

    source: Rows
    target: Rows
    count: Rows
    cases: Rows
    switches: Rows
    gaps: Table  # [steps, 2] median and p90


def list_steps(passages: Passages) -> Steps:
    """The steps of the passages: one fewer than passages in each case."""
    is_first = np.zeros(passages.count, dtype=np.bool_)
    is_first[passages.starts[:-1]] = True
    target = np.flatnonzero(~is_first)
    source = target - 1
    return Steps(
        source=passages.place[source],
        target=passages.place[target],
        gap=passages.at[target] - passages.at[source],
        starts=passages.starts - np.arange(len(passages.starts)),
    )


def count_steps(passages: Passages, steps: Steps) -> StepCounts:
    """Counts and gaps of every distinct step, in order of (from, to)."""
    k = max(1, len(passages.labels))
    pair = steps.source.astype(np.int64) * k + steps.target
    distinct, index = _compact(pair, k * k)
    gaps = spread_by(index, steps.gap, len(distinct), (0.5, 0.9))
    channel = passages.timeline.codes("channel")[passages.rows]
    cases, switches = _cases_and_switches(index, channel, passages.starts, len(distinct))
    return StepCounts(
        source=distinct // k,
        target=distinct % k,
        count=gaps.count,
        cases=cases,
        switches=switches,
        gaps=gaps.quantiles / SECOND,
    )


def median_stays(passages: Passages, steps: Steps) -> Table:
    """Per place, the median time in seconds until the next passage of the case [places, 1]."""
    stays = spread_by(steps.source, steps.gap, len(passages.labels), (0.5,))
    return stays.quantiles / SECOND


def _compact(pair: Rows, pairs: int) -> tuple[Rows, Rows]:
    """The distinct codes in order, and for each step the index of its code among them."""
    if pairs > DENSE:
        distinct, index = np.unique(pair, return_inverse=True)
        return distinct, index
    count = np.bincount(pair, minlength=pairs)
    distinct = np.flatnonzero(count)
    position = np.zeros(pairs, dtype=np.int64)
    position[distinct] = np.arange(len(distinct))
    return distinct, position[pair]


@njit(nogil=True, cache=True)
def _cases_and_switches(index: Rows, channel: Codes, starts: Rows, n: int) -> tuple[Rows, Rows]:
    cases, switches = np.zeros(n, np.int64), np.zeros(n, np.int64)
    seen = np.full(n, -1, np.int64)
    for c in range(len(starts) - 1):
        for i in range(starts[c], starts[c + 1] - 1):
            step = index[i - c]
            if seen[step] != c:
                seen[step] = c
                cases[step] += 1
            if channel[i] >= 0 and channel[i + 1] >= 0 and channel[i] != channel[i + 1]:
                switches[step] += 1
    return cases, switches
