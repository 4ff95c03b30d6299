"""Shares: Wilson's interval, and Newcombe's interval of a difference."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from verite.stats.clusters import Sums, design_effect, mean
from verite.stats.intervals import LEVEL, Interval, normal_quantile, student_quantile


def wilson(share: float, rows: float, quantile: float) -> Interval:
    """Wilson's score interval (Wilson 1927) of a share seen on `rows` (possibly effective) rows.

    Worked: 81 of 263 (Newcombe 1998a, method 3): .2553 to .3662.

    >>> found = wilson(81 / 263, 263, normal_quantile(0.95))
    >>> round(found.low, 4), round(found.high, 4)
    (0.2553, 0.3662)
    """
    square = quantile * quantile
    centre = share + square / (2 * rows)
    half = quantile * sqrt(max(share * (1 - share), 0.0) / rows + square / (4 * rows * rows))
    scale = 1 + square / rows
    return Interval((centre - half) / scale, (centre + half) / scale).within(0.0, 1.0)


def share_interval(sums: Sums, level: float = LEVEL) -> Interval:
    """Wilson's interval of a tally of 0/1, on effective rows when people answered several times.

    Clustered: n / design effect, and Student's t with people − 1 degrees of freedom for z (Dean &
    Pagano 2015, J. Surv. Stat. Methodol. 3:484). One row each: the plain Wilson interval.

    >>> from verite.ledger.port import Tally
    >>> share_interval(Tally.of([[1.0]] * 8 + [[0.0]] * 2)) == wilson(
    ...     0.8, 10, normal_quantile(0.95))
    True
    """
    if sums.people == sums.n:
        return wilson(mean(sums), sums.n, normal_quantile(level))
    if sums.people < 2:
        return Interval(0.0, 1.0)
    quantile = student_quantile(level, sums.people - 1)
    return wilson(mean(sums), sums.n / design_effect(sums), quantile)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference: its point and its own interval."""

    point: float
    interval: Interval


def mover(before: Side, after: Side, correlation: float = 0.0) -> Interval:
    """Interval of after − before from the two intervals (Newcombe 1998b, method 10; Zou 2008).

    With Wilson intervals and no correlation it is Newcombe's hybrid score method; with the
    correlation of the two shares, his paired method. It holds for any two intervals (Zou & Donner
    2008), here also medians. A missing bound leaves the difference open on that side.

    Worked: 56/70 against 48/80 (Newcombe 1998b, table II, a): .0524 to .3339.

    >>> z = normal_quantile(0.95)
    >>> found = mover(Side(48 / 80, wilson(48 / 80, 80, z)), Side(56 / 70, wilson(56 / 70, 70, z)))
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)
    """
    gap = after.point - before.point
    low = _reach(_down(after), _up(before), correlation)
    high = _reach(_up(after), _down(before), correlation)
    return Interval(None if low is None else gap - low, None if high is None else gap + high)


def _down(side: Side) -> float | None:
    return None if side.interval.low is None else side.point - side.interval.low


def _up(side: Side) -> float | None:
    return None if side.interval.high is None else side.interval.high - side.point


def _reach(one: float | None, other: float | None, correlation: float) -> float | None:
    if one is None or other is None:
        return None
    return sqrt(max(one * one + other * other - 2.0 * correlation * one * other, 0.0))
