"""Control charts of single values: limits that tell a change from the usual wobble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from verite.words.measured import Signal

# 3 / d2 with d2 = 1.128 for moving ranges of two (Shewhart; Wheeler & Chambers 1992).
RANGES_TO_LIMIT: Final = 2.66
RANGE_TO_LIMIT: Final = 3.268  # D4 of ranges of two
RUN: Final = 8
BASELINE_AT_LEAST: Final = 6


@dataclass(frozen=True, slots=True)
class Limits:
    """The natural limits of a process and its mean, from so many baseline points."""

    mean: float
    lower: float
    upper: float
    points: int


def individual_limits(values: Sequence[float]) -> Limits | None:
    """XmR limits: mean ± 2.66 · mean moving range; None under six points.

    Worked: 10, 12, 11, 13, 12, 14: mean 12, ranges 2 1 2 1 2, their mean 1.6: 12 ± 4.256.

    >>> found = individual_limits([10, 12, 11, 13, 12, 14])
    >>> found.mean, round(found.lower, 3), round(found.upper, 3)
    (12.0, 7.744, 16.256)
    """
    if len(values) < BASELINE_AT_LEAST:
        return None
    centre = sum(values) / len(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    reach = RANGES_TO_LIMIT * sum(ranges) / len(ranges)
    return Limits(centre, centre - reach, centre + reach, len(values))


def signals(values: Sequence[float | None], limits: Limits | None) -> tuple[Signal, ...]:
    """What each point says: outside the limits, or the eighth and later of a run on one side.

    A point without a value neither breaks nor lengthens a run. (Run of eight: Western Electric
    Handbook 1956, rule 4.)

    >>> flat = Limits(0.0, -3.0, 3.0, 6)
    >>> [s.value for s in signals([1.0] * 8 + [-4.0], flat)][-2:]
    ['run_high', 'below']
    """
    if limits is None:
        return tuple(Signal.INSIDE for _ in values)
    told, run = [], 0
    for value in values:
        if value is not None:
            run = _longer(run, value - limits.mean)
        told.append(_signal(value, run, limits))
    return tuple(told)


def _longer(run: int, above: float) -> int:
    """The run so far: positive above the mean, negative under it, 0 on it."""
    if above > 0:
        return max(run, 0) + 1
    return min(run, 0) - 1 if above < 0 else 0


def _signal(value: float | None, run: int, limits: Limits) -> Signal:
    if value is None:
        return Signal.INSIDE
    if value > limits.upper:
        return Signal.ABOVE
    if value < limits.lower:
        return Signal.BELOW
    if run >= RUN:
        return Signal.RUN_HIGH
    return Signal.RUN_LOW if run <= -RUN else Signal.INSIDE


def range_limit(values: Sequence[float]) -> float | None:
    """The upper limit of the moving ranges: 3.268 · their mean; None under six points.

    (D4 of ranges of two, from unrounded d2 and d3; tables print 3.267.)

    >>> round(range_limit([10, 12, 11, 13, 12, 14]), 3)
    5.229
    """
    if len(values) < BASELINE_AT_LEAST:
        return None
    ranges = [abs(after - before) for before, after in pairwise(values)]
    return RANGE_TO_LIMIT * sum(ranges) / len(ranges)
