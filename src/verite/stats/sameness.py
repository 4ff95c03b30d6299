"""The index of identical experience: how often two expected experiences lie within a margin."""

from __future__ import annotations

from math import erf, pi, sqrt


def sameness(deviation: float, delta: float) -> float:
    """100 · (2Φ(δ / (√2 σ)) − 1), 0-100: two draws of N(0, σ²) within δ of each other.

    Our own definition (METHODS 4). The difference of two draws is N(0, 2σ²). Worked: σ = δ gives
    the share of a normal within 1/√2 of its standard deviation, 52.05.

    >>> round(sameness(0.5, 0.5), 2), sameness(0.0, 0.5), round(sameness(1.0, 0.5), 2)
    (52.05, 100.0, 27.63)
    """
    return 100.0 if deviation <= 0 else 100.0 * erf(delta / (2.0 * deviation))


def mean_gap(deviation: float) -> float:
    """2σ/√π: the mean distance of two draws of N(0, σ²), Gini's mean difference of a normal.

    >>> round(mean_gap(1.0), 4)
    1.1284
    """
    return 2.0 * deviation / sqrt(pi)
