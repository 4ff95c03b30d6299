"""Medians and their order-statistic intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.stats.intervals import Interval
from verite.stats.quantiles import ordered, quantile, quantile_interval


def _histogram(values):
    found, counts = np.unique(values, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=60), st.sampled_from([0.5, 0.9]))
@settings(max_examples=150, deadline=None)
def test_a_quantile_is_that_of_numpy(values, part):
    assert quantile(ordered(_histogram(values)), part) == pytest.approx(np.quantile(values, part))


@pytest.mark.parametrize(
    ("rows", "low", "high"), [(6, 1, 6), (10, 2, 9), (20, 6, 15), (30, 10, 21), (50, 18, 33),
                              (100, 40, 61)]
)  # fmt: skip
def test_the_ranks_of_a_median_are_the_tabulated_ones(rows, low, high):
    """Conover 1999, table A3 / R: qbinom(c(.025, .975), n, .5) + c(0, 1)."""
    found = quantile_interval(ordered({float(x): 1 for x in range(1, rows + 1)}), 0.5)
    assert found == Interval(low, high)


def test_five_values_are_too_few_for_a_median_at_95_percent():
    found = quantile_interval(ordered({float(x): 1 for x in range(5)}), 0.5)
    assert found == Interval(None, None)


def test_fewer_effective_rows_make_it_wider():
    values = ordered({float(x): 1 for x in range(1, 101)})
    plain, clustered = quantile_interval(values, 0.5), quantile_interval(values, 0.5, 25)
    assert clustered.low < plain.low
    assert clustered.high > plain.high


def test_medians_are_covered_95_times_in_100():
    """600 samples of 40 waits, exponential of median ln 2 (seed 3)."""
    rng = np.random.default_rng(3)
    inside = 0
    for _ in range(600):
        found = quantile_interval(ordered(_histogram(rng.exponential(size=40))), 0.5)
        inside += found.low <= np.log(2) <= found.high
    assert inside / 600 >= 0.94
