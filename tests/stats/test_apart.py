"""A share inside against the share outside: R's test, laws, false alarms."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.apart import apart, apart_each


def test_one_row_each_is_the_pooled_z_test_of_r() -> None:
    """R: prop.test(c(60, 80), c(100, 100), correct = FALSE) X-squared 9.5238, here × 199/200."""
    from math import erfc, sqrt

    y = np.repeat([1.0, 0.0, 1.0, 0.0], [60, 40, 80, 20])
    expected = erfc(sqrt(9.5238095 * 199 / 200 / 2))
    assert apart(y, np.arange(200) < 100, np.arange(200)) == pytest.approx(expected, rel=1e-6)


def test_a_side_that_is_empty_or_shares_all_alike_tell_nothing() -> None:
    y, people = np.ones(10), np.arange(10)
    assert apart(y, np.zeros(10, bool), people) == 1.0
    assert apart(y, np.arange(10) < 5, people) == 1.0


def test_persons_seen_many_times_count_once() -> None:
    """Twenty persons seen twice each, always alike: as sure as one row each, never surer."""
    y = np.repeat([1.0] * 8 + [0.0] * 2 + [1.0] * 4 + [0.0] * 6, 1)
    inside, people = np.arange(20) < 10, np.arange(20)
    once = apart(y, inside, people)
    twice = apart(np.repeat(y, 2), np.repeat(inside, 2), np.repeat(people, 2))
    assert twice == pytest.approx(once)


def test_without_a_difference_it_cries_wolf_one_time_in_twenty() -> None:
    """Persons with a temper of their own, seen on both sides: 5 % of 2,000 draws, ± 1 %."""
    rng = np.random.default_rng(1)
    found = 0
    for _ in range(2000):
        people = rng.integers(0, 120, 400)
        temper = rng.beta(8, 2, 120)[people]
        y = (rng.random(400) < temper).astype(float)
        found += apart(y, rng.random(400) < 0.2, people) < 0.05
    assert 0.035 <= found / 2000 <= 0.065


@pytest.mark.parametrize("people", [300, 40, 2, 1])
def test_all_groups_at_once_are_each_against_the_others(people: int) -> None:
    rng = np.random.default_rng(people)
    y = (rng.random(300) < 0.8).astype(float)
    codes, owners = rng.integers(0, 5, 300), rng.integers(0, people, 300)
    found = apart_each(y, codes, owners, 6)
    expected = [apart(y, codes == group, owners) for group in range(6)]
    assert found == pytest.approx(expected, rel=1e-9)
    assert found[5] == 1.0  # nobody


def test_groups_of_shares_all_alike_tell_nothing() -> None:
    assert apart_each(np.ones(10), np.arange(10) % 3, np.arange(10), 3) == [1.0] * 3
    assert apart_each(np.ones(0), np.zeros(0, int), np.zeros(0, int), 2) == [1.0] * 2
