"""Exact intervals of counts and of ratios of rates, against published values."""

from __future__ import annotations

import pytest

from verite.stats.counts import Rate, poisson_interval, rate_ratio_interval


@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668)]
)
def test_a_count_agrees_with_garwood_1936(events: int, low: float, high: float) -> None:
    found = poisson_interval(events)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


def test_equal_counts_and_exposures_hold_one() -> None:
    found = rate_ratio_interval(Rate(50, 100), Rate(50, 100))
    assert found.low is not None
    assert found.high == pytest.approx(1 / found.low)


def test_nothing_before_leaves_the_ratio_open() -> None:
    found = rate_ratio_interval(Rate(0, 100), Rate(8, 100))
    assert found.high is None
    assert found.excludes(1.0)
