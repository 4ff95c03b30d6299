"""Calibration: whether what was foretold came true as often as it was foretold."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from verite.stats.intervals import LEVEL, Interval, normal_quantile
from verite.stats.logistic import Design, Floats, fit_logistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalibrated:
    """Slope (1 = neither too bold nor too shy) and intercept (0 = right on the whole)."""

    slope: float
    slope_bounds: Interval
    intercept: float
    intercept_bounds: Interval


@dataclass(frozen=True, slots=True)
class Share:
    """Lines with a like risk: what was foretold, what came true, its bounds, how many lines."""

    foretold: float
    came_true: float
    bounds: Interval
    n: int


def recalibrate(log_odds: Floats, judged: Design) -> Recalibrated:
    """Cox 1958: y on a + b · log-odds (slope), and on a + log-odds (intercept).

    Intervals are clustered as the design is.

    Worked: nine in ten and one in ten come true where log 9 and −log 9 were foretold: slope 1.

    >>> foretold = np.repeat([np.log(9), -np.log(9)], 10)
    >>> y = np.array([1.0] * 9 + [0.0] + [1.0] + [0.0] * 9)
    >>> design = Design(x=np.empty((20, 0)), y=y, weight=np.ones(20), cluster=np.arange(20))
    >>> found = recalibrate(foretold, design)
    >>> round(found.slope, 6), abs(round(found.intercept, 6))
    (1.0, 0.0)
    """
    with_slope = Design(
        x=log_odds[:, None], y=judged.y, weight=judged.weight, cluster=judged.cluster
    )
    fitted = fit_logistic(with_slope)
    z = normal_quantile(LEVEL)
    slope, error = float(fitted.coefficients[1]), sqrt(max(float(fitted.covariance[1, 1]), 0.0))
    shift, shift_error = _shift(log_odds, judged)
    return Recalibrated(
        slope=slope,
        slope_bounds=Interval(slope - z * error, slope + z * error),
        intercept=shift,
        intercept_bounds=Interval(shift - z * shift_error, shift + z * shift_error),
    )


def _shift(log_odds: Floats, judged: Design) -> tuple[float, float]:
    """The intercept beside an offset, by Newton, and its clustered error."""
    shift = 0.0
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-(log_odds + shift)))
        residual = judged.weight * (judged.y - p)
        information = float((judged.weight * p * (1 - p)).sum())
        step = float(residual.sum()) / max(information, 1e-12)
        shift += max(min(step, 2.0), -2.0)
        if abs(step) < 1e-12:
            break
    starts = np.flatnonzero(np.append(True, judged.cluster[1:] != judged.cluster[:-1]))
    meat = float((np.add.reduceat(residual, starts) ** 2).sum())
    return shift, sqrt(meat) / max(information, 1e-12)


def brier(p: Floats, y: Floats, weight: Floats) -> float:
    """Brier 1950: the mean of (p − y)².

    >>> brier(np.array([0.5, 1.0]), np.array([1.0, 1.0]), np.ones(2))
    0.125
    """
    return float((weight * (p - y) ** 2).sum() / weight.sum())


def shares_by_risk(p: Floats, judged: Design, bins: int = 10) -> tuple[Share, ...]:
    """Lines cut into bins of about equal weight by their risk, with Wilson's interval.

    Weights make a bin worth (Σw)² / Σw² lines (Kish 1965).
    """
    from verite.stats.shares import wilson

    order = np.argsort(p, kind="stable")
    reached = np.cumsum(judged.weight[order]) / judged.weight.sum()
    edges = np.unique(np.searchsorted(reached, np.arange(1, bins) / bins))
    shares = []
    for part in np.split(order, edges):
        if len(part) == 0:
            continue
        w, y = judged.weight[part], judged.y[part]
        share, worth = float(w @ y / w.sum()), float(w.sum() ** 2 / (w @ w))
        bounds = wilson(share, worth, normal_quantile(LEVEL))
        shares.append(Share(float(w @ p[part] / w.sum()), share, bounds, len(part)))
    return tuple(shares)
