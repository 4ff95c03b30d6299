"""Two one-sided tests: the same within a margin, different beyond it, or not decided."""

from __future__ import annotations

from typing import Final

from verite.stats.intervals import Interval
from verite.words.identical import Alike

TEST_LEVEL: Final = 0.90  # an interval of 90 % holds two one-sided tests at 5 %


def alike(interval: Interval, delta: float) -> Alike:
    """The verdict on a difference (Schuirmann 1987; three-way as in METHODS 4).

    Identical: the whole interval inside ±delta. Different: all of it beyond. Else undecided.

    >>> alike(Interval(-0.2, 0.3), 0.5).value, alike(Interval(0.6, 1.1), 0.5).value
    ('identical', 'different')
    >>> alike(Interval(0.1, 0.9), 0.5).value
    'undecided'
    """
    low, high = interval.low, interval.high
    if low is None or high is None:
        return Alike.UNDECIDED
    if -delta < low and high < delta:
        return Alike.IDENTICAL
    return Alike.DIFFERENT if low > delta or high < -delta else Alike.UNDECIDED
