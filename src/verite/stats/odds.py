"""One odds ratio over strata (Mantel & Haenszel 1959), and what each observation pulls on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonOdds:
    """The logarithm of the ratio, its variance with independent observations, and by how much one
    more observation of each cell would move it: [strata, 4]."""

    log: float
    variance: float
    pulls: Floats


def common_odds(cells: Floats) -> CommonOdds:
    """Of strata of four counts (a, b, c, d): Σ ad/n over Σ bc/n.

    Variance: Robins, Breslow & Greenland 1986, which is Woolf's with one stratum. Squared sums of
    the pulls by cluster give one that bears clusters (infinitesimal jackknife).

    Worked (R, `mantelhaen.test(UCBAdmissions)`): .9046968, from .7719074 to 1.0603298.

    >>> cells = np.array([[512, 89, 313, 19], [353, 17, 207, 8], [120, 202, 205, 391],
    ...                   [138, 131, 279, 244], [53, 94, 138, 299], [22, 24, 351, 317]], float)
    >>> found = common_odds(cells)
    >>> half = 1.959964 * found.variance ** 0.5
    >>> [round(float(np.exp(found.log + by)), 5) for by in (0.0, -half, half)]
    [0.9047, 0.77191, 1.06033]
    """
    a, b, c, d = cells.T
    n = cells.sum(axis=1)
    n = np.where(n > 0, n, 1.0)
    right, wrong = a * d / n, b * c / n
    whole, other = float(right.sum()), float(wrong.sum())
    alike, unlike = (a + d) / n, (b + c) / n
    variance = (
        float(alike @ right) / (2.0 * whole**2)
        + float(alike @ wrong + unlike @ right) / (2.0 * whole * other)
        + float(unlike @ wrong) / (2.0 * other**2)
    )
    moved = (right / whole - wrong / other) / n
    pulls = np.column_stack([d / whole, -c / other, -b / other, a / whole]) / n[:, None]
    return CommonOdds(
        log=float(np.log(whole / other)), variance=variance,
        pulls=np.asarray(pulls - moved[:, None]),
    )  # fmt: skip
