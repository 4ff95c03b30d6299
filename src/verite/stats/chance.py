"""What chance alone tells of an outcome: shares of R² as noise would make them, taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from verite.stats.grams import Grams, solve
from verite.stats.shapley import Shares

Floats = NDArray[np.float64]
NOTHING: Final = 1e-12  # of the whole: no share at all
AMPLE: Final = 2.0  # times what the columns tell: the sum of squares of an outcome that bears it


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What noise brings to R² and to the share of each group; the shares sum to R²."""

    r2: float
    shares: Floats  # [groups]


def chance_of(grams: Grams, share: Callable[[Floats], Shares]) -> Chance:
    """The expected R², and shares, of an outcome that is the noise of this one and nothing else.

    R² and its shares are quadratic in c = Xᵀy, so that noise adds to each its own value on
    Ω = Cov(Xᵀε); with Ω = Σ lₖlₖᵀ, that is the sum of what `share` says of the lₖ one by one. Ω is
    Σ_g s_g s_gᵀ over groups of people, s = Xᵀe, times G/(G − 1) · (N − 1)/(N − K) as in CR1: with
    noise alike in every line, R² less that is the adjusted R² (Ezekiel 1930).

    Worked: 20 lines, one column of noise: 1/19 of what is left.

    >>> from verite.stats.grams import grams_by_group
    >>> from verite.stats.shapley import lmg
    >>> rng = np.random.default_rng(4)
    >>> x, y = rng.permuted(np.repeat([-1.0, 1.0], 10)), rng.normal(size=20)
    >>> whole = grams_by_group(np.column_stack([np.ones(20), x, y - y.mean()]), np.arange(20))
    >>> round(chance_of(whole, lambda one: lmg(one, 1, (1,))).r2, 2)
    0.05
    """
    whole, last = grams.whole, len(grams.whole) - 1
    made = _noises(grams)
    told = np.einsum("ka,ka->k", made, made @ np.linalg.pinv(whole[:last, :last], hermitian=True))
    bears = told > 1e-12 * max(float(told.max(initial=0.0)), 1e-300)
    made, size = made[bears], AMPLE * told[bears]
    noise = np.repeat(whole[None], len(made), axis=0)
    noise[:, last, :last] = noise[:, :last, last] = made
    noise[:, last, last] = size + made[:, 0] ** 2 / whole[0, 0]
    found = share(noise)
    total = float(whole[last, last] - whole[0, last] ** 2 / whole[0, 0])
    per = size / total if total > 0 else np.zeros(len(made))
    return Chance(r2=float(per @ found.r2), shares=np.asarray(per @ found.shares))


def _noises(grams: Grams) -> Floats:
    """The lₖ, a line each: Σ lₖlₖᵀ = Ω."""
    groups, last, count = grams.groups, len(grams.whole) - 1, len(grams.groups)
    left = groups[:, :last, last] - groups[:, :last, :last] @ solve(grams.whole)
    wider = count / max(count - 1, 1) * (grams.lines - 1) / max(grams.lines - last, 1)
    values, vectors = np.linalg.eigh(left.T @ left * wider)
    return np.asarray(np.sqrt(np.maximum(values, 0.0))[:, None] * vectors.T)


def fair_shares(shares: Floats, whole: float) -> Floats:
    """The nearest shares that are never negative and sum to the whole (Duchi et al. 2008).

    >>> fair_shares(np.array([0.30, -0.02, 0.01]), 0.29).round(3).tolist()
    [0.29, 0.0, 0.0]
    """
    if whole <= NOTHING:
        return np.zeros(len(shares))
    ranked = np.sort(shares)[::-1]
    over = (np.cumsum(ranked) - whole) / np.arange(1, len(ranked) + 1)
    taken = over[np.flatnonzero(ranked > over)[-1]]
    return np.asarray(np.maximum(shares - taken, 0.0))
