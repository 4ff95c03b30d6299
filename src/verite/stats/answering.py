"""A distribution of answers moved as a whole: which mean goes with which share of good ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from statistics import NormalDist
from typing import Final

_STEPS: Final = 60
_FAR: Final = 8.0
_NORMAL: Final = NormalDist()


def mean_at(
    values: Sequence[float], counts: Sequence[int], worth: Sequence[float], wanted: float
) -> float:
    """The mean of the answers when the mean of their `worth` is as wanted.

    Answers are read as a hidden normal feeling cut at the shares met; all feelings move by the same
    step (ordered probit). Worked: 40 answers of 1 and 60 of 2; for 80 % of 2 the mean is 1.8.

    >>> round(mean_at((1.0, 2.0), (40, 60), (0.0, 100.0), 80.0), 6)
    1.8
    """
    total = sum(counts)
    cuts = [
        _NORMAL.inv_cdf(min(max(part / total, 1e-9), 1 - 1e-9))
        for part in list(accumulate(counts))[:-1]
    ]

    def mean(step: float, of: Sequence[float]) -> float:
        below = [0.0, *(_NORMAL.cdf(cut - step) for cut in cuts), 1.0]
        parts = zip(of, below, below[1:], strict=False)
        return sum(one * (high - low) for one, low, high in parts)

    low, high = -_FAR, _FAR
    for _ in range(_STEPS):
        step = (low + high) / 2.0
        low, high = (step, high) if mean(step, worth) < wanted else (low, step)
    return mean((low + high) / 2.0, values)
