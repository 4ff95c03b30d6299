"""How sturdy a coefficient is: joint tests, and how much unseen it takes to undo it."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray

from verite.stats.grams import Line
from verite.stats.intervals import LEVEL, student_quantile

Floats = NDArray[np.float64]


def joint_p(line: Line, columns: tuple[int, ...]) -> float:
    """The p-value of some coefficients being all nothing: Wald, F on (columns, groups − 1).

    >>> one = Line(coefficients=np.array([2.0]), covariance=np.array([[1.0]]),
    ...            plain=np.array([[1.0]]), freedom=10, left_freedom=10)
    >>> round(joint_p(one, (0,)), 4)  # R: 2 * pt(-2, 10)
    0.0734
    """
    from scipy.special import fdtrc

    chosen = list(columns)
    beta = line.coefficients[chosen]
    inverse = np.linalg.pinv(line.covariance[np.ix_(chosen, chosen)], hermitian=True)
    statistic = float(beta @ inverse @ beta) / len(chosen)
    return float(fdtrc(len(chosen), line.freedom, max(statistic, 0.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """The share of both what is left of the exposure and what is left of the outcome that
    something unseen would have to explain: to bring the effect to 0, and within chance."""

    value: float
    within_chance: float


def robustness(t: float, freedom: int, level: float = LEVEL) -> Robustness:
    """RV = ½(√(f⁴ + 4f²) − f²), f = |t|/√df (Cinelli & Hazlett 2020, eq. 19 and 20).

    Worked (Darfur, the paper's table 1: t = 4.18, df = 783): 13.9 %, and 7.6 % within chance.

    >>> found = robustness(4.184, 783)
    >>> round(found.value, 3), round(found.within_chance, 3)
    (0.139, 0.076)
    """
    force = abs(t) / sqrt(freedom)
    needed = student_quantile(level, max(freedom - 1, 1)) / sqrt(max(freedom - 1, 1))
    return Robustness(
        value=share_needed(force), within_chance=share_needed(max(force - needed, 0.0))
    )


def share_needed(force: float) -> float:
    """The r at which r/√(1 − r) is the force.

    >>> round(share_needed(0.1495), 3)
    0.139
    """
    if force <= 0.0:
        return 0.0
    return 2.0 / (1.0 + hypot(1.0, 2.0 / force))  # a square would overflow
