"""Exact medians and quantiles of many groups at once, by one sort."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verite.loop.map.passages import Rows, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Per group: how many amounts, and their quantiles [groups, shares] (NaN when none)."""

    count: Rows
    quantiles: Table


def spread_by(
    group: np.ndarray[tuple[int], np.dtype[np.integer]],
    amount: Rows,
    groups: int,
    shares: tuple[float, ...],
) -> Spread:
    """Table of whole, non-negative amounts by group, linear between neighbours.

    Hyndman and Fan's type 7, as numpy and DuckDB's `quantile_cont`.

    >>> spread = spread_by(np.array([0, 0, 0, 2]), np.array([4, 1, 2, 9]), 3, (0.5, 0.9))
    >>> spread.quantiles.tolist()
    [[2.0, 3.6], [nan, nan], [9.0, 9.0]]
    """
    count = np.bincount(group, minlength=groups)
    ordered = _sorted_within(group, amount)
    quantiles = np.full((groups, len(shares)), np.nan)
    start = np.concatenate(([0], np.cumsum(count)[:-1])) if groups else count
    some = count > 0
    for j, share in enumerate(shares):
        at = (count[some] - 1) * share
        below = np.floor(at).astype(np.int64)
        above = np.minimum(below + 1, count[some] - 1)
        low = ordered[start[some] + below].astype(np.float64)
        high = ordered[start[some] + above].astype(np.float64)
        quantiles[some, j] = low + (high - low) * (at - below)
    return Spread(count=count, quantiles=quantiles)


def _sorted_within(group: np.ndarray[tuple[int], np.dtype[np.integer]], amount: Rows) -> Rows:
    """The amounts sorted by (group, amount)."""
    if len(amount) == 0:
        return amount
    bits = int(amount.max()).bit_length()
    if bits + int(group.max()).bit_length() > 63:
        return amount[np.lexsort((amount, group))]
    key = (group.astype(np.int64) << bits) | amount  # one sort of whole numbers: 6 x faster
    key.sort()
    ordered: Rows = key & ((1 << bits) - 1)
    return ordered
