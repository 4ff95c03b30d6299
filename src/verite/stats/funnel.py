"""Funnel plots: units against what chance allows at their size (Spiegelhalter 2005).

Statistics in Medicine 24:1185-1202. Limits of 95 and 99.8 % are those of two and three standard
deviations. Where units differ more than chance would have it, an additive variance widens them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist
from typing import Final

LEVELS: Final = (0.95, 0.998)
WINSORISED: Final = 0.1  # the share of units pulled in at each end before overdispersion is judged


def winsorise(scores: Sequence[float], share: float = WINSORISED) -> list[float]:
    """Scores with the outer share at each end pulled in to the last score kept.

    >>> winsorise([-9.0, -1.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0, 9.0])[::9]
    [-1.0, 1.0]
    """
    ranked = sorted(scores)
    out = int(share * len(ranked))
    low, high = ranked[out], ranked[-1 - out]
    return [min(max(score, low), high) for score in scores]


def overdispersion(scores: Sequence[float], share: float = WINSORISED) -> float:
    """φ = mean of the winsorised z²: 1 when chance alone makes the units differ.

    Worked: ±1 four times and ±6 once of ten: the sixes count as ones: φ = 1.

    >>> overdispersion([1.0, -1.0] * 4 + [6.0, -6.0])
    1.0
    """
    pulled = winsorise(scores, share)
    return sum(score * score for score in pulled) / len(pulled)


def between_variance(scores: Sequence[float], errors: Sequence[float], phi: float) -> float:
    """τ² of DerSimonian & Laird, from the φ of I units: 0 when I·φ < I − 1.

    τ² = (I·φ − (I − 1)) / (Σw − Σw²/Σw), w = 1/s² (Spiegelhalter 2005, section A.3.2).

    Worked: four units, s = 1, φ = 2: (8 − 3) / (4 − 1) = 5/3.

    >>> round(between_variance([2, -2, 0, 0], [1.0] * 4, 2.0), 4)
    1.6667
    """
    units = len(scores)
    weights = [1 / (error * error) for error in errors]
    total = sum(weights)
    spread = total - sum(weight * weight for weight in weights) / total
    if spread <= 0:
        return 0.0
    return max(0.0, (units * phi - (units - 1)) / spread)


def normal_limits(
    centre: float, error: float, level: float, variance: float = 0.0
) -> tuple[float, float]:
    """centre ± z·√(s² + τ²).

    Worked: 0, s = 3, τ = 4: 95 % limits ±1.96·5.

    >>> [round(x, 2) for x in normal_limits(0.0, 3.0, 0.95, 16.0)]
    [-9.8, 9.8]
    """
    half = NormalDist().inv_cdf((1 + level) / 2) * sqrt(error * error + variance)
    return centre - half, centre + half


def binomial_limits(share: float, n: int, level: float) -> tuple[float, float]:
    """Exact limits of a share at size n, interpolated so that they fall smoothly.

    (r − a)/n with r the smallest count whose P(R ≤ r) ≥ p, and
    a = (P(R ≤ r) − p) / (P(R ≤ r) − P(R ≤ r − 1)) (Spiegelhalter 2005, section A.1.1). The upper
    limit is that of the complement: with R ≤ r there too, eight of ten at 0.5 would alarm, though
    chance alone gives eight or more in 5.5 % of samples, not 2.5.

    Worked: 0.5 of 10 at p = .025: r = 2, P(R ≤ 2) = .0547, P(R ≤ 1) = .0107: a = .676, 0.132.

    >>> [round(x, 3) for x in binomial_limits(0.5, 10, 0.95)]
    [0.132, 0.868]
    """
    tail = (1 - level) / 2
    low, out = _quantile(share, n, tail), _quantile(1 - share, n, tail)
    return max(0.0, low / n), min(1.0, 1 - out / n)


def _quantile(share: float, n: int, part: float) -> float:
    from scipy.stats import binom

    r = int(binom.ppf(part, n, share))
    upto, before = float(binom.cdf(r, n, share)), float(binom.cdf(r - 1, n, share))
    return r - (upto - part) / (upto - before)
