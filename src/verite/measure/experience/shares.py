"""Shares and means as estimates in the contract's units."""

from __future__ import annotations

import numpy as np

from verite.measure.feeling.port import Floats
from verite.stats.intervals import LEVEL, normal_quantile
from verite.stats.shares import wilson
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


def ranged(draws: Floats) -> tuple[float, float]:
    """The middle 95 % of draws."""
    low, high = np.percentile(draws, (2.5, 97.5))
    return float(low), float(high)
