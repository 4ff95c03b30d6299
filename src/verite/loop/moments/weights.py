"""How much each touchpoint tells of the outcome: LMG shares, their intervals, ranks and ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.loop.moments.model import SEED, Model
from verite.loop.moments.port import Floats
from verite.stats.grams import grams_by_group
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
    """The shares of everybody, and of people drawn again."""
    plain = model.grams.only(model.matrix.model)
    drawn = plain.draws(draws, SEED)
    point, redrawn, scale = plain.whole[None], drawn, "variance"
    times = 1.0
    if model.answers.is_binary:
        working, r2 = _working(model)
        point, redrawn, scale = working.whole[None], working.draws(draws, SEED), "deviance"
        found = _share(point, model)
        times = r2 / float(found.r2[0]) if found.r2[0] > 0 else 0.0
    first, more = _share(point, model), _share(redrawn, model)
    return Weights(
        method="lmg_exact" if len(model.sizes) <= EXACT_TO else "johnson", scale=scale,
        r2=ranged(float(first.r2[0]) * times, more.r2 * times),
        shares=tuple(
            ranged(float(first.shares[0, place]) * times, more.shares[:, place] * times)
            for place in range(len(model.sizes))
        ),
        ranks=_ranks(first.shares[0], more.shares), tied=_tied(more.shares), gram_draws=drawn,
    )  # fmt: skip


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
