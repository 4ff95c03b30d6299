"""How much several journeys of one person widen an interval."""

from __future__ import annotations

import numpy as np

from verite.ledger.port import Tally
from verite.loop.map.passages import Floats, Rows
from verite.stats.clusters import design_effect


def design_effects(group: Rows, person: Rows, y: Floats, groups: int) -> Floats:
    """Per group the design effect of a 0/1 clustered by person, at least 1 (1 without data).

    Twenty people whose two journeys end alike: forty rows are worth nineteen.

    >>> twice = np.repeat(np.arange(20), 2)
    >>> design_effects(np.zeros(40, dtype=int), twice, twice % 2.0, 2).round(3)
    array([2.105, 1.   ])
    """
    own, index = np.unique((group << 32) | person, return_inverse=True)
    sums, rows = np.bincount(index, weights=y), np.bincount(index).astype(np.float64)
    of = own >> 32
    columns = (rows, np.ones(len(own)), sums, sums * sums, sums * rows, rows * rows)
    table = [np.bincount(of, weights=column, minlength=groups) for column in columns]
    return np.array([_effect(row) for row in np.column_stack(table).tolist()])


def _effect(row: list[float]) -> float:
    n, people, sum_y, sum_ss, sum_sm, sum_mm = row
    if people < 2:
        return max(sum_mm / n, 1.0) if n else 1.0
    tally = Tally(
        n=int(n),
        people=int(people),
        sum_y=sum_y,
        sum_yy=sum_y,  # of 0 and 1: y² = y
        sum_ss=sum_ss,
        sum_sm=sum_sm,
        sum_mm=sum_mm,
    )
    return design_effect(tally)
