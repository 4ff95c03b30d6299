"""Discrimination: how often the one to whom it happens is ranked above the one spared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.stats.intervals import LEVEL, Interval

Floats = NDArray[np.float64]
DRAWS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Lines that a score is judged on: the outcome, a weight, and whose line it is."""

    y: NDArray[np.bool_]
    weight: Floats
    cluster: NDArray[np.int64]  # 0, 1, 2… by person


def auc(score: Floats, judged: Judged) -> float:
    """The area under the ROC curve: P(score of a case > score of a control) + ½ P(equal).

    Worked (Hanley & McNeil 1982's definition, by hand): cases 3 and 2, controls 2 and 1: of four
    pairs three are right and one is a tie: 3.5/4.

    >>> judged = Judged(y=np.array([True, True, False, False]), weight=np.ones(4),
    ...                 cluster=np.arange(4))
    >>> auc(np.array([3.0, 2.0, 2.0, 1.0]), judged)
    0.875
    """
    order = np.argsort(score, kind="stable")
    return float(_auc(score[order], judged.y[order], judged.weight[order]))


@dataclass(frozen=True, slots=True)
class Compared:
    """One score's AUC, and how much the first score's is above it, with their intervals."""

    auc: float
    bounds: Interval
    gain: float
    gain_bounds: Interval


def compare_auc(
    scores: tuple[Floats, ...], judged: Judged, *, seed: int, draws: int = DRAWS
) -> tuple[Compared, ...]:
    """The AUC of each score and the gain of the first one over it, on the same lines.

    Intervals: percentiles of a bootstrap that draws people, not lines; the same draws for every
    score, so that a gain is a paired comparison (Efron & Tibshirani 1993, ch. 16).
    """
    ordered = [np.argsort(score, kind="stable") for score in scores]
    held = [
        (s[o], judged.y[o], judged.weight[o], judged.cluster[o])
        for s, o in zip(scores, ordered, strict=True)
    ]
    points = [float(_auc(s, y, w)) for s, y, w, _ in held]
    people, rng = int(judged.cluster.max()) + 1, np.random.default_rng(seed)
    drawn = np.empty((draws, len(scores)))
    for draw in range(draws):
        times = np.bincount(rng.integers(0, people, people), minlength=people).astype(float)
        drawn[draw] = [_auc(s, y, w * times[c]) for s, y, w, c in held]
    gains = drawn[:, :1] - drawn
    return tuple(
        Compared(
            points[i], _percentiles(drawn[:, i]), points[0] - points[i], _percentiles(gains[:, i])
        )
        for i in range(len(scores))
    )


def _percentiles(values: Floats) -> Interval:
    known = values[np.isfinite(values)]
    if len(known) == 0:
        return Interval(None, None)
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))


@njit(nogil=True, cache=True)
def _auc(score, y, weight):  # type: ignore[no-untyped-def]
    """In one pass over lines sorted by score; ties count a half."""
    pairs, cases, controls = 0.0, 0.0, 0.0
    line, lines = 0, len(score)
    while line < lines:
        end, here, there = line, 0.0, 0.0
        while end < lines and score[end] == score[line]:
            if y[end]:
                here += weight[end]
            else:
                there += weight[end]
            end += 1
        pairs += here * (controls + 0.5 * there)
        cases += here
        controls += there
        line = end
    if cases <= 0.0 or controls <= 0.0:
        return np.nan
    return pairs / (cases * controls)
