"""Quantiles of everything so far, at many times at once: what was known then, and nothing later."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def quantiles_so_far(values: Floats, counts: Ints, q: float) -> Floats:
    """The quantile (linear, Hyndman & Fan 1996, type 7) of the first n values, for each n of
    `counts`; absent for n = 0.

    The order among all is found once; then one pass a bit of it (a wavelet matrix: Claude &
    Navarro 2012), whatever the number of times.

    >>> quantiles_so_far(np.array([4.0, 2.0, 8.0]), np.array([0, 1, 2, 3]), 0.5).tolist()
    [nan, 4.0, 3.0, 4.0]
    """
    told = np.full(len(counts), np.nan)
    known = counts > 0
    if not known.any():
        return told
    n = counts[known]
    order = np.argsort(values, kind="stable")
    rank = np.empty(len(values), dtype=np.int64)
    rank[order] = np.arange(len(values))
    place = (n - 1) * q
    low = np.floor(place).astype(np.int64)
    high = np.minimum(low + 1, n - 1)
    found = _smallest(rank, np.concatenate([n, n]), np.concatenate([low, high]))
    below, above = np.split(values[order][found], 2)
    told[known] = below + (above - below) * (place - low)
    return told


def _smallest(rank: Ints, until: Ints, place: Ints) -> Ints:
    """The rank that stands at a place (0 the least) among the first `until` of them."""
    row, first = rank, np.zeros(len(until), dtype=np.int64)
    found = np.zeros(len(until), dtype=np.int64)
    for bit in reversed(range(max(1, (len(rank) - 1).bit_length()))):
        is_high = (row >> bit & 1).astype(np.bool_)
        lows = np.append(0, np.cumsum(~is_high))  # before each place of the row
        low_first, low_until = lows[first], lows[until]
        here = low_until - low_first
        goes_low = place < here
        found += np.where(goes_low, 0, 1 << bit)
        place = np.where(goes_low, place, place - here)
        first = np.where(goes_low, low_first, lows[-1] + first - low_first)
        until = np.where(goes_low, low_until, lows[-1] + until - low_until)
        row = np.concatenate([row[~is_high], row[is_high]])
    return found
