"""Cold start: the plain decayed mean M₆₀, to be read as an order, never as a risk."""

from __future__ import annotations

from math import sqrt
from typing import Final

from verite.measure.feeling.port import Floats, Ints
from verite.stats.intervals import LEVEL, student_quantile

HALF_LIFE_DAYS: Final = 60.0
DAY_US: Final = 86_400_000_000
ADDED: Final = 3.0  # contacts more, spread over the scale: variance ½ (as Rocks 2016 for NPS)
ADDED_VARIANCE: Final = 0.5


def plain_feeling(
    valence: Floats, weight: Floats, ts: Ints, at: int
) -> tuple[float, float, float] | None:
    """50 (1 + M₆₀) with its interval, M₆₀ = Σ w s / Σ w and w = weight · 2^(−age/60 days).

    Worked: one contact of 1 now and one of 0 sixty days ago: M = (1 + 0)/1.5 = ⅔, 83.3.

    >>> import numpy as np
    >>> found = plain_feeling(np.array([0.0, 1.0]), np.ones(2), np.array([0, 60 * DAY_US]),
    ...                       60 * DAY_US)
    >>> [round(x, 1) for x in found]
    [83.3, 16.9, 100.0]
    """
    if len(valence) == 0:
        return None
    decayed = weight * 2.0 ** (-(at - ts) / DAY_US / HALF_LIFE_DAYS)
    total = float(decayed.sum())
    if total <= 0.0:
        return None
    mean = float((decayed * valence).sum()) / total
    spread = float((decayed * (valence - mean) ** 2).sum()) / total
    effective = total * total / float((decayed * decayed).sum())
    variance = (effective * spread + ADDED * ADDED_VARIANCE) / (effective + ADDED)
    half = student_quantile(LEVEL, effective + ADDED - 1) * sqrt(variance / effective)
    low, high = max(mean - half, -1.0), min(mean + half, 1.0)
    return 50 * (1 + mean), 50 * (1 + low), 50 * (1 + high)
