"""The answers that a model would have given, drawn as sums: no row is made.

Of y only its products with the columns and with itself are needed. Of normal noise they are normal
with the columns' own products for covariance, and a χ² for what no column bears.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from verite.stats.crossed.design import Floats, Sums
from verite.stats.crossed.fitting import Fit, fit
from verite.stats.crossed.layers import layers_of
from verite.stats.crossed.people import absorb
from verite.stats.intervals import Interval

_SPECK = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Tails:
    """Of so many draws, the share as far out as what was found, were the truth at each bound.

    Half of what the interval leaves out is expected: 0.025 of each. `low`: none below zero.
    """

    low: float | None
    high: float


def check_bounds(sums: Sums, found: Fit, bounds: Interval, *, draws: int, seed: int) -> Tails:
    """A parametric bootstrap at both bounds of the variance between.

    Shares, noise and people as they were found; drawn at a bound, an estimate as far out as ours
    should come once in 40.
    """
    ready = absorb(sums, found.people / found.noise) if sums.people else sums
    theirs = _Drawn.of(ready)
    total = found.between
    chance = np.random.default_rng(seed)
    given = np.array([found.variances[place] for place in ready.order])
    shares = given / total if total > 0 else np.full(len(given), 1.0 / len(given))

    def estimates(bound: float) -> Floats:
        return np.array([
            fit(theirs.draw(shares * bound, found.noise, chance)).between for _ in range(draws)
        ])  # fmt: skip

    below = float(np.mean(estimates(bounds.high or 0.0) <= total))
    above = float(np.mean(estimates(bounds.low) >= total)) if bounds.low else None
    return Tails(low=above, high=below)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The products of the columns among themselves, and their axes."""

    sums: Sums
    products: Floats
    roots: Floats  # of the axes' lengths
    axes: Floats

    @classmethod
    def of(cls, sums: Sums) -> _Drawn:
        """The axes of a design without people in it."""
        many, wide = len(sums.counts), len(sums.dense) - 1
        whole = np.zeros((many + wide, many + wide))
        lines = np.zeros((many, wide + 1))
        owner = np.repeat(np.arange(many), np.diff(sums.starts))
        lines[owner, sums.places] = sums.values
        whole[:many, :many] = np.diag(sums.counts)
        whole[:many, many:] = lines[:, :-1]
        whole[many:, :many] = lines[:, :-1].T
        whole[many:, many:] = sums.dense[:-1, :-1]
        lengths, axes = np.linalg.eigh(whole)
        kept = lengths > _SPECK * float(lengths.max())
        return cls(sums, whole, np.sqrt(lengths[kept]), axes[:, kept])

    def draw(self, variances: Floats, noise: float, chance: np.random.Generator) -> Sums:
        """Sums of answers drawn with these variances, in the order of the sums; means at zero,
        which the restricted likelihood does not see."""
        sizes, many = self.sums.sizes, len(self.sums.counts)
        spread = np.repeat(np.sqrt(variances), sizes)
        effects = np.zeros(len(self.products))
        effects[: len(spread)] = spread * chance.normal(size=len(spread))
        along = chance.normal(size=len(self.roots)) * sqrt(noise)
        pushed = self.axes @ (self.roots * along)
        right = self.products @ effects + pushed
        left = chance.chisquare(max(self.sums.n - len(along), 1)) * noise
        squares = float(effects @ (right + pushed) + along @ along + left)
        return _with_answers(self.sums, self.products, (right[:many], right[many:]), squares)


def _with_answers(sums: Sums, products: Floats, right: tuple[Floats, Floats], yy: float) -> Sums:
    """The sums with other products of y."""
    many = len(sums.counts)
    dense = sums.dense.copy()
    dense[:-1, -1] = dense[-1, :-1] = right[1]
    dense[-1, -1] = yy
    wide = len(dense)
    values = np.hstack([products[:many, many:], right[0][:, None]]).ravel()
    starts, places = np.arange(many + 1) * wide, np.tile(np.arange(wide), many)
    layers = layers_of((starts, places, values), sums.counts, wide)
    return replace(
        sums, centre=0.0, starts=starts, places=places, values=values, dense=dense, layers=layers
    )
