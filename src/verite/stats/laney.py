"""Laney's p′ chart: limits of shares when they vary more, or less, than chance alone would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Final

from verite.stats.charts import BASELINE_AT_LEAST

D2: Final = 1.128  # mean range of two, in standard deviations (Montgomery, appendix VI)


@dataclass(frozen=True, slots=True)
class Shares:
    """The mean share of a baseline and σ_z, how many times chance alone its shares vary."""

    mean: float
    sigma_z: float
    points: int

    def deviation(self, n: float) -> float:
        """The standard deviation of the share of a sample of n."""
        return self.sigma_z * sqrt(self.mean * (1 - self.mean) / n)

    def limits(self, n: float) -> tuple[float, float]:
        """p̄ ± 3·σ_p·σ_z at the sample's own n, within [0, 1]."""
        half = 3 * self.deviation(n)
        return max(0.0, self.mean - half), min(1.0, self.mean + half)


def prime_shares(counts: Sequence[float], sizes: Sequence[float]) -> Shares | None:
    """p̄ and σ_z = mean moving range of z / 1.128, z = (p − p̄) / √(p̄(1 − p̄)/n).

    Laney 2002, Quality Engineering 14(4): with σ_z = 1 it is the p chart; with samples of one size,
    the XmR chart of the shares. None under six samples, or when all are 0 or 1.

    Worked: 50, 60, 50, 60, 50, 60 of 100: p̄ .55, z = ∓.05/.04975 = ∓1.005, ranges 2.010: σ_z 1.782.

    >>> found = prime_shares([50, 60, 50, 60, 50, 60], [100] * 6)
    >>> round(found.mean, 2), round(found.sigma_z, 3)
    (0.55, 1.782)
    """
    total = sum(sizes)
    if len(sizes) < BASELINE_AT_LEAST or total == 0:
        return None
    mean = sum(counts) / total
    if not 0 < mean < 1:
        return None
    chance = mean * (1 - mean)
    scores = [(y / n - mean) / sqrt(chance / n) for y, n in zip(counts, sizes, strict=True)]
    ranges = [abs(after - before) for before, after in pairwise(scores)]
    return Shares(mean, sum(ranges) / len(ranges) / D2, len(sizes))
