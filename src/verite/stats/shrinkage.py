"""Shrinkage of noisy means towards their own mean, not sure of how much they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_GRID: Final = 200
_FAR: Final = 10.0  # in the largest plausible spread


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Each true mean as expected, and the standard deviation of what is not known of it; `between`
    is the expected standard deviation of the true means around their `centre`."""

    values: Floats
    deviations: Floats
    centre: float
    between: float


def shrink(means: Floats, variances: Floats) -> Shrunk:
    """Means y_i of known variances v_i around an unknown centre: θ_i | τ ~ B μ + (1 − B) y.

    B_i = v_i / (v_i + τ²), averaged over τ by its likelihood (flat in τ and in the centre), so that
    the intervals bear that τ is not known (Gelman et al., Bayesian Data Analysis, 5.4). Worked:
    their eight schools; RStan's posterior means there are 11.4, 7.9, 6.1, 7.6, 5.1, 6.1, 10.7, 8.5.

    >>> y = np.array([28.0, 8, -3, 7, -1, 1, 18, 12])
    >>> found = shrink(y, np.array([15.0, 10, 16, 11, 9, 11, 10, 18]) ** 2)
    >>> [round(float(value), 1) for value in found.values]
    [11.4, 7.9, 6.1, 7.6, 5.1, 6.1, 10.7, 8.5]
    """
    if len(means) < 2:
        return Shrunk(means.copy(), np.sqrt(variances), float(means.sum()), 0.0)
    spread = float(np.sqrt(np.mean((means - means.mean()) ** 2) + variances.min()))
    ticks = np.arange(_GRID) + 0.5
    taus = (spread * _FAR * ticks**2 / _GRID**2)[:, None]  # finer near zero
    precision = 1.0 / (variances + taus**2)
    total = precision.sum(axis=1)
    centre = precision @ means / total
    kept = taus**2 * precision  # 1 − B
    values = centre[:, None] + kept * (means - centre[:, None])
    seconds = variances * kept + (1.0 - kept) ** 2 / total[:, None] + values**2
    logs = 0.5 * np.log(precision).sum(axis=1) - 0.5 * np.log(total)
    logs -= 0.5 * (precision * (means - centre[:, None]) ** 2).sum(axis=1)
    chance = np.exp(logs - logs.max()) * ticks
    chance /= chance.sum()
    mean = chance @ values
    deviations = np.sqrt(np.maximum(chance @ seconds - mean**2, 0.0))
    return Shrunk(mean, deviations, float(chance @ centre), float(chance @ taus[:, 0]))
