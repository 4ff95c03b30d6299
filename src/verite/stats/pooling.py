"""Partial pooling: differences drawn towards none, by how little each is known."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from verite.stats.intervals import LEVEL, Interval

Floats = NDArray[np.float64]
GRID: Final = 200
FAR: Final = 10.0  # times the largest difference or the median error: the last spread looked at


def pool(differences: Floats, errors: Floats) -> list[tuple[float, Interval]]:
    """Posterior mean and quantiles of each difference: normal about 0 with an unknown spread τ,
    every τ as likely before looking (Gelman 2006), summed over a grid.

    Where all are as one expects by chance they are drawn in to half and less; one that is many
    errors away keeps most of itself.

    >>> pooled = pool(np.array([1.0, -1.0, 0.5]), np.array([1.0, 1.0, 1.0]))
    >>> 0.2 < pooled[0][0] < 0.6
    True
    >>> pool(np.array([10.0, 0.0]), np.array([1.0, 1.0]))[0][0] > 9.0
    True
    """
    far = FAR * max(float(np.median(errors)), float(np.abs(differences).max()))
    spreads = np.linspace(0.0, far, GRID)[:, None]
    variance = errors[None, :] ** 2
    whole = variance + spreads**2
    likelihood = -0.5 * (np.log(whole) + differences**2 / whole).sum(axis=1)
    weight = np.exp(likelihood - likelihood.max())
    weight /= weight.sum()
    kept = spreads**2 / whole
    means, deviations = kept * differences, np.sqrt(kept * variance) + 1e-9 * errors
    low, high = (
        _quantile((weight, means, deviations), share)
        for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    )
    return [
        (float(m), Interval(float(a), float(b)))
        for m, a, b in zip(weight @ means, low, high, strict=True)
    ]


def _quantile(mixture: tuple[Floats, Floats, Floats], share: float) -> Floats:
    """A quantile of each mixture of normals, by halving."""
    from scipy.special import ndtr

    weight, means, deviations = mixture
    reach = 8.0 * deviations.max(axis=0)
    low, high = means.min(axis=0) - reach, means.max(axis=0) + reach
    for _ in range(60):
        middle = (low + high) / 2.0
        under = weight @ ndtr((middle - means) / deviations) < share
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return np.asarray((low + high) / 2.0)
