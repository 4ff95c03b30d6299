"""How much each touchpoint tells of the outcome: LMG shares, their intervals, ranks and ties.

What is told is what is left once chance has its part: with few answers the raw R² of touchpoints
that move nothing is far from 0, and that of people drawn again farther still.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from verite.loop.moments.model import SEED, Model
from verite.loop.moments.port import Floats
from verite.stats.chance import chance_of, fair_shares
from verite.stats.grams import Grams, grams_by_group
from verite.stats.logistic import Design, fit_logistic
from verite.stats.relative import relative_weights
from verite.stats.shapley import EXACT_TO, Shares, lmg
from verite.words.moments import Ranged

SURE: Final = 0.9  # P(j > k) under which two ranks are tied


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Shares of R² (or of the deviance), their draws, and the draws of the coefficients' sums."""

    method: str
    scale: str
    r2: Ranged
    shares: tuple[Ranged, ...]
    ranks: tuple[tuple[int, int, int], ...]  # rank, its low and high bounds
    tied: tuple[tuple[int, ...], ...]
    gram_draws: Floats  # of the model's columns on the outcome's own scale


def weigh(model: Model, draws: int) -> Weights:
    """The shares of everybody, and of people drawn again, less what chance alone would tell."""
    plain = model.grams.only(model.matrix.model)
    drawn = plain.draws(draws, SEED)
    told, scale, times = _told(plain, drawn, model), "variance", 1.0
    if model.answers.is_binary:
        working, r2 = _working(model)
        told, scale = _told(working, working.draws(draws, SEED), model), "deviance"
        times = r2 / told.raw if told.raw > 0 else 0.0
    whole = max(told.r2, 0.0)
    fair = fair_shares(told.shares, whole)
    return Weights(
        method="lmg_exact" if len(model.sizes) <= EXACT_TO else "johnson", scale=scale,
        r2=_positive(whole * times, told.drawn.sum(axis=1) * times),
        shares=tuple(
            _positive(float(fair[place]) * times, told.drawn[:, place] * times)
            for place in range(len(model.sizes))
        ),
        ranks=_ranks(told.shares, told.drawn), tied=_tied(told.drawn), gram_draws=drawn,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """R² and shares less what chance tells of them; their draws, about the same values."""

    raw: float  # R², chance included
    r2: float
    shares: Floats
    drawn: Floats  # [draws, groups]


def _told(grams: Grams, drawn: Floats, model: Model) -> _Told:
    """Draws bear chance twice, theirs and that of everybody: they are moved back to the middle,
    and widened as what the columns take from what is left wants (CR1's factor)."""
    first, chance = _share(grams.whole[None], model), chance_of(grams, lambda x: _share(x, model))
    shares, more = first.shares[0] - chance.shares, _share(drawn, model).shares
    raw = float(first.r2[0])
    wider = sqrt(grams.lines / max(grams.lines - grams.whole.shape[0] + 1, 1))
    return _Told(
        raw=raw, r2=raw - chance.r2, shares=shares,
        drawn=wider * (more - more.mean(axis=0)) + shares,
    )  # fmt: skip


def _positive(value: float, draws: Floats) -> Ranged:
    return ranged(value, np.maximum(draws, 0.0))


def _share(grams: Floats, model: Model) -> Shares:
    if len(model.sizes) <= EXACT_TO:
        return lmg(grams, model.matrix.fixed, model.sizes)
    return relative_weights(grams, model.matrix.fixed, model.sizes)


def _working(model: Model):  # type: ignore[no-untyped-def]
    """Sums of the weighted least squares that stand for the logistic regression at its maximum,
    and the share of the deviance that the touchpoints take away beyond the circumstances."""
    answers, columns = model.answers, model.matrix.columns[:, model.matrix.model[:-1]]
    y = answers.y / 100.0
    whole = _fit(columns, y, model)
    fixed = _fit(columns[:, : model.matrix.fixed], y, model)
    share = float(np.average(y, weights=answers.weight))
    nothing = answers.weight.sum() * (share * np.log(share) + (1 - share) * np.log(1 - share))
    r2 = (fixed.likelihood - whole.likelihood) / nothing
    eta = whole.predict(columns[:, 1:])
    p = np.clip(1.0 / (1.0 + np.exp(-eta)), 1e-6, 1 - 1e-6)
    curve = p * (1.0 - p)
    told = np.column_stack([columns, eta + (y - p) / curve])
    root = np.sqrt(answers.weight * curve)
    return grams_by_group(told * root[:, None], model.group), float(r2)


def _fit(columns: Floats, y: Floats, model: Model):  # type: ignore[no-untyped-def]
    return fit_logistic(
        Design(x=columns[:, 1:], y=y, weight=model.answers.weight, cluster=model.group)
    )


def ranged(value: float, draws: Floats) -> Ranged:
    """A value with the 95 % of its draws, widened to hold it."""
    low, high = (float(bound) for bound in np.quantile(draws, [0.025, 0.975]))
    return Ranged(value=value, low=min(low, value), high=max(high, value))


def _ranks(shares: Floats, draws: Floats) -> tuple[tuple[int, int, int], ...]:
    """1 = the most important."""
    rank = np.argsort(np.argsort(-shares, kind="stable"), kind="stable") + 1
    drawn = np.argsort(np.argsort(-draws, axis=1, kind="stable"), axis=1, kind="stable") + 1
    low = np.quantile(drawn, 0.025, axis=0, method="lower").astype(int)
    high = np.quantile(drawn, 0.975, axis=0, method="higher").astype(int)
    return tuple(
        (int(r), min(int(a), int(r)), max(int(b), int(r)))
        for r, a, b in zip(rank, low, high, strict=True)
    )


def _tied(draws: Floats) -> tuple[tuple[int, ...], ...]:
    """For each touchpoint those that are neither above nor below it nine times out of ten."""
    above = (draws[:, :, None] > draws[:, None, :]).mean(axis=0)
    unsure = np.maximum(above, above.T) < SURE
    np.fill_diagonal(unsure, False)
    return tuple(tuple(np.flatnonzero(line).tolist()) for line in unsure)
