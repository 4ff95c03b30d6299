"""People who answer several times, taken out of the sums at a given ratio of variances.

With the ratio known, what a person's answers share can be taken away row by row (Fuller & Battese
1973): the sums become those of plain rows. That is what makes two thousand agents affordable beside
a hundred thousand people: neither of them need be factored at every step.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from verite.stats.crossed.design import Absorbed, Floats, Sums
from verite.stats.crossed.factoring import invert
from verite.stats.crossed.layers import layers_of
from verite.stats.crossed.likelihood import eliminated

_RIDGE: Final = 1e-8  # of the mean square of the columns: those that others tell are many
_SPECK: Final = 1e-7  # of the largest count: a direction in which units hold no answer
MOST: Final = 1e4  # of the ratio


def ratio_of(sums: Sums) -> float | None:
    """The variance of people over that of the noise, whatever the other factors do.

    Fitting of constants (Henderson's method 3, 1953): every other column is taken as fixed; the
    rest of the answers within people gives the noise, the rest of all of them gives people.
    None where nothing is left to tell it. Unbiased, and exact enough where answers are many.
    """
    people = float((sums.counts > 0).sum())
    within = sums.dense - eliminated(sums, np.maximum(sums.counts, 1.0))
    left, told, _ = _rest(within, None)
    freedom = sums.n - people - told
    if freedom < 1 or left <= 0:
        return None
    noise = left / freedom
    together = eliminated(sums, np.ones(len(sums.counts)))[:-1, :-1]
    whole, told, shared = _rest(sums.dense, together)
    weight = sums.n - shared
    if weight < 1:
        return None
    return float(np.clip((whole - noise * (sums.n - told)) / weight / noise, 0.0, MOST))


def _rest(products: Floats, other: Floats | None) -> tuple[float, float, float]:
    """What the columns leave of y'y, how many numbers they are, and their trace with `other`."""
    inner, right = products[:-1, :-1], products[:-1, -1]
    ridge = _RIDGE * max(float(np.trace(inner)) / len(inner), 1e-12)
    inverse, _ = invert(inner + ridge * np.eye(len(inner)))
    left = float(products[-1, -1] - right @ inverse @ right)
    shared = 0.0 if other is None else float((inverse * other).sum())
    return left, float((inverse * inner).sum()), shared


def absorb(sums: Sums, ratio: float) -> Sums:
    """The sums of rows freed of what people share, people's variance being `ratio` · the noise's.

    y − (1 − 1/√(1 + ratio · m)) · the person's mean, and so for every column, m the person's
    answers. The largest of the other factors is turned to its own axes, so that it may be
    eliminated by a diagonal again.
    """
    products = sums.dense - ratio * eliminated(sums, 1.0 + ratio * sums.counts)
    first = sums.blocks[0]
    size = first.stop
    counts, turn = np.linalg.eigh(products[first, first])
    counts = np.where(counts > _SPECK * max(float(counts.max()), 1e-12), counts, 0.0)
    across = turn.T @ products[first, size:]
    dense = products[size:, size:]
    wide = len(dense)
    starts = np.arange(size + 1) * wide
    places, values = np.tile(np.arange(wide), size), np.ascontiguousarray(across).ravel()
    met = sums.met[1]
    return replace(
        sums, order=sums.order[1:], counts=counts, starts=starts, places=places, values=values,
        dense=dense, blocks=tuple(slice(b.start - size, b.stop - size) for b in sums.blocks[1:]),
        layers=layers_of((starts, places, values), counts, wide), people=False,
        absorbed=Absorbed(
            ratio=ratio, logs=float(np.log1p(ratio * sums.counts).sum()),
            met=(met[:size], met[size:]), turn=turn,
        ),
    )  # fmt: skip
