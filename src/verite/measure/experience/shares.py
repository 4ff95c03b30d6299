"""Shares and means as estimates in the contract's units."""

from __future__ import annotations

import numpy as np

from verite.ledger.port import Tally
from verite.measure.feeling.port import Floats, Ints, Mask
from verite.stats.intervals import LEVEL, normal_quantile
from verite.stats.shares import share_interval, wilson
from verite.stats.withholding import withhold
from verite.words.estimate import Better, Estimate, Status, Unit


def share_of(count: int, n: int, better: Better | None = None) -> Estimate:
    """A share of people, in %, with Wilson's interval.

    >>> share_of(30, 100).value
    30.0
    """
    if n == 0:
        return Estimate(
            value=None, low=None, high=None, n=0, people=0, unit=Unit.PERCENT, method="wilson",
            status=Status.UNKNOWN,
        )  # fmt: skip
    interval = wilson(count / n, n, normal_quantile(LEVEL)).times(100.0)
    return withhold(
        Estimate(
            value=100.0 * count / n, low=interval.low, high=interval.high, n=n, people=n,
            unit=Unit.PERCENT, better=better, method="wilson",
        )
    )  # fmt: skip


def share_of_rows(held: Mask, person: Ints, better: Better | None = None) -> Estimate:
    """A share of rows of which a person may have several: `n` rows, the interval clustered by
    person (Wilson's on as many rows as that leaves).

    >>> found = share_of_rows(np.arange(200) % 4 == 0, np.arange(200) // 2)
    >>> found.value, found.n, found.people
    (25.0, 200, 100)
    """
    _, place = np.unique(person, return_inverse=True)
    own, rows = np.bincount(place, held).astype(float), np.bincount(place).astype(float)
    tally = Tally(
        n=len(held), people=len(rows), sum_y=float(own.sum()), sum_yy=float(own.sum()),
        sum_ss=float(own @ own), sum_sm=float(own @ rows), sum_mm=float(rows @ rows),
    )  # fmt: skip
    interval = share_interval(tally).times(100.0)
    return withhold(
        Estimate(
            value=100.0 * tally.sum_y / tally.n, low=interval.low, high=interval.high, n=tally.n,
            people=tally.people, unit=Unit.PERCENT, better=better, method="wilson_clustered",
        )
    )  # fmt: skip


def ranged(draws: Floats) -> tuple[float, float]:
    """The middle 95 % of draws."""
    low, high = np.percentile(draws, (2.5, 97.5))
    return float(low), float(high)
