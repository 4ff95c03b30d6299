"""Differences between people of like experience: least squares, bootstrapped by person."""

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


def only_varying(columns: Floats) -> Floats:
    """Without the columns that are the same for everyone."""
    return np.asarray(columns[:, np.ptp(columns, axis=0) > 0])
