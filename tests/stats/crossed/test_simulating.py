"""Answers drawn as sums: what was planted comes out, and bounds too near are told."""

from __future__ import annotations

import numpy as np
import pytest
from tests.stats.crossed.test_lme4 import factor

from verite.stats.crossed.design import Sums, add_up
from verite.stats.crossed.fitting import Fit, fit
from verite.stats.crossed.profiling import between_interval
from verite.stats.crossed.simulating import check_bounds
from verite.stats.intervals import Interval


def made(*, people: bool) -> tuple[Sums, Fit]:
    """12 teams and 8 weeks, 600 answers of 200 people."""
    chance = np.random.default_rng(4)
    who = np.repeat(np.arange(200), 3)
    team, week = who % 12, chance.integers(0, 8, 600)
    y = chance.normal(0, 0.5, 12)[team] + chance.normal(0, 0.3, 8)[week]
    y += chance.normal(0, 1, 600) + people * chance.normal(0, 0.8, 200)[who]
    factors = [factor(team, 12), factor(week, 8)]
    sums = add_up(y, factors, [factor(chance.integers(0, 3, 600), 3)],
                  factor(who, 200) if people else None)  # fmt: skip
    return sums, fit(sums)


@pytest.mark.parametrize("people", [False, True])
def test_profile_bounds_have_some_draws_in_forty_beyond_what_was_found(people: bool) -> None:
    sums, found = made(people=people)
    tails = check_bounds(sums, found, between_interval(sums, found), draws=120, seed=1)
    assert tails.high <= 0.025 + 3 * (0.025 * 0.975 / 120) ** 0.5
    assert (tails.low or 0.0) <= 0.025 + 3 * (0.025 * 0.975 / 120) ** 0.5


@pytest.mark.parametrize("people", [False, True])
def test_at_what_was_found_about_half_of_the_draws_are_beyond(people: bool) -> None:
    """Bounds at the estimate itself are far too near: a third to two thirds lie beyond."""
    sums, found = made(people=people)
    tails = check_bounds(sums, found, Interval(found.between, found.between), draws=120, seed=2)
    assert 0.33 < tails.high < 0.72
    assert (tails.low or 0.0) == pytest.approx(1 - tails.high, abs=0.15)


def test_a_lower_bound_of_zero_is_not_tried() -> None:
    sums, found = made(people=False)
    tails = check_bounds(sums, found, Interval(0.0, 4 * found.between), draws=20, seed=3)
    assert tails.low is None


def test_the_same_seed_draws_the_same() -> None:
    sums, found = made(people=False)
    bounds = between_interval(sums, found)
    first, again = (check_bounds(sums, found, bounds, draws=10, seed=5) for _ in range(2))
    assert first == again
