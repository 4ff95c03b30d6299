"""A partially linear model by partialling out: what is left of an outcome on what is left of an
exposure, once everything known before is taken away from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from verite.stats.intervals import LEVEL, Interval, student_quantile
from verite.stats.sturdy import Robustness, share_needed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of outcome and exposure after out-of-fold predictions; a line each."""

    outcome: Floats
    exposure: Floats
    weight: Floats
    cluster: Ints  # the person


@dataclass(frozen=True, slots=True, kw_only=True)
class Partialled:
    """The effect of one unit of exposure, its standard error clustered by person, and its force:
    |effect| · sd(what is left of the exposure) / sd(what is left of the outcome at the end)."""

    value: float
    error: float
    force: float
    clusters: int

    def interval(self, level: float = LEVEL) -> Interval:
        """Student's, on people − 1."""
        half = student_quantile(level, max(self.clusters - 1, 1)) * self.error
        return Interval(self.value - half, self.value + half)

    def robustness(self) -> Robustness:
        """How much unseen it takes: of both, to bring the effect to 0, and within chance.

        |bias| ≤ S·r/√(1 − r), S = sd(outcome left)/sd(exposure left) (Chernozhukov, Cinelli,
        Newey, Sharma & Syrgkanis 2022, with equal shares and the worst alignment); it is the
        value of Cinelli & Hazlett (2020) with f = force.
        """
        size = abs(self.value)
        near = max(size - student_quantile(LEVEL, max(self.clusters - 1, 1)) * self.error, 0.0)
        within = self.force * near / size if size > 0 else 0.0
        return Robustness(value=share_needed(self.force), within_chance=share_needed(within))


def partial_out(left: Left) -> Partialled:
    """θ = Σ w v u / Σ w v², u and v what is left of outcome and exposure (Robinson 1988;
    Chernozhukov et al. 2018, eq. 4.4). Variance: G/(G − 1) Σ_people (Σ w v (u − θ v))² / (Σ w v²)².

    Worked: v = −1, 0, 1, 2, u = −2, 1, 2, 3: θ = (2 + 2 + 6)/6.

    >>> v, u = np.array([-1.0, 0.0, 1.0, 2.0]), np.array([-2.0, 1.0, 2.0, 3.0])
    >>> found = partial_out(
    ...     Left(outcome=u, exposure=v, weight=np.ones(4), cluster=np.arange(4)))
    >>> round(found.value, 4), round(found.error, 4)
    (1.6667, 0.1571)
    """
    v, w = left.exposure, left.weight
    size = float(w @ v**2)
    value = float((w * v) @ left.outcome) / size
    rest = left.outcome - value * v
    _, place = np.unique(left.cluster, return_inverse=True)
    sums = np.bincount(place, weights=w * v * rest)
    clusters = len(sums)
    error = sqrt(clusters / max(clusters - 1, 1) * float(sums @ sums)) / size
    spread = float(w @ rest**2)
    force = abs(value) * sqrt(size / spread) if spread > 0 else 0.0
    return Partialled(value=value, error=error, force=force, clusters=clusters)


def middle_of(splits: Sequence[Partialled]) -> Partialled:
    """One estimate of several ways to split: the median, its variance the median of each one's plus
    its squared distance to it (Chernozhukov et al. 2018, definition 3.3).

    >>> ways = [Partialled(value=v, error=1.0, force=0.1, clusters=9) for v in (1.0, 2.0, 4.0)]
    >>> found = middle_of(ways)
    >>> found.value, round(found.error, 4)
    (2.0, 1.4142)
    """
    value = float(np.median([one.value for one in splits]))
    spread = [one.error**2 + (one.value - value) ** 2 for one in splits]
    return Partialled(
        value=value,
        error=sqrt(float(np.median(spread))),
        force=float(np.median([one.force for one in splits])),
        clusters=min(one.clusters for one in splits),
    )
