"""The interval of the index, tried on answers drawn from the model itself."""

from __future__ import annotations

from math import sqrt
from typing import Final

from verite.measure.identical.modelling import Fitted
from verite.stats.crossed.profiling import between_interval
from verite.stats.crossed.simulating import check_bounds
from verite.words.identical import IndexCheck

UNITS_AT_MOST: Final = 300  # beyond, the profile is what the bootstrap would say
DRAWS: Final = 200
_SEED: Final = 1
_HALF: Final = 0.025  # of what an interval of 95 % leaves out


def check_index(fitted: Fitted) -> IndexCheck | None:
    """A parametric bootstrap of both bounds (METHODS 4); None from 300 units on.

    A bound that is as far as it should be has one draw in 40 beyond what was found; three standard
    errors more are chance.
    """
    if sum(len(one.labels) for one in fitted.random) >= UNITS_AT_MOST:
        return None
    bounds = between_interval(fitted.sums, fitted.fit)
    tails = check_bounds(fitted.sums, fitted.fit, bounds, draws=DRAWS, seed=_SEED)
    most = _HALF + 3.0 * sqrt(_HALF * (1.0 - _HALF) / DRAWS)
    return IndexCheck(worse=tails.high, better=tails.low, draws=DRAWS, most=most)


def note_of_check(found: IndexCheck | None) -> str:
    """What the trial says: that the interval stands, that it is too narrow, or that none was made.

    >>> note_of_check(IndexCheck(worse=0.02, better=0.035, draws=200, most=0.058))
    'note_identical_check: draws=200, worse=2, better=3.5'
    """
    if found is None:
        return f"note_identical_unchecked: most={UNITS_AT_MOST}"
    code = "note_identical_check" if found.agrees else "note_identical_narrow"
    told = f"{code}: draws={found.draws}, worse={100 * found.worse:g}"
    return told if found.better is None else f"{told}, better={100 * found.better:g}"
