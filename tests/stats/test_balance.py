"""Standardised differences, as they are and once weighted to overlap."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.balance import differences_of


def test_the_weights_of_a_logistic_regression_balance_its_columns_exactly() -> None:
    """Li, Morgan & Zaslavsky 2018, theorem 3."""
    from verite.stats.logistic import Design, fit_logistic

    rng = np.random.default_rng(3)
    x = rng.normal(size=(500, 2))
    d = (rng.random(500) < 1 / (1 + np.exp(-(x @ [0.8, -0.5])))).astype(float)
    fit = fit_logistic(Design(x=x, y=d, weight=np.ones(500), cluster=np.arange(500)))
    chance = 1 / (1 + np.exp(-fit.predict(x)))
    found = differences_of(x, d, chance, np.ones(500))
    assert found.before.min() > 0.3
    assert found.after == pytest.approx(np.zeros(2), abs=1e-3)


def test_the_worst_column_is_the_one_that_still_differs() -> None:
    x = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 2.0]])
    d = np.array([0.0, 0.0, 1.0, 1.0])
    found = differences_of(x, d, np.full(4, 0.5), np.ones(4))
    assert found.worst == 1
    assert found.after[0] == pytest.approx(0.0)


def test_a_column_that_never_varies_differs_from_nothing() -> None:
    found = differences_of(np.ones((4, 1)), np.array([0.0, 0, 1, 1]), np.full(4, 0.5), np.ones(4))
    assert found.after.tolist() == [0.0]
