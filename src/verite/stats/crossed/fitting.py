"""The variances that make the restricted likelihood greatest; zero is an estimate too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, log, pi

import numpy as np
from numpy.typing import NDArray

from verite.stats.crossed.descending import Slope, Start, descend
from verite.stats.crossed.design import Floats, Sums
from verite.stats.crossed.likelihood import Point, criterion, look

Mask = NDArray[np.bool_]
_SPECK = 1e-9  # θ² that counts as zero
_ROUGH = (-7.0, 12.0)  # log θ of the first, rough descent


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Variance of each factor as given, of people (0: each answers once), of the noise, and where
    the likelihood stands."""

    variances: Floats
    people: float
    noise: float
    criterion: float
    point: Point

    @property
    def between(self) -> float:
        """The sum of the factors' variances, people aside."""
        return float(self.variances.sum())

    @property
    def alike(self) -> float:
        """How alike the answers of one person are, 0-1: people's part of what is not told."""
        return self.people / (self.people + self.noise) if self.people > 0 else 0.0


def fit(sums: Sums, held: tuple[bool, ...] = ()) -> Fit:
    """REML of crossed effects; factors of the sums' order that are `held` stay at zero.

    A rough descent over log θ, then a fine one over θ², where zero is a place like another: each
    step is in units of what the data tell of it, so that a score of steps is enough.
    """
    free = np.array([not (held and held[k]) for k in range(len(sums.sizes))])
    theta = np.where(free, 0.3, 0.0)
    if free.any():
        theta = _finely(sums, _roughly(sums, theta), free)
    point = look(sums, theta)
    noise = point.squares / (sums.n - sums.fixed)
    variances = np.empty(len(theta))
    variances[list(sums.order)] = theta**2 * noise
    people = float(variances[-1]) if sums.people else 0.0
    if sums.absorbed:
        people = sums.absorbed.ratio * noise
    return Fit(
        variances=variances[: len(variances) - sums.people], people=people, noise=noise,
        criterion=criterion(sums, point), point=point,
    )  # fmt: skip


def told_of(sums: Sums, theta: Floats) -> Floats:
    """How many of each factor's units the data tell apart at θ: Σ (θ²c / (1 + θ²c))²."""
    counts = [sums.counts, *(np.diag(sums.dense)[block] for block in sums.blocks)]
    pairs = zip(counts, theta**2, strict=True)
    return np.array([float(((one * at / (1.0 + one * at)) ** 2).sum()) for one, at in pairs])


def _roughly(sums: Sums, start: Floats) -> Floats:
    """θ near the best, by its logarithm; what starts at zero stays there."""
    moving = start > 0
    slope = _slope(sums, start, moving, lambda logs: (np.exp(logs), np.ones(len(logs))))
    reach = 0.5 / np.sqrt(np.maximum(told_of(sums, start)[moving], 1.0))
    found = descend(slope, Start(
        at=np.log(start[moving]), reach=reach, low=_ROUGH[0], high=_ROUGH[1], longest=1.5, fine=1e-2
    ))  # fmt: skip
    return _put(start, moving, np.exp(found.at))


def _finely(sums: Sums, start: Floats, moving: Mask) -> Floats:
    """The best θ, zero among them."""
    near = np.maximum(start, 1e-3)
    unit = (near**2 / np.sqrt(np.maximum(told_of(sums, near), 1e-6)))[moving]

    def theta_of(moved: Floats) -> tuple[Floats, Floats]:
        squares = np.maximum(moved * unit, _SPECK)
        return np.sqrt(squares), unit / (2.0 * squares)

    found = descend(
        _slope(sums, start, moving, theta_of),
        Start(at=start[moving] ** 2 / unit, reach=np.ones(len(unit)), low=0.0, fine=1e-9),
    )
    squares = found.at * unit
    return _put(start, moving, np.sqrt(np.where(squares <= _SPECK, 0.0, squares)))


def _slope(
    sums: Sums, start: Floats, moving: Mask, way: Callable[[Floats], tuple[Floats, Floats]]
) -> Slope:
    """The likelihood by what moves; `way` gives θ and ∂log θ of it."""
    freedom = sums.n - sums.fixed

    def slope(moved: Floats) -> tuple[float, Floats]:
        theta, by = way(moved)
        try:
            point = look(sums, _put(start, moving, theta))
        except ArithmeticError:  # too far out for the figures to hold: no step goes there
            return inf, np.zeros(len(moved))
        slopes = point.pulls - freedom * point.gains / point.squares
        return criterion(sums, point), slopes[moving] * by

    return slope


def _put(start: Floats, moving: Mask, values: Floats) -> Floats:
    theta = start.copy()
    theta[moving] = values
    return theta


def deviance(sums: Sums, point: Point, noise: float) -> float:
    """−2 log of the restricted likelihood at a given variance of the noise."""
    return point.logs + point.squares / noise + (sums.n - sums.fixed) * log(2.0 * pi * noise)
