"""Tallies of many groups at once, clustered by person, in one pass over the timeline."""

from __future__ import annotations

import numpy as np
from numba import njit

from verite.ledger.port import Tally
from verite.loop.map.passages import Codes, Flags, Floats, Passages, Rows, Table


def tally_by_person(passages: Passages, y: Floats, group: Codes, groups: int) -> list[Tally]:
    """The tally of y over the passages of each group.

    `y` and `group` have one value per row of the timeline; NaN and −1 are left out.
    """
    sums: Table = _tally(group, y, passages.kept, passages.timeline.starts, groups)
    return [
        Tally(
            n=int(row[0]),
            people=int(row[1]),
            sum_y=float(row[2]),
            sum_yy=float(row[3]),
            sum_ss=float(row[4]),
            sum_sm=float(row[5]),
            sum_mm=float(row[6]),
        )
        for row in sums
    ]


@njit(nogil=True, cache=True)
def _tally(group: Codes, y: Floats, kept: Flags, starts: Rows, groups: int) -> Table:
    """Rows of n, people, Σy, Σy², ΣS², ΣSM, ΣM² per group, one pass person by person."""
    sums = np.zeros((groups, 7))
    owner = np.full(groups, -1, np.int64)
    own_sum, own_rows = np.zeros(groups), np.zeros(groups)
    for person in range(len(starts) - 1):
        for row in range(starts[person], starts[person + 1]):
            g = group[row]
            if g < 0 or not kept[row] or np.isnan(y[row]):
                continue
            if owner[g] != person:
                _close(sums[g], own_sum[g], own_rows[g])
                owner[g], own_sum[g], own_rows[g] = person, 0.0, 0.0
                sums[g, 1] += 1
            own_sum[g] += y[row]
            own_rows[g] += 1
            sums[g, 0] += 1
            sums[g, 2] += y[row]
            sums[g, 3] += y[row] * y[row]
    for g in range(groups):
        _close(sums[g], own_sum[g], own_rows[g])
    return sums


@njit(nogil=True, cache=True)
def _close(sums: Floats, own_sum: float, own_rows: float) -> None:
    sums[4] += own_sum * own_sum
    sums[5] += own_sum * own_rows
    sums[6] += own_rows * own_rows
