"""The peaks of a group of interactions: each person's lowest and highest feeling there.

A stay is remembered by its peak more than by its mean (Kahneman et al. 1993); neither replaces the
other (Alaybek et al. 2022).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from verite.ledger.port import Tally
from verite.loop.map.feelings import feeling_of_rows
from verite.loop.map.passages import Codes, Flags, Floats, Passages, Rows, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """The tallies of the lowest and of the highest feeling, a value a person."""

    worst: Tally
    best: Tally


def tally_peaks(passages: Passages, group: Codes, groups: int) -> list[Peaks]:
    """Of every group; `group` is a code per row of the timeline, −1 for none."""
    felt = feeling_of_rows(passages.timeline)
    sums: Table = _peaks(group, felt, passages.kept, passages.timeline.starts, groups)
    return [
        Peaks(worst=_tally(row[0], row[1], row[2]), best=_tally(row[0], row[3], row[4]))
        for row in sums
    ]


def _tally(people: float, total: float, squares: float) -> Tally:
    """Of people with one value each."""
    return Tally(
        n=int(people), people=int(people), sum_y=float(total), sum_yy=float(squares),
        sum_ss=float(squares), sum_sm=float(total), sum_mm=float(people),
    )  # fmt: skip


@njit(nogil=True, cache=True)
def _peaks(group: Codes, y: Floats, kept: Flags, starts: Rows, groups: int) -> Table:
    """Rows of people, Σ lowest, Σ lowest², Σ highest, Σ highest² per group."""
    sums = np.zeros((groups, 5))
    owner = np.full(groups, -1, np.int64)
    low, high = np.zeros(groups), np.zeros(groups)
    for person in range(len(starts) - 1):
        for row in range(starts[person], starts[person + 1]):
            g = group[row]
            if g < 0 or not kept[row] or np.isnan(y[row]):
                continue
            if owner[g] != person:
                _close(sums[g], owner[g] >= 0, low[g], high[g])
                owner[g], low[g], high[g] = person, y[row], y[row]
            low[g], high[g] = min(low[g], y[row]), max(high[g], y[row])
    for g in range(groups):
        _close(sums[g], owner[g] >= 0, low[g], high[g])
    return sums


@njit(nogil=True, cache=True)
def _close(sums: Floats, is_known: bool, low: float, high: float) -> None:
    if is_known:
        sums[0] += 1.0
        sums[1] += low
        sums[2] += low * low
        sums[3] += high
        sums[4] += high * high
