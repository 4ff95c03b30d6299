"""Sums at any θ from a few layers equal the sums added up unit by unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from verite.stats.crossed.design import Factor, Sums, add_up
from verite.stats.crossed.fitting import fit
from verite.stats.crossed.likelihood import criterion, look


def uneven(units: int, *, steep: float) -> Sums:
    """Units from one row to thousands, crossed with twelve others."""
    chance = np.random.default_rng(1)
    chances = np.exp(-steep * np.arange(units) / units)
    big = chance.choice(units, 20_000, p=chances / chances.sum()).astype(np.int32)
    small = chance.integers(0, 12, 20_000).astype(np.int32)
    y = chance.normal(0, 1, 20_000) + chance.normal(0, 0.3, units)[big]
    return add_up(
        y, [Factor(name="", codes=big, size=units), Factor(name="", codes=small, size=12)], []
    )


@pytest.mark.parametrize("steep", [0.0, 3.0, 8.0])
@pytest.mark.parametrize("theta", [0.001, 0.1, 1.0, 30.0])
def test_the_likelihood_is_that_of_all_the_units(steep: float, theta: float) -> None:
    sums = uneven(400, steep=steep)
    assert sums.layers is not None
    assert len(sums.layers.nodes) <= 60
    whole = replace(sums, layers=None)
    at = np.array([theta, 0.2])
    ours, theirs = look(sums, at), look(whole, at)
    assert criterion(sums, ours) == pytest.approx(criterion(whole, theirs), abs=1e-7)
    assert ours.pulls == pytest.approx(theirs.pulls, rel=1e-8, abs=1e-8)


def test_a_few_distinct_counts_are_kept_as_they_are() -> None:
    codes = np.repeat(np.arange(30, dtype=np.int32), np.repeat([2, 5, 9], 10))
    sums = add_up(np.sin(codes.astype(float)), [Factor(name="", codes=codes, size=30)], [])
    assert sums.layers is not None
    assert sums.layers.nodes.tolist() == [2.0, 5.0, 9.0]


def test_too_many_columns_are_added_up_at_each_theta() -> None:
    """1,500 units beside the largest: the layers would weigh more than they save."""
    chance = np.random.default_rng(2)
    big, small = (chance.integers(0, size, 4000).astype(np.int32) for size in (1600, 1500))
    factors = [Factor(name="", codes=big, size=1600), Factor(name="", codes=small, size=1500)]
    sums = add_up(chance.normal(0, 1, 4000), factors, [])
    assert sums.layers is None


def test_the_planted_variance_of_uneven_units_is_found() -> None:
    """0.3² = 0.09, of 400 units: its standard error is 0.0064, and some have few rows."""
    assert fit(uneven(400, steep=3.0)).variances[0] == pytest.approx(0.09, rel=0.25)
