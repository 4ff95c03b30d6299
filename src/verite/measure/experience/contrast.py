"""Differences between people of like experience: regression on strata, bootstrapped by person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.measure.feeling.port import Floats, Ints
from verite.stats.grams import grams_by_group, groups_of, solve
from verite.stats.withholding import withhold
from verite.words.estimate import Better, Estimate, Unit

DRAWS: Final = 500
SEED: Final = 20_260_105
STRATA: Final = 10
LEAST: Final = 30  # lines on each side of a comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Coefficients, the first one of the ones, and as many draws of them by person."""

    value: Floats
    draws: Floats  # [draws, columns]
    n: int
    people: int

    def combine(self, weights: Floats) -> tuple[float, float, float]:
        """A weighted sum of coefficients: value, low, high (percentiles of the draws)."""
        low, high = np.percentile(self.draws @ weights, (2.5, 97.5))
        return float(self.value @ weights), float(low), float(high)

    def told(self, weights: Floats, unit: Unit, method: str, n: int) -> Estimate:
        """The same as an estimate; `n` counts those whom it speaks of."""
        value, low, high = self.combine(weights)
        return withhold(
            Estimate(
                value=value, low=low, high=high, n=n, people=min(n, self.people), unit=unit,
                better=Better.HIGHER, method=method,
            )
        )  # fmt: skip


def fit_by_person(columns: Floats, y: Floats, person: Ints) -> Fit:
    """Least squares of `y` on ones and the columns; people are drawn, never lines."""
    group = groups_of(person, SEED)
    order = np.argsort(group, kind="stable")
    whole = np.column_stack([np.ones(len(y)), columns, y])[order]
    grams = grams_by_group(whole, group[order])
    return Fit(
        value=solve(grams.whole), draws=solve(grams.draws(DRAWS, SEED)),
        n=len(y), people=len(np.unique(person)),
    )  # fmt: skip


def strata_of(level: Floats, count: int = STRATA) -> Floats:
    """Columns of 0 and 1 for all but the first of `count` equal parts of a level, then the level.

    >>> strata_of(np.array([1.0, 2.0, 3.0, 4.0]), 2).tolist()
    [[0.0, 1.0], [0.0, 2.0], [1.0, 3.0], [1.0, 4.0]]
    """
    cuts = np.unique(np.quantile(level, np.arange(1, count) / count))
    part = np.searchsorted(cuts, level, side="left")
    dummies = [(part == one).astype(np.float64) for one in range(1, len(cuts) + 1)]
    return np.column_stack([*dummies, level])


def only_varying(columns: Floats) -> Floats:
    """Without the columns that are the same for everyone."""
    return np.asarray(columns[:, np.ptp(columns, axis=0) > 0])
