"""How alike two sides are: standardised differences, as they are and once weighted to overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TINY: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Absolute standardised differences of each column."""

    before: Floats
    after: Floats

    @property
    def worst(self) -> int:
        """The column that differs most once weighted; −1 without any."""
        return int(np.argmax(self.after)) if len(self.after) else -1


def differences_of(columns: Floats, exposed: Floats, chance: Floats, weight: Floats) -> Differences:
    """|mean₁ − mean₀| / √((var₁ + var₀)/2) of each column, then with each side weighted by its
    chance to have been on the other (overlap weights: Li, Morgan & Zaslavsky 2018), which is how a
    partially linear model weighs them; the deviations are those before, so that both compare.

    Worked: 0, 1 against 1, 1, the chance known: ½ apart in the mean, √(½(¼ + 0)) the deviation.

    >>> x, d = np.array([[0.0], [1.0], [1.0], [1.0]]), np.array([0.0, 0.0, 1.0, 1.0])
    >>> found = differences_of(x, d, np.array([0.0, 0.6, 0.6, 0.6]), np.ones(4))
    >>> found.before.round(4).tolist(), found.after.round(4).tolist()
    ([1.4142], [0.0])
    """
    one, other = weight * exposed, weight * (1.0 - exposed)
    mean_one, spread_one = _moments(columns, one)
    mean_other, spread_other = _moments(columns, other)
    scale = np.sqrt((spread_one + spread_other) / 2.0)
    held = scale > TINY
    safe = np.where(held, scale, 1.0)
    weighted_one, _ = _moments(columns, one * (1.0 - chance))
    weighted_other, _ = _moments(columns, other * chance)
    return Differences(
        before=np.where(held, np.abs(mean_one - mean_other) / safe, 0.0),
        after=np.where(held, np.abs(weighted_one - weighted_other) / safe, 0.0),
    )


def _moments(columns: Floats, weight: Floats) -> tuple[Floats, Floats]:
    total = max(float(weight.sum()), TINY)
    mean = weight @ columns / total
    return np.asarray(mean), np.asarray(weight @ (columns - mean) ** 2 / total)
