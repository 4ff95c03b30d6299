"""What each unit does, shrunk, not sure of how much units differ; and fixed contrasts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Final

import numpy as np

from verite.stats.crossed.design import Floats, Sums
from verite.stats.crossed.fitting import Fit
from verite.stats.crossed.likelihood import Point, covered, criterion, look, spread_of

_FAR: Final = 14.0  # of −2 log likelihood: beyond, a σ weighs less than a thousandth
_POINTS: Final = 9
_LARGEST: Final = 1e5  # θ
_RIGHT: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Effects:
    """Each unit's distance from the factor's mean answer, and the standard deviation of what is
    not known of it; and of what is not known of the answer expected there (`levels`)."""

    values: Floats
    deviations: Floats
    levels: Floats


def effects_of(sums: Sums, found: Fit, factor: int) -> Effects:
    """Best linear predictions of one factor's units (Henderson), averaged over its σ.

    Distances are from the mean over the factor's answers. Each σ weighs as its likelihood, the
    other variances at their best: an estimate of zero then still leaves room, as a handful of
    units demands (METHODS 1: the interval adds that τ² is not known).
    """
    place = sums.order.index(factor)
    base = found.point.theta
    weights = _answers(sums, place) / _answers(sums, place).sum()
    logs, values, seconds, levels = [], [], [], []
    for theta, step in _grid(sums, base, place):
        moved = base.copy()
        moved[place] = theta
        point = _seen(sums, moved)
        if point is None:
            continue
        own = theta * _own(sums, point, place)
        value = own - weights @ own
        spread, level = _spreads(sums, point, place, weights)
        noise = point.squares / (sums.n - sums.fixed)
        logs.append(np.log(step) - 0.5 * criterion(sums, point))
        values.append(value)
        seconds.append(spread * noise + value**2)
        levels.append(level * noise + value**2)
    chance = np.exp(np.array(logs) - max(logs))
    chance /= chance.sum()
    mean = chance @ np.array(values)
    variance, level = (chance @ np.array(held) - mean**2 for held in (seconds, levels))
    return Effects(mean, np.sqrt(np.maximum(variance, 0.0)), np.sqrt(np.maximum(level, 0.0)))


def _answers(sums: Sums, place: int) -> Floats:
    """The answers of each unit of a factor."""
    return sums.met[0] if place == 0 else sums.met[1][sums.blocks[place - 1]]


def _own(sums: Sums, point: Point, place: int) -> Floats:
    """The effects of a factor's units, in units of their own σ."""
    if place:
        return point.effects[sums.blocks[place - 1]]
    found = point.effects_of_big
    return found if sums.absorbed is None else sums.absorbed.turn @ found


def _spreads(sums: Sums, point: Point, place: int, weights: Floats) -> tuple[Floats, Floats]:
    """Per unit, in units of the noise's variance: what is not known of its distance, and of the
    answer expected there, all else as it is on average."""
    theta = point.theta[place]
    each = spread_of(sums, point, place) * theta**2
    first, others = np.zeros(len(sums.counts)), np.zeros(len(sums.dense) - 1)
    part = first if place == 0 else others[sums.blocks[place - 1]]
    part[:] = weights * theta
    shared = _picked(sums, covered(sums, point, first, others), place) * theta
    first, others = average_of(sums, point)
    (first if place == 0 else others[sums.blocks[place - 1]])[:] = 0.0
    along = covered(sums, point, first, others)
    mean = float(others @ along[1]) + (0.0 if sums.people else float(first @ along[0]))
    level = mean + 2.0 * theta * _picked(sums, along, place) + each
    return each - 2.0 * shared + weights @ shared, level


def _picked(sums: Sums, along: tuple[Floats, Floats], place: int) -> Floats:
    return along[0] if place == 0 else along[1][sums.blocks[place - 1]]


def average_of(sums: Sums, point: Point) -> tuple[Floats, Floats]:
    """What the mean answer weighs: units of the first factor (none of people), other columns."""
    first, others = (met / sums.n for met in sums.met)
    for block, theta in zip(sums.blocks, point.theta[1:], strict=True):
        others[block] *= theta
    return np.zeros(len(first)) if sums.people else first * point.theta[0], others


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
    point: Point
    noise: float
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

    def level(self, weights: Floats) -> float:
        """The standard deviation of the mean answer moved by a weighted sum of lines."""
        first, others = average_of(self.sums, self.point)
        others[self.sums.random :] += weights[: len(self.sums.columns)]
        along = covered(self.sums, self.point, first, others)
        whole = float(others @ along[1]) + (0.0 if self.sums.people else float(first @ along[0]))
        return float(np.sqrt(max(whole, 0.0) * self.noise))


def fixed_of(sums: Sums, found: Fit) -> Fixed:
    """The fixed effects, generalised least squares; the constant with the centre added back."""
    point = found.point
    values = point.effects[sums.random :].copy()
    for k, name in enumerate(sums.columns):
        if name[0] < 0:
            values[k] += sums.centre
    covariance = point.spread[sums.random :, sums.random :] * found.noise
    return Fixed(sums, point, found.noise, values, covariance)
