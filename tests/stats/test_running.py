"""Quantiles of everything so far are those of numpy on each beginning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.stats.running import quantiles_so_far

VALUES = st.lists(st.integers(0, 9).map(float), min_size=1, max_size=70)


@given(VALUES, st.sampled_from([0.0, 0.5, 0.95, 0.99, 1.0]))
def test_each_beginning_has_the_quantile_that_numpy_finds(values: list[float], q: float) -> None:
    counts = np.arange(len(values) + 1)
    found = quantiles_so_far(np.array(values), counts, q)
    assert np.isnan(found[0])
    assert found[1:] == pytest.approx([np.quantile(values[:n], q) for n in counts[1:]])


def test_a_thousand_days_of_a_hundred_thousand_values() -> None:
    values = np.random.default_rng(1).exponential(60, 100_000)
    counts = np.linspace(0, 100_000, 1000).astype(np.int64)
    found = quantiles_so_far(values, counts, 0.95)
    assert found[-1] == pytest.approx(np.quantile(values, 0.95))
    assert found[500] == pytest.approx(np.quantile(values[: counts[500]], 0.95))
