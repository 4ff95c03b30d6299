"""Strata of time: those compared had as long for anything to happen."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from verite.loop.moments.port import Floats, Ints, Mask

Hours = NDArray[np.int16]
STRATA_MOST: Final = 10
STRATUM_LEAST: Final = 20  # lines


def strata_of(times: Floats | Ints | Hours, among: Mask) -> Ints:
    """The stratum of every line: at most ten, of as many of the lines `among`, twenty at least.

    >>> strata_of(np.arange(40.0), np.ones(40, bool)).tolist() == [0] * 20 + [1] * 20
    True
    """
    count = int(np.clip(among.sum() // STRATUM_LEAST, 1, STRATA_MOST))
    edges = np.zeros(0)
    if among.any():
        edges = np.unique(np.quantile(times[among], np.arange(1, count) / count))
    return np.searchsorted(edges, times, side="right").astype(np.int64)
