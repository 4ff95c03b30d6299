"""A natural cubic spline with three knots: one bend, straight outside."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVELS: Final = 5  # different values under which there is no curve to draw
AT: Final = (0.10, 0.50, 0.90)  # Harrell 2015, table 2.3


def knots_of(values: Floats) -> tuple[float, ...]:
    """The knots at the quantiles .10, .50 and .90; none when they do not differ.

    >>> knots_of(np.arange(11.0)), knots_of(np.array([1.0, 1.0, 2.0, 2.0]))
    ((1.0, 5.0, 9.0), ())
    """
    if len(np.unique(values)) < LEVELS:
        return ()
    low, middle, high = (float(found) for found in np.quantile(values, AT))
    return (low, middle, high) if low < middle < high else ()


def bend(values: Floats, knots: tuple[float, ...]) -> Floats:
    """The second column of the basis, beside the values themselves (Durrleman & Simon 1989):
    (x − k₁)₊³ − (x − k₂)₊³ (k₃ − k₁)/(k₃ − k₂) + (x − k₃)₊³ (k₂ − k₁)/(k₃ − k₂), over (k₃ − k₁)².

    Worked (knots 1, 5, 9): at 9, (512 − 64 · 2) / 64 = 6; beyond, a straight line.

    >>> bend(np.array([1.0, 5.0, 9.0, 10.0, 11.0]), (1.0, 5.0, 9.0)).tolist()
    [0.0, 1.0, 6.0, 7.5, 9.0]
    """
    first, second, third = knots
    cube = [np.maximum(values - knot, 0.0) ** 3 for knot in knots]
    over = third - second
    curved = cube[0] - cube[1] * (third - first) / over + cube[2] * (second - first) / over
    return np.asarray(curved / (third - first) ** 2)
