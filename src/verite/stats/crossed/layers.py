"""Σ line' line / (1 + θ² count) at any θ, from a few sums made once.

The weight of a unit, 1 / (1 + θ²c), is smooth in log c whatever θ: between Chebyshev nodes it is
interpolated to twelve digits (its poles stand π away from the real line). The units' products are
added up once per node, and the sum at a θ is a weighted sum of nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log, pi, sqrt
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_DIGITS: Final = 12.0
_MOST: Final = 20_000_000  # numbers kept; beyond, each θ adds its units up again


@dataclass(frozen=True, slots=True)
class Layers:
    """Node counts, and the products that stand at each of them: [columns, columns, nodes]."""

    nodes: Floats
    products: Floats

    def at(self, square: float) -> tuple[Floats, Floats]:
        """The sums with 1 / (1 + θ²c) and with its square, at θ²."""
        weights = 1.0 / (1.0 + square * self.nodes)
        once, twice = np.empty(self.products.shape[:2]), np.empty(self.products.shape[:2])
        _weigh(self.products, weights, weights**2, (once, twice))
        return once, twice


def layers_of(lines: tuple[Ints, Ints, Floats], counts: Floats, wide: int) -> Layers | None:
    """The layers of units whose lines are sparse; None where they would be too many to keep."""
    held = counts > 0
    logs = np.log(counts[held])
    if not len(logs):
        return Layers(np.ones(1), np.zeros((wide, wide, 1)))
    distinct = np.unique(counts[held])
    many = _nodes_for(float(logs.max() - logs.min()))
    if min(many, len(distinct)) * wide * wide > _MOST:
        return None
    shares = np.zeros((len(counts), min(many, len(distinct))))
    if len(distinct) <= many:
        nodes = distinct
        shares[held, np.searchsorted(distinct, counts[held])] = 1.0
    else:
        places, low, high = _chebyshev(many), logs.min(), logs.max()
        nodes = np.exp(low + (high - low) * (places + 1.0) / 2.0)
        shares[held] = _lagrange((logs - low) / (high - low) * 2.0 - 1.0, places)
    products = np.zeros((wide, wide, len(nodes)))
    _add_up(*lines, shares, products)
    return Layers(nodes, products)


def _nodes_for(length: float) -> int:
    """How many nodes bring the interpolation over that length of log c to twelve digits.

    The error falls by ρ a node, ρ the sum of the half-axes of the ellipse to the nearest pole.

    >>> _nodes_for(0.0), _nodes_for(log(2.0)), _nodes_for(log(1000.0))
    (1, 12, 36)
    """
    if length <= 1e-9:
        return 1
    reach = 2.0 * pi / length
    return 2 + ceil(_DIGITS * log(10.0) / log(reach + sqrt(1.0 + reach**2)))


def _chebyshev(many: int) -> Floats:
    return np.asarray(np.cos((2 * np.arange(many) + 1) * pi / (2 * many)))


def _lagrange(at: Floats, places: Floats) -> Floats:
    """How much each node weighs at each point (barycentric form)."""
    many = len(places)
    own = (-1.0) ** np.arange(many) * np.sin((2 * np.arange(many) + 1) * pi / (2 * many))
    gaps = at[:, None] - places[None, :]
    hits = np.abs(gaps) < 1e-14
    parts = own / np.where(hits, 1.0, gaps)
    shares = parts / parts.sum(axis=1, keepdims=True)
    return np.where(hits.any(axis=1, keepdims=True), hits.astype(float), shares)


@njit(nogil=True, cache=True)
def _add_up(starts, places, values, shares, products):  # type: ignore[no-untyped-def]
    """Each unit's products, shared out among the nodes; places ascend in a line."""
    for unit in range(len(shares)):
        for a in range(starts[unit], starts[unit + 1]):
            for b in range(a, starts[unit + 1]):
                found = values[a] * values[b]
                for node in range(shares.shape[1]):
                    products[places[a], places[b], node] += found * shares[unit, node]
    for a in range(len(products)):
        for b in range(a):
            products[a, b] = products[b, a]


@njit(nogil=True, cache=True, fastmath={"reassoc", "contract", "nsz"})
def _weigh(products, once_by, twice_by, out):  # type: ignore[no-untyped-def]
    once, twice = out
    for a in range(len(products)):
        for b in range(a + 1):
            first, second = 0.0, 0.0
            for node in range(products.shape[2]):
                first += products[a, b, node] * once_by[node]
                second += products[a, b, node] * twice_by[node]
            once[a, b], once[b, a] = first, first
            twice[a, b], twice[b, a] = second, second
