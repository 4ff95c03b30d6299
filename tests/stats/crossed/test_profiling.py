"""Intervals of the variance between and of the shares: their height, edges and coverage."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.crossed.design import Factor, Sums, add_up
from verite.stats.crossed.effects import effects_of
from verite.stats.crossed.fitting import deviance, fit
from verite.stats.crossed.likelihood import look
from verite.stats.crossed.profiling import between_interval, share_interval

RISE = 3.841459  # R: qchisq(.95, 1)


def made(seed: int, sizes: tuple[int, ...], spreads: tuple[float, ...], rows: int) -> Sums:
    return drawn(np.random.default_rng(seed), sizes, spreads, rows)[0]


def drawn(
    chance: np.random.Generator, sizes: tuple[int, ...], spreads: tuple[float, ...], rows: int
) -> tuple[Sums, list[np.ndarray]]:
    y, random, effects = chance.normal(0, 1, rows), [], []
    for size, spread in zip(sizes, spreads, strict=True):
        codes = chance.integers(0, size, rows).astype(np.int32)
        own = chance.normal(0, 1, size) * spread
        y = y + own[codes]
        random.append(Factor(name="", codes=codes, size=size))
        effects.append(own - own[codes].mean())
    return add_up(y, random, []), effects


def lowest(sums: Sums, total: float) -> float:
    """The least deviance at a total variance, by brute force: every share, every noise."""
    best = np.inf
    for share in np.linspace(0, 1, 41):
        for noise in np.linspace(0.8, 1.25, 46):
            parts = np.array([share, 1 - share]) * total / noise
            best = min(best, deviance(sums, look(sums, np.sqrt(parts)), noise))
    return best


def test_at_both_bounds_the_deviance_has_risen_by_the_quantile() -> None:
    sums = made(3, (8, 14), (0.4, 0.3), 500)
    found = fit(sums)
    bounds = between_interval(sums, found)
    for bound in (bounds.low, bounds.high):
        assert lowest(sums, bound or 0.0) - found.criterion == pytest.approx(RISE, abs=0.03)


def test_one_factor_alone_bears_it_all() -> None:
    sums = made(4, (12,), (0.4,), 300)
    found = share_interval(sums, fit(sums), 0)
    assert (found.low, found.high) == (0.0, 1.0)


def test_where_nothing_varies_the_lower_bound_is_zero_and_there_is_an_upper_one() -> None:
    sums = made(5, (8, 14), (0.0, 0.0), 600)
    bounds = between_interval(sums, fit(sums))
    assert bounds.low == 0.0
    assert 0.0 < (bounds.high or 0.0) < 0.05


def test_a_share_lies_within_its_interval_and_all_of_them_sum_to_one() -> None:
    sums = made(6, (8, 14, 30), (0.4, 0.2, 0.1), 1500)
    found = fit(sums)
    shares = found.variances / found.between
    assert shares.sum() == pytest.approx(1.0)
    for place, share in enumerate(shares):
        bounds = share_interval(sums, found, place)
        assert (bounds.low or 0.0) <= share <= (bounds.high or 0.0)


@pytest.mark.parametrize(
    ("sizes", "spreads", "rows"),
    [((10,), (0.5,), 200), ((25,), (0.5,), 500), ((6, 15), (0.3, 0.2), 800)],
)
def test_intervals_cover_what_was_planted(
    sizes: tuple[int, ...], spreads: tuple[float, ...], rows: int
) -> None:
    """60 draws: 95 % nominal, so fewer than 50 in 60 would come once in 20,000."""
    chance = np.random.default_rng(7)
    truth, held = sum(spread**2 for spread in spreads), 0
    for _ in range(60):
        sums, _ = drawn(chance, sizes, spreads, rows)
        bounds = between_interval(sums, fit(sums))
        held += (bounds.low or 0.0) <= truth <= (bounds.high or 0.0)
    assert held >= 50


def test_intervals_of_units_cover_effects_that_hardly_differ() -> None:
    """90 % nominal, over 40 draws of 8 units that hardly differ."""
    chance = np.random.default_rng(8)
    held = []
    for _ in range(40):
        sums, effects = drawn(chance, (8, 12), (0.1, 0.2), 300)
        found = effects_of(sums, fit(sums), 0)
        held.append(np.abs(effects[0] - found.values) <= 1.645 * found.deviations)
    assert 0.85 <= np.mean(held) <= 0.98
