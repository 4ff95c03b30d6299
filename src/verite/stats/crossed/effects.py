"""What each unit does, shrunk, not sure of how much units differ; and fixed contrasts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Final

import numpy as np

from verite.stats.crossed.design import Floats, Sums
from verite.stats.crossed.fitting import Fit, at_sums_order
from verite.stats.crossed.likelihood import Point, criterion, look, spread_of

_FAR: Final = 14.0  # of −2 log likelihood: beyond, a σ weighs less than a thousandth
_POINTS: Final = 9
_LARGEST: Final = 1e5  # θ
_RIGHT: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Effects:
    """Each unit's distance from the factor's mean answer, and the standard deviation of what is
    not known of it."""

    values: Floats
    deviations: Floats


def effects_of(sums: Sums, found: Fit, factor: int) -> Effects:
    """Best linear predictions of one factor's units (Henderson), averaged over its σ.

    Distances are from the mean over the factor's answers. Each σ weighs as its likelihood, the
    other variances at their best: an estimate of zero then still leaves room, as a handful of
    units demands (METHODS 1: the interval adds that τ² is not known).
    """
    place = sums.order.index(factor)
    base = np.sqrt(at_sums_order(sums, found.variances) / found.noise)
    counts = sums.counts if place == 0 else np.diag(sums.dense)[sums.blocks[place - 1]]
    weights = counts / counts.sum()
    logs, values, seconds = [], [], []
    for theta, step in _grid(sums, base, place):
        moved = base.copy()
        moved[place] = theta
        point = _seen(sums, moved)
        if point is None:
            continue
        own = point.effects_of_big if place == 0 else point.effects[sums.blocks[place - 1]]
        value = theta * (own - weights @ own)
        each, shared = spread_of(sums, point, place, weights)
        spread = each - 2.0 * shared + weights @ shared
        noise = point.squares / (sums.n - sums.fixed)
        logs.append(np.log(step) - 0.5 * criterion(sums, point))
        values.append(value)
        seconds.append(spread * noise * theta**2 + value**2)
    chance = np.exp(np.array(logs) - max(logs))
    chance /= chance.sum()
    mean = chance @ np.array(values)
    variance = chance @ np.array(seconds) - mean**2
    return Effects(mean, np.sqrt(np.maximum(variance, 0.0)))


def _seen(sums: Sums, theta: Floats) -> Point | None:
    """The point at θ; none where θ is too far out for the figures to hold."""
    try:
        return look(sums, theta)
    except ArithmeticError:
        return None


def _grid(sums: Sums, base: Floats, place: int) -> list[tuple[float, float]]:
    """Values of θ where the likelihood is worth a look, and the width that each stands for."""
    best = criterion(sums, look(sums, base))

    def cost(theta: float) -> float:
        moved = base.copy()
        moved[place] = theta
        point = _seen(sums, moved)
        return inf if point is None else criterion(sums, point) - best

    low = high = min(max(float(base[place]), 1e-3), _LARGEST)
    while high <= _LARGEST and cost(high) < _FAR:
        high *= 1.5
    while low > 1e-4 and cost(low) < _FAR:
        low /= 1.5
    low = 0.0 if low <= 1e-4 else low
    if low >= high:  # so sharp a peak that the first step left it
        low, high = low / 1.5, high * 1.5
    edges = np.linspace(np.sqrt(low), np.sqrt(high), _POINTS + 1) ** 2
    return [(float((a + b) / 2.0), float(b - a)) for a, b in pairwise(edges)]


@dataclass(frozen=True, slots=True)
class Fixed:
    """Estimates of the fixed columns and their covariance; the constant is among them."""

    sums: Sums
    values: Floats
    covariance: Floats

    def line(self, factor: int, code: int) -> Floats:
        """What a code of a fixed factor weighs: the kept columns, then the dropped ones."""
        names = (*self.sums.columns, *self.sums.dropped)
        return np.array([1.0 if name == (factor, code) else 0.0 for name in names])

    def weighed(self, weights: Floats) -> tuple[float, float] | None:
        """A weighted sum of lines and its standard deviation; None when the data cannot tell it.

        It can be told when the weights are at right angles to every relation among the columns.
        """
        many = len(self.sums.columns)
        kept, dropped = weights[:many], weights[many:]
        if len(dropped) and np.abs(dropped - self.sums.relations @ kept).max() > _RIGHT:
            return None
        return float(kept @ self.values), float(np.sqrt(kept @ self.covariance @ kept))


def fixed_of(sums: Sums, found: Fit) -> Fixed:
    """The fixed effects, generalised least squares; the constant with the centre added back."""
    point = found.point
    values = point.effects[sums.random :].copy()
    for k, name in enumerate(sums.columns):
        if name[0] < 0:
            values[k] += sums.centre
    covariance = point.spread[sums.random :, sums.random :] * found.noise
    return Fixed(sums, values, covariance)
