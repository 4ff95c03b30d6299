"""Means: Student's interval, clustered by person, and Welch's difference."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from verite.stats.clusters import Sums, clustered_variance, mean
from verite.stats.intervals import LEVEL, Interval, student_quantile


def mean_interval(sums: Sums, level: float = LEVEL) -> Interval:
    """ȳ ± t · standard error (CR1 by person), people − 1 degrees of freedom.

    With one row each it is Student's interval. Worked (Student's sleep data, R `t.test(extra)` of
    group 1): mean .75, −.5297 to 2.0297.

    >>> from verite.ledger.port import Tally
    >>> extra = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    >>> found = mean_interval(Tally.of([[x] for x in extra]))
    >>> round(found.low, 4), round(found.high, 4)
    (-0.5298, 2.0298)
    """
    variance = clustered_variance(sums)
    if variance is None:
        return Interval(None, None)
    half = student_quantile(level, sums.people - 1) * sqrt(variance)
    return Interval(mean(sums) - half, mean(sums) + half)


@dataclass(frozen=True, slots=True)
class Spread:
    """A point, the variance of that point, and the degrees of freedom of the variance."""

    point: float
    variance: float
    freedom: float


def difference(
    before: Spread, after: Spread, covariance: float = 0.0, level: float = LEVEL
) -> Interval:
    """after − before ± t · √(v₁ + v₂ − 2c), Welch-Satterthwaite degrees of freedom.

    `covariance` is that of the two points when the same people stand on both sides: with everyone
    on both sides it is the paired interval's variance.

    Worked (sleep data, R `t.test(extra ~ group)`): 1.58, −.2055 to 3.3655 on 17.78 degrees.

    >>> found = difference(Spread(0.75, 3.200556 / 10, 9), Spread(2.33, 4.009 / 10, 9))
    >>> round(found.low, 4), round(found.high, 4)
    (-0.2055, 3.3655)
    """
    total = max(before.variance + after.variance - 2.0 * covariance, 0.0)
    parts = before.variance**2 / before.freedom + after.variance**2 / after.freedom
    freedom = (before.variance + after.variance) ** 2 / parts if parts > 0 else 1e9
    half = student_quantile(level, freedom) * sqrt(total)
    gap = after.point - before.point
    return Interval(gap - half, gap + half)
