"""Ratios of two estimates."""

from __future__ import annotations

from math import sqrt

from verite.stats.intervals import LEVEL, Interval, normal_quantile


def ratio_interval(
    above: float, below: float, variances: tuple[float, float, float], level: float = LEVEL
) -> Interval:
    """Fieller's interval of above / below, for a ratio that cannot be negative.

    All r with (a − rb)² ≤ z² (v_aa − 2r v_ab + r² v_bb). `variances` = (v_aa, v_bb, v_ab). When the
    divisor cannot be told from 0 the interval is open above: no ratio is too large.

    Worked (Fieller 1954; a = 2, b = 1, variances .01, no covariance, z = 1.96): with g = z²·.01 =
    .0384, (2 ± 1.96·√(.01·(1 + 4 − g)))/(1 − g) = 1.626 and 2.534.

    >>> found = ratio_interval(2.0, 1.0, (0.01, 0.01, 0.0))
    >>> round(found.low, 3), round(found.high, 3)
    (1.626, 2.534)
    >>> ratio_interval(2.0, 0.1, (0.01, 0.01, 0.0)).high is None
    True
    """
    z = normal_quantile(level)
    v_above, v_below, v_both = variances
    a = below * below - z * z * v_below
    b = above * below - z * z * v_both
    c = above * above - z * z * v_above
    inside = b * b - a * c
    if inside < 0.0:
        return Interval(None, None)
    if a <= 0.0:
        # Open above: what is left is the root under which the ratio would be too small.
        roots = [root for root in ((b - sqrt(inside)) / a, (b + sqrt(inside)) / a) if root > 0]
        return Interval(min(roots) if a < 0 and c > 0 and roots else 0.0, None)
    return Interval(max((b - sqrt(inside)) / a, 0.0), max((b + sqrt(inside)) / a, 0.0))
