"""The variances that make the restricted likelihood greatest; zero is an estimate too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log, pi

import numpy as np
from numpy.typing import NDArray

from verite.stats.crossed.design import Floats, Sums
from verite.stats.crossed.likelihood import Point, criterion, look

Mask = NDArray[np.bool_]
_SPECK = 1e-9  # θ² that counts as zero
_ROUGH = (-7.0, 7.0)  # log θ of the first, rough descent


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Variance of each factor as given, of the noise, and where the likelihood stands."""

    variances: Floats
    noise: float
    criterion: float
    point: Point

    @property
    def between(self) -> float:
        """The sum of the factors' variances."""
        return float(self.variances.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """Which θ move, from where, and how θ follows from what moves (`by` = ∂log θ/∂moved)."""

    moving: Mask
    begin: Floats
    bounds: tuple[float, float]
    fine: float
    theta: Callable[[Floats], Floats]
    by: Callable[[Floats], Floats]


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
    return Fit(
        variances=in_order(sums, theta**2 * noise), noise=noise,
        criterion=criterion(sums, point), point=point,
    )  # fmt: skip


def in_order(sums: Sums, values: Floats) -> Floats:
    """Values of the sums' order in the order that the factors were given."""
    given = np.empty(len(values))
    given[list(sums.order)] = values
    return given


def at_sums_order(sums: Sums, values: Floats) -> Floats:
    """Values in the order given, in the sums' order."""
    return np.asarray(values[list(sums.order)])


def _roughly(sums: Sums, start: Floats) -> Floats:
    """θ near the best, by its logarithm; what starts at zero stays there."""
    moving = start > 0
    return _descend(sums, start, _Way(
        moving=moving, begin=np.log(start[moving]), bounds=_ROUGH, fine=1e-3,
        theta=np.exp, by=lambda logs: np.ones(len(logs)),
    ))  # fmt: skip


def _finely(sums: Sums, start: Floats, moving: Mask) -> Floats:
    """The best θ, zero among them."""
    counts = [sums.counts, *(np.diag(sums.dense)[block] for block in sums.blocks)]
    told = [(one / (1.0 + at**2 * one)) for one, at in zip(counts, start, strict=True)]
    unit = np.sqrt(2.0 / np.array([one @ one for one in told]))[moving]
    return _descend(sums, start, _Way(
        moving=moving, begin=start[moving] ** 2 / unit, bounds=(0.0, np.inf), fine=1e-9,
        theta=lambda moved: np.sqrt(np.maximum(moved * unit, _SPECK)),
        by=lambda moved: unit / (2.0 * np.maximum(moved * unit, _SPECK)),
    ))  # fmt: skip


def _descend(sums: Sums, start: Floats, way: _Way) -> Floats:
    from scipy.optimize import minimize

    theta = start.copy()
    freedom, first = sums.n - sums.fixed, criterion(sums, look(sums, start))

    def objective(moved: Floats) -> tuple[float, Floats]:
        theta[way.moving] = way.theta(moved)
        point = look(sums, theta)
        slope = point.pulls - freedom * point.gains / point.squares
        return criterion(sums, point) - first, slope[way.moving] * way.by(moved)

    found = minimize(
        objective, way.begin, jac=True, method="L-BFGS-B", bounds=[way.bounds] * len(way.begin),
        options={"maxiter": 200, "ftol": way.fine, "gtol": way.fine**0.5},
    )  # fmt: skip
    best = start.copy()
    best[way.moving] = np.where(way.theta(found.x) ** 2 <= 2 * _SPECK, 0.0, way.theta(found.x))
    return best


def deviance(sums: Sums, point: Point, noise: float) -> float:
    """−2 log of the restricted likelihood at a given variance of the noise."""
    return point.logs + point.squares / noise + (sums.n - sums.fixed) * log(2.0 * pi * noise)
