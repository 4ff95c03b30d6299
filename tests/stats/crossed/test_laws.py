"""Laws of the crossed model: names, order, unit and origin of the answers change nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.stats.crossed.design import Factor, add_up
from verite.stats.crossed.fitting import Fit, fit

SIZES = (6, 9)


def drawn(seed: int) -> tuple[np.ndarray, list[np.ndarray]]:
    chance = np.random.default_rng(seed)
    codes = [chance.integers(0, size, 150) for size in SIZES]
    y = chance.normal(0, 1, 150)
    for place, size in zip(codes, SIZES, strict=True):
        y += chance.normal(0, 0.5, size)[place]
    return y, codes


def fitted(y: np.ndarray, codes: list[np.ndarray]) -> Fit:
    factors = [
        Factor(name="", codes=place.astype(np.int32), size=size)
        for place, size in zip(codes, SIZES, strict=True)
    ]
    return fit(add_up(y, factors, []))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_order_and_names_change_nothing(seed: int) -> None:
    y, codes = drawn(seed)
    before = fitted(y, codes)
    chance = np.random.default_rng(seed + 1)
    order = chance.permutation(len(y))
    named = [chance.permutation(size)[place] for place, size in zip(codes, SIZES, strict=True)]
    after = fitted(y[order], [place[order] for place in named])
    assert after.criterion == pytest.approx(before.criterion, abs=1e-6)
    assert after.variances == pytest.approx(before.variances, rel=1e-2, abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), times=st.floats(0.1, 20), more=st.floats(-50, 50))
def test_variances_follow_the_unit_and_ignore_the_origin(
    seed: int, times: float, more: float
) -> None:
    y, codes = drawn(seed)
    before, after = fitted(y, codes), fitted(y * times + more, codes)
    expected = before.variances * times**2
    assert after.variances == pytest.approx(expected, rel=1e-2, abs=1e-4 * times**2)
    assert after.noise == pytest.approx(before.noise * times**2, rel=1e-3)
