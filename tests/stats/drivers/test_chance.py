"""What chance tells of an outcome is taken away: with nothing to find nothing is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.stats.chance import chance_of, fair_shares
from verite.stats.grams import Grams, grams_by_group
from verite.stats.relative import relative_weights
from verite.stats.shapley import Shares, lmg
from verite.stats.sturdy import robustness

SIZES = (2, 1, 2)


def share(grams: np.ndarray) -> Shares:
    return lmg(grams, 1, SIZES)


def noise(seed: int, people: int = 60, each: int = 1) -> Grams:
    """Columns and an outcome with nothing in common; a person's answers are all the same."""
    rng = np.random.default_rng(seed)
    lines = np.column_stack([np.ones(people), rng.normal(size=(people, 6))])
    person = np.repeat(np.arange(people), each)
    return grams_by_group(np.repeat(lines, each, axis=0), person)


@pytest.mark.parametrize("each", [1, 3])
def test_of_noise_nothing_is_left_on_average_however_often_a_person_answers(each: int) -> None:
    """The raw R² of 5 columns on 60 people is 5/59 on average, and stays so with three answers
    each, where counting lines would leave two thirds of it."""
    raw, left = [], []
    for seed in range(150):
        grams = noise(seed, each=each)
        found, chance = share(grams.whole[None]), chance_of(grams, share)
        raw.append(float(found.r2[0]))
        left.append(found.shares[0] - chance.shares)
        assert chance.shares.sum() == pytest.approx(chance.r2)
    assert np.mean(raw) == pytest.approx(5 / 59, abs=0.01)
    assert np.mean(left, axis=0) == pytest.approx([0.0] * 3, abs=0.006)


def test_with_noise_alike_it_is_the_adjusted_r2() -> None:
    """Ezekiel 1930: 1 − (1 − R²)(n − 1)/(n − k − 1), on many lines."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(1500, 5))
    y = x[:, 0] + rng.normal(size=1500)
    grams = grams_by_group(np.column_stack([np.ones(1500), x, y]), np.arange(1500))
    raw = float(share(grams.whole[None]).r2[0])
    adjusted = 1.0 - (1.0 - raw) * 1499 / 1494
    assert raw - chance_of(grams, share).r2 == pytest.approx(adjusted, abs=2e-4)


def test_johnson_s_weights_lose_as_much() -> None:
    grams = noise(3)
    johnson = chance_of(grams, lambda one: relative_weights(one, 1, SIZES))
    assert johnson.r2 == pytest.approx(chance_of(grams, share).r2, rel=1e-6)


@settings(max_examples=50)
@given(st.lists(st.floats(-0.2, 0.5), min_size=1, max_size=8), st.floats(-0.1, 1.0))
def test_fair_shares_sum_to_the_whole_and_keep_their_order(told: list[float], whole: float) -> None:
    given_shares = np.array(told)
    found = fair_shares(given_shares, whole)
    assert found.min() >= 0.0
    assert found.sum() == pytest.approx(max(whole, 0.0), abs=1e-9)
    order = np.argsort(given_shares, kind="stable")
    assert np.all(np.diff(found[order]) >= -1e-12)


def test_a_force_beyond_measure_needs_all_that_is_left() -> None:
    """No overflow where a t is out of all bounds."""
    assert robustness(1e160, 10).value == pytest.approx(1.0)
    assert robustness(0.0, 10).value == 0.0
