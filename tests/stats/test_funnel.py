"""Funnels: published numbers, false alarms by enumeration and simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from verite.stats.funnel import (
    between_variance,
    binomial_limits,
    normal_limits,
    overdispersion,
    winsorise,
)

# Thirteen trials of BCG (Colditz 1994): log risk ratios, variances, as metafor prints them.
BCG = [-0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.0120, -0.4694, -1.3713,
       -0.3394, 0.4459, -0.0173]  # fmt: skip
VARIANCES = [0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730,
             0.0124, 0.5325, 0.0714]  # fmt: skip


def test_without_winsorising_the_variance_between_is_that_of_dersimonian_and_laird() -> None:
    """metafor: rma(yi, vi, data = dat, method = "DL"): tau^2 = 0.3088; 0.3084 from four digits."""
    weights = 1 / np.array(VARIANCES)
    centre = np.sum(weights * BCG) / weights.sum()
    errors = np.sqrt(VARIANCES)
    scores = ((np.array(BCG) - centre) / errors).tolist()
    phi = overdispersion(scores, share=0.0)
    assert phi * 13 == pytest.approx(151.8, abs=0.1)  # Cochran's Q, R 4
    assert between_variance(scores, errors.tolist(), phi) == pytest.approx(0.3088, abs=5e-4)


def test_winsorising_pulls_in_a_tenth_at_each_end() -> None:
    scores = [float(x) for x in range(-10, 10)]
    pulled = winsorise(scores)
    assert (min(pulled), max(pulled)) == (-8.0, 7.0)
    assert pulled[2:-2] == scores[2:-2]


@pytest.mark.parametrize(
    ("share", "level", "low", "high"),
    [
        # R 4: q <- qbinom(p, 100, s); (q - (pbinom(q, 100, s) - p) / dbinom(q, 100, s)) / 100
        (0.3, 0.95, 0.2069024, 0.3969120),
        (0.3, 0.998, 0.1602607, 0.4515626),
    ],
)
def test_exact_limits_are_those_of_r(share: float, level: float, low: float, high: float) -> None:
    assert binomial_limits(share, 100, level) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("n", [5, 12, 40, 300])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.92])
def test_by_chance_neither_tail_alarms_more_often_than_its_level(
    level: float, n: int, share: float
) -> None:
    low, high = binomial_limits(share, n, level)
    counts = np.arange(n + 1)
    chances = binom.pmf(counts, n, share)
    tail = (1 - level) / 2
    assert chances[counts / n < low - 1e-12].sum() <= tail + 1e-12
    assert chances[counts / n > high + 1e-12].sum() <= tail + 1e-12


def test_large_samples_have_the_limits_of_the_normal() -> None:
    exact = binomial_limits(0.4, 20_000, 0.95)
    assert exact == pytest.approx(normal_limits(0.4, (0.24 / 20_000) ** 0.5, 0.95), abs=3e-5)


@pytest.mark.parametrize("between", [0.0, 0.05])
def test_with_overdispersion_the_limits_still_hold_what_they_say(between: float) -> None:
    """Forty teams of 50 to 500 answers, whose true means differ or not."""
    chance = np.random.default_rng(21)
    outside, inner, trials = 0, 0, 400
    for _ in range(trials):
        errors = 0.5 / np.sqrt(chance.integers(50, 500, 40))
        means = between * chance.standard_normal(40) + errors * chance.standard_normal(40)
        scores = means / errors
        phi = overdispersion(scores.tolist())
        variance = between_variance(scores.tolist(), errors.tolist(), phi) if phi > 1 else 0.0
        wide = np.sqrt(errors**2 + variance)
        outside += np.sum(abs(means) > 3.0902 * wide)
        inner += np.sum(abs(means) > 1.95996 * wide)
    # 0.2 and 5 % by chance alone. Winsorising takes the tails of teams that truly differ for
    # outliers, so that more of them is told (1.4 and 9 %): Spiegelhalter's choice, kept.
    assert 0.0005 < outside / (40 * trials) < (0.004 if between == 0 else 0.02)
    assert 0.03 < inner / (40 * trials) < (0.06 if between == 0 else 0.11)


def test_one_unit_or_units_alike_need_no_widening() -> None:
    assert between_variance([5.0], [1.0], 25.0) == 0.0
    assert between_variance([0.1, -0.1, 0.0], [1.0] * 3, 0.02) == 0.0
