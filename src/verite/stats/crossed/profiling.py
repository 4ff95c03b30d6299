"""Profile-likelihood intervals: of the variance between, and of each factor's share of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import comb, exp, inf, log, sqrt
from typing import Final

import numpy as np

from verite.stats.crossed.descending import Start, descend
from verite.stats.crossed.design import Floats, Sums
from verite.stats.crossed.fitting import Fit, deviance, fit, told_of
from verite.stats.crossed.likelihood import look
from verite.stats.intervals import LEVEL, Interval, normal_quantile

_LEAST_SHARE: Final = 1e-7
_FINE: Final = 0.002  # of the signed root of the deviance
_STEPS: Final = 40
_FLAT: Final = 1e-4  # of −2 log likelihood
_LEAST_LOG: Final = -40.0


@dataclass(slots=True)
class _Valley:
    """What is held, and where the last search ended: the next begins there."""

    sums: Sums
    best: float
    at: Floats  # log variance between, log noise, weights of the shares, then log of people's
    reach: Floats


def between_interval(sums: Sums, found: Fit, level: float = LEVEL) -> Interval:
    """Bounds of the sum of the factors' variances: where −2 log likelihood has risen by χ²₁.

    A bound of zero is a zero that the data allow; an estimate of zero has an upper bound alone.
    """
    rise = normal_quantile(level)
    valley = _valley(sums, found)
    total = found.between

    def root(log_total: float) -> float:
        return sqrt(max(_lowest(valley, log_total=log_total) - valley.best, 0.0))

    none = fit(sums, held=_held(sums, range(_many(sums))))
    start = log(total) if total > 0 else log(found.noise * 1e-4)
    high = _cross(root, start, 0.5, rise)
    if none.criterion - valley.best <= max(rise**2, rise_of_none(_many(sums), level)):
        return Interval(0.0, exp(high))
    valley = _valley(sums, found)
    return Interval(exp(_cross(root, start, -0.5, rise)), exp(high))


def rise_of_none(factors: int, level: float = LEVEL) -> float:
    """The rise of −2 log likelihood that chance reaches once in 20 where nothing varies at all.

    Each variance is estimated zero half the time then (Self & Liang 1987): the rise is a mixture
    of χ² with binomial weights. Worked: one factor, R `qchisq(.90, 1)`; two, 4.231 (the paper's
    case 9).

    >>> round(rise_of_none(1), 3), round(rise_of_none(2), 3)
    (2.706, 4.231)
    """
    from scipy.special import gammaincc

    def beyond(rise: float) -> float:
        parts = (
            comb(factors, k) * float(gammaincc(k / 2, rise / 2)) for k in range(1, factors + 1)
        )
        return sum(parts) / 2.0**factors

    low, high = 0.0, 100.0
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if beyond(middle) > 1.0 - level else (low, middle)
    return (low + high) / 2.0


def share_interval(sums: Sums, found: Fit, factor: int, level: float = LEVEL) -> Interval:
    """Bounds of one factor's share of the variance between, 0-1."""
    if _many(sums) == 1 or found.between <= 0:
        return Interval(0.0, 1.0)
    rise, place = normal_quantile(level), sums.order.index(factor) - sums.people
    share = float(found.variances[factor]) / found.between
    valley = _valley(sums, found)

    def root(logit: float) -> float:
        part = 1.0 / (1.0 + exp(-logit))
        return sqrt(max(_lowest(valley, share=(place, part)) - valley.best, 0.0))

    inside = min(max(share, 1e-4), 1.0 - 1e-4)
    start = log(inside / (1.0 - inside))
    others = _held(sums, (place,))
    alone = _held(sums, [k for k in range(_many(sums)) if k != place])
    low = high = None
    if fit(sums, held=others).criterion - valley.best <= rise**2:
        low = 0.0
    if fit(sums, held=alone).criterion - valley.best <= rise**2:
        high = 1.0
    if low is None:
        low = _part(_cross(root, start, -0.5, rise))
    valley = _valley(sums, found)
    if high is None:
        high = _part(_cross(root, start, 0.5, rise))
    return Interval(low, high)


def _part(logit: float) -> float:
    return 1.0 / (1.0 + exp(-logit))


def _many(sums: Sums) -> int:
    """How many factors differ between, people aside."""
    return len(sums.sizes) - sums.people


def _held(sums: Sums, places: Iterable[int]) -> tuple[bool, ...]:
    """Which factors stay at zero: some of those that differ between, never people."""
    chosen = set(places)
    return (False,) * sums.people + tuple(k in chosen for k in range(_many(sums)))


def _valley(sums: Sums, found: Fit) -> _Valley:
    variances = found.point.theta**2 * found.noise
    apart = int(sums.people)
    total = max(found.between, found.noise * 1e-4)
    weights = np.log(np.maximum(variances[apart:] / total, 1e-3))
    people = np.log(np.maximum(variances[:apart], found.noise * 1e-4))
    at = np.array([log(total), log(found.noise), *weights, *people])
    theta = np.sqrt(np.exp([*people, *(weights + log(total))]) / found.noise)
    told = np.maximum(told_of(sums, theta), 0.5)
    each = [*told[apart:], *told[:apart]]
    reach = 1.0 / np.sqrt(np.array([told[apart:].sum(), sums.n - sums.fixed, *each]))
    return _Valley(sums, found.criterion, at, reach)


def _lowest(
    valley: _Valley, *, log_total: float | None = None, share: tuple[int, float] | None = None
) -> float:
    """The least −2 log likelihood when the variance between, or one share of it, is given."""
    start = valley.at.copy()
    if log_total is not None:
        start[0] = log_total
    moving = np.ones(len(start), dtype=bool)
    moving[0] = log_total is None
    if share is not None:
        moving[2 + share[0]] = False
    if _many(valley.sums) == 1:
        moving[2] = False

    def slope(moved: Floats) -> tuple[float, Floats]:
        full = start.copy()
        full[moving] = moved
        try:
            height, slopes = _height(valley.sums, full, share)
        except ArithmeticError:  # too far out for the figures to hold: no step goes there
            return inf, np.zeros(len(moved))
        return height, slopes[moving]

    found = descend(slope, Start(
        at=start[moving], reach=valley.reach[moving], longest=2.0, fine=_FLAT
    ))  # fmt: skip
    valley.at = start
    valley.at[moving] = np.maximum(found.at, _LEAST_LOG)
    return found.height


def _height(sums: Sums, at: Floats, share: tuple[int, float] | None) -> tuple[float, Floats]:
    """−2 log likelihood and its slopes by (log variance between, log noise, weights, people)."""
    apart = int(sums.people)
    total, noise, weights, people = at[0], at[1], at[2 : len(at) - apart], at[len(at) - apart :]
    free = np.ones(len(weights), dtype=bool)
    rest = 1.0
    if share is not None:
        free[share[0]] = False
        rest = 1.0 - share[1]
    shares = np.exp(weights - weights[free].max())
    shares[free] *= rest / shares[free].sum()
    if share is not None:
        shares[share[0]] = share[1]
    shares = np.maximum(shares, _LEAST_SHARE)
    theta = np.sqrt([*np.exp(np.maximum(people, _LEAST_LOG) - noise), *shares * exp(total - noise)])
    point = look(sums, theta)
    pull = 0.5 * (point.pulls - point.gains / exp(noise))  # by log of each variance
    between = pull[apart:]
    by_weight = np.zeros(len(weights))
    by_weight[free] = between[free] - shares[free] / rest * between[free].sum()
    by_noise = (sums.n - sums.fixed) - point.squares / exp(noise) - pull.sum()
    slopes = np.array([between.sum(), by_noise, *by_weight, *pull[:apart]])
    return deviance(sums, point, exp(noise)), slopes


def _cross(root: Callable[[float], float], start: float, step: float, rise: float) -> float:
    """Where a root that grows away from `start` reaches `rise`: strides, then false position."""
    inner, outer = (start, 0.0), (start, 0.0)
    for _ in range(_STEPS):
        at = outer[0] + step
        outer = (at, root(at))
        if outer[1] >= rise:
            break
        inner, step = outer, step * 1.5
    else:
        return inf if step > 0 else -inf
    for _ in range(_STEPS):
        part = (rise - inner[1]) / (outer[1] - inner[1])
        at = inner[0] + (outer[0] - inner[0]) * min(max(part, 0.05), 0.95)
        height = root(at)
        if abs(height - rise) < _FINE:
            return at
        inner, outer = ((at, height), outer) if height < rise else (inner, (at, height))
    return at
