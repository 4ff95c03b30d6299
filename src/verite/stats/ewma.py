"""EWMA charts: a smoothed course that sees slow drifts sooner than single points do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

# A steady process alarms every 500 points; a drift of 1 σ is seen after 10.5 (Lucas & Saccucci
# 1990, Technometrics 32, table 3; Montgomery 2009, table 9.11).
WEIGHT: Final = 0.2
REACH: Final = 2.962


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The steady course: its mean, the standard deviation of one point, weight and reach."""

    mean: float
    deviation: float
    weight: float = WEIGHT
    reach: float = REACH


@dataclass(frozen=True, slots=True)
class Smoothed:
    """One point of the smoothed course, with its limits."""

    value: float
    lower: float
    upper: float

    @property
    def is_outside(self) -> bool:
        """Whether the course has drifted."""
        return not self.lower <= self.value <= self.upper


def smooth(values: Sequence[float | None], course: Course) -> tuple[Smoothed | None, ...]:
    """z = w·x + (1 − w)·z, from the mean; limits mean ± L·σ·√(w/(2 − w)·(1 − (1 − w)^2i)).

    Roberts 1959; Montgomery 2009, 9.25-9.26. Points without a value are passed over.

    Worked: mean 10, σ 1, w 0.1, L 2.7: z₁ = 0.1·9.45 + 0.9·10 = 9.945, within 10 ± 0.27.

    >>> found = smooth([9.45], Course(mean=10, deviation=1, weight=0.1, reach=2.7))[0]
    >>> round(found.value, 3), round(found.lower, 2), round(found.upper, 2)
    (9.945, 9.73, 10.27)
    """
    told: list[Smoothed | None] = []
    level, count, weight = course.mean, 0, course.weight
    for value in values:
        if value is None:
            told.append(None)
            continue
        count += 1
        level = weight * value + (1 - weight) * level
        grown = 1 - (1 - weight) ** (2 * count)
        half = course.reach * course.deviation * sqrt(weight / (2 - weight) * grown)
        told.append(Smoothed(level, course.mean - half, course.mean + half))
    return tuple(told)
