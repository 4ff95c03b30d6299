"""Partial pooling: differences drawn towards none, by how little each is known."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from verite.stats.intervals import LEVEL, Interval, normal_quantile

Floats = NDArray[np.float64]
GRID: Final = 200
FAR: Final = 10.0  # times the prior's scale: the last spread looked at


def pool(differences: Floats, errors: Floats) -> list[tuple[float, Interval]]:
    """Posterior mean and interval of each difference: normal about 0 with an unknown spread τ, a
    half-Cauchy prior on τ whose scale is the median error (Gelman 2006), summed over a grid.

    Where all are as one expects by chance they are drawn in to half and less; one that is many
    errors away keeps most of itself.

    >>> pooled = pool(np.array([1.0, -1.0, 0.5]), np.array([1.0, 1.0, 1.0]))
    >>> 0.2 < pooled[0][0] < 0.5
    True
    >>> pool(np.array([10.0, 0.0]), np.array([1.0, 1.0]))[0][0] > 9.0
    True
    """
    scale = float(np.median(errors))
    spreads = np.linspace(0.0, FAR * max(scale, float(np.abs(differences).max())), GRID)
    variance = errors**2
    whole = variance[None, :] + spreads[:, None] ** 2
    log_likelihood = -0.5 * (np.log(whole) + differences[None, :] ** 2 / whole).sum(axis=1)
    log_prior = -np.log1p((spreads / scale) ** 2)
    weight = np.exp(log_likelihood + log_prior - (log_likelihood + log_prior).max())
    weight /= weight.sum()
    kept = spreads[:, None] ** 2 / whole
    means = kept * differences[None, :]
    mean = weight @ means
    spread = np.sqrt(weight @ (kept * variance[None, :] + (means - mean) ** 2))
    half = normal_quantile(LEVEL) * spread
    return [
        (float(m), Interval(float(m - h), float(m + h))) for m, h in zip(mean, half, strict=True)
    ]
