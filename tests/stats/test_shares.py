"""Wilson and Newcombe, against published tables and statsmodels 0.15."""

from __future__ import annotations

import numpy as np
import pytest

from verite.ledger.port import Tally
from verite.stats.intervals import normal_quantile
from verite.stats.shares import Side, mover, share_interval, wilson

Z = normal_quantile(0.95)


@pytest.mark.parametrize(
    ("count", "rows", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_wilson_agrees_with_newcombe_1998a_table_1(count, rows, low, high):
    found = wilson(count / rows, rows, Z)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090),
     ((5, 56), (0, 29), -0.0381, 0.1926), ((10, 10), (0, 20), 0.6791, 1.0000)],
)  # fmt: skip
def test_newcombe_agrees_with_his_1998b_table_2_method_10(after, before, low, high):
    """Also statsmodels confint_proportions_2indep(method="newcomb")."""
    sides = [Side(x / n, wilson(x / n, n, Z)) for x, n in (before, after)]
    found = mover(*sides)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_an_open_bound_leaves_the_difference_open():
    from verite.stats.intervals import Interval

    found = mover(Side(1.0, Interval(0.5, None)), Side(3.0, Interval(2.0, 4.0)))
    assert found.low is None
    assert found.high == pytest.approx(2 + (1 + 0.25) ** 0.5)


def test_clustered_shares_are_covered_95_times_in_100():
    """400 samples of 50 people, 1 to 6 contacts each, alike within a person (seed 5)."""
    rng = np.random.default_rng(5)
    inside = 0
    for _ in range(400):
        leaning = rng.beta(2, 1, size=50)  # mean 2/3
        tally = Tally.of(
            [list((rng.random(rng.integers(1, 7)) < p).astype(float)) for p in leaning]
        )
        found = share_interval(tally)
        inside += found.low <= 2 / 3 <= found.high
    assert 0.92 <= inside / 400 <= 0.98


def test_one_person_alone_says_nothing_of_the_others():
    found = share_interval(Tally.of([[1.0] * 40]))
    assert (found.low, found.high) == (0.0, 1.0)
