"""The restricted likelihood of crossed effects and its slopes, from sums alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi

import numpy as np
from numba import njit

from verite.stats.crossed.design import Floats, Sums
from verite.stats.crossed.factoring import invert


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The likelihood at one place: θ = σ of each factor over the noise's, in the sums' order.

    `logs` = log|L|² + log|R|² and `squares` = the penalised sum of squares r² of lme4 (Bates et al.
    2015, 41). `effects` and `spread` are those of the dense columns (random in units of
    their own σ, then fixed), the spread in units of the noise variance; `effects_of_big` too.
    `pulls` are ∂logs/∂log θ and `gains` are −∂r²/∂log θ.
    """

    theta: Floats
    logs: float
    squares: float
    effects: Floats
    spread: Floats
    effects_of_big: Floats
    pulls: Floats
    gains: Floats


def criterion(sums: Sums, point: Point) -> float:
    """−2 log of the restricted likelihood, the noise's variance at its best: lme4's REMLcrit."""
    free = sums.n - sums.fixed
    return point.logs + free * (1.0 + log(2.0 * pi * point.squares / free))


def look(sums: Sums, theta: Floats) -> Point:
    """The point at θ: one factorisation of the dense columns, the largest factor eliminated."""
    pivots = theta[0] ** 2 * sums.counts + 1.0
    once, twice = _eliminated(sums, theta[0] ** 2, pivots)
    scale = _scale(sums, theta)
    both = np.outer(scale, scale)
    ridge = np.arange(sums.random)
    full = (sums.dense - theta[0] ** 2 * once) * both
    full[ridge, ridge] += 1.0
    inner, right = full[:-1, :-1], full[:-1, -1]
    spread, held = invert(inner)
    effects = spread @ right
    squares = float(full[-1, -1] - right @ effects)
    if not squares > 0:
        raise ArithmeticError("nothing left but rounding")
    logs = float(np.log(pivots).sum() + held) + (sums.absorbed.logs if sums.absorbed else 0.0)
    lines = _times(sums, np.append(-effects * scale[:-1], 1.0))
    of_big = theta[0] * lines / pivots
    lost = theta[0] ** 2 * float((twice[:-1, :-1] * both[:-1, :-1] * spread).sum())
    left = [float((1.0 / pivots).sum()) + lost]
    left += [float(np.diag(spread)[block].sum()) for block in sums.blocks]
    own = [float(of_big @ of_big), *(float(effects[b] @ effects[b]) for b in sums.blocks)]
    return Point(
        theta=theta, logs=logs, squares=squares, effects=effects, spread=spread,
        effects_of_big=of_big, pulls=2.0 * (np.array(sums.sizes) - np.array(left)),
        gains=2.0 * np.array(own),
    )  # fmt: skip


def _eliminated(sums: Sums, square: float, pivots: Floats) -> tuple[Floats, Floats]:
    """Σ line' line / pivot, and the same with the pivots squared."""
    if sums.layers is not None:
        return sums.layers.at(square)
    once, twice = np.zeros_like(sums.dense), np.zeros_like(sums.dense)
    _eliminate(sums.starts, sums.places, sums.values, pivots, (once, twice))
    return once, twice


def eliminated(sums: Sums, pivots: Floats) -> Floats:
    """Σ line' line / pivot."""
    upper = np.zeros_like(sums.dense)
    _add_lines(sums.starts, sums.places, sums.values, 1.0 / pivots, upper)
    return np.asarray(upper + np.triu(upper, 1).T)


def spread_of(sums: Sums, point: Point, place: int) -> Floats:
    """The variance of each effect of one factor, in units of the noise's variance and of their own
    σ²."""
    if place:
        block = sums.blocks[place - 1]
        return np.diag(point.spread)[block].copy()
    inverse, across = _first(sums, point)
    turn = sums.absorbed.turn if sums.absorbed else None
    if turn is None:
        return np.asarray(inverse + ((across @ point.spread) * across).sum(axis=1))
    across = turn @ across
    return np.asarray(turn**2 @ inverse + ((across @ point.spread) * across).sum(axis=1))


def covered(sums: Sums, point: Point, first: Floats, others: Floats) -> tuple[Floats, Floats]:
    """The covariance of every effect with a weighted sum of effects, in the units of
    `spread_of`: weights of the first factor's units (people have none), and of the others."""
    if sums.people:
        return np.zeros(0), point.spread @ others
    turn = sums.absorbed.turn if sums.absorbed else None
    inverse, across = _first(sums, point)
    turned = first if turn is None else turn.T @ first
    of_others = point.spread @ (others - across.T @ turned)
    of_first = inverse * turned - across @ of_others
    return (of_first if turn is None else turn @ of_first), of_others


def _first(sums: Sums, point: Point) -> tuple[Floats, Floats]:
    """Of the first factor: 1 / pivot of each unit, and its products with the others over it."""
    pivots = point.theta[0] ** 2 * sums.counts + 1.0
    scale = _scale(sums, point.theta)
    whole = np.zeros((len(sums.counts), len(sums.dense)))
    whole[np.repeat(np.arange(len(pivots)), np.diff(sums.starts)), sums.places] = sums.values
    return 1.0 / pivots, (whole * scale)[:, :-1] * (point.theta[0] / pivots)[:, None]


def _scale(sums: Sums, theta: Floats) -> Floats:
    scale = np.ones(len(sums.dense))
    for block, one in zip(sums.blocks, theta[1:], strict=True):
        scale[block] = one
    return scale


def _times(sums: Sums, vector: Floats) -> Floats:
    """Each sparse line times a vector."""
    products = sums.values * vector[sums.places]
    return np.add.reduceat(np.append(products, 0.0), sums.starts[:-1]) * (np.diff(sums.starts) > 0)


@njit(nogil=True, cache=True)
def _eliminate(starts, places, values, pivots, out):  # type: ignore[no-untyped-def]
    """Σ line' line / pivot, and the same with the pivots squared; places ascend in a line."""
    once, twice = out
    for unit in range(len(pivots)):
        inverse = 1.0 / pivots[unit]
        for a in range(starts[unit], starts[unit + 1]):
            by = values[a] * inverse
            for b in range(a, starts[unit + 1]):
                found = by * values[b]
                once[places[a], places[b]] += found
                twice[places[a], places[b]] += found * inverse
    for a in range(len(once)):
        for b in range(a):
            once[a, b], twice[a, b] = once[b, a], twice[b, a]


@njit(nogil=True, cache=True)
def _add_lines(starts, places, values, weights, upper):  # type: ignore[no-untyped-def]
    """Σ weight · line' line, above the diagonal; places ascend in a line."""
    for unit in range(len(weights)):
        for a in range(starts[unit], starts[unit + 1]):
            by = values[a] * weights[unit]
            for b in range(a, starts[unit + 1]):
                upper[places[a], places[b]] += by * values[b]
