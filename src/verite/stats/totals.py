"""Totals: of events that come in numbers of their own, each with its size."""

from __future__ import annotations

from math import sqrt

from verite.stats.clusters import Sums
from verite.stats.intervals import LEVEL, Interval, normal_quantile


def total_interval(sums: Sums, level: float = LEVEL) -> Interval:
    """Σy ± z · √Σ S², S being a person's own sum: a compound Poisson total, clustered by person.

    How many people it happens to is chance too, so the variance is Σ S² and not that of a fixed
    sample (Feller 1968, XII.3). Never below 0.

    Worked: two people with 10 + 20 and 10: 40 ± 1.96 · √(900 + 100) = 40 ± 61.98.

    >>> from verite.ledger.port import Tally
    >>> found = total_interval(Tally.of([[10.0, 20.0], [10.0]]))
    >>> found.low, round(found.high, 2)
    (0.0, 101.98)
    """
    half = normal_quantile(level) * sqrt(sums.sum_ss)
    return Interval(max(0.0, sums.sum_y - half), sums.sum_y + half)
