"""Means and their differences, against R and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest

from verite.ledger.port import Tally
from verite.stats.clusters import clustered_variance, design_effect, plain_variance
from verite.stats.means import Spread, difference, mean_interval

# The sleep data that come with R.
GROUP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
GROUP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def _spread(values):
    return Spread(float(np.mean(values)), float(np.var(values, ddof=1)) / len(values), 9)


def test_the_interval_of_a_mean_is_students():
    """R: t.test(sleep$extra[sleep$group == 1]) → −0.5297804 to 2.0297804."""
    found = mean_interval(Tally.of([[x] for x in GROUP_1]))
    assert (found.low, found.high) == (pytest.approx(-0.5297804), pytest.approx(2.0297804))


def test_the_difference_of_two_means_is_welchs():
    """R: t.test(extra ~ group, data = sleep) → −3.3654832 to 0.2054832 (group 1 − group 2)."""
    found = difference(_spread(GROUP_2), _spread(GROUP_1))
    assert (found.low, found.high) == (pytest.approx(-3.3654832), pytest.approx(0.2054832))


def test_the_same_people_on_both_sides_give_the_paired_variance():
    """R: t.test(extra, paired) has standard error 0.3889587 on 1.58."""
    covariance = float(np.cov(GROUP_1, GROUP_2)[0, 1]) / 10
    wide = difference(_spread(GROUP_1), _spread(GROUP_2))
    found = difference(_spread(GROUP_1), _spread(GROUP_2), covariance)
    # Same degrees of freedom in both, so the ratio of widths is that of the standard errors.
    ratio = (found.high - found.low) / (wide.high - wide.low)
    assert ratio == pytest.approx(0.3889587 / 0.8490910, rel=1e-5)


def test_the_clustered_variance_is_that_of_statsmodels():
    """statsmodels 0.15, OLS on a constant, cov_type="cluster": .46153846, variance .02562935."""
    groups = [0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 4, 5, 5]
    y = [1.0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0]
    people = [[v for v, g in zip(y, groups, strict=True) if g == own] for own in range(6)]
    tally = Tally.of(people)
    assert tally.sum_y / tally.n == pytest.approx(0.46153846)
    assert clustered_variance(tally) == pytest.approx(0.02562935, abs=1e-8)
    found = mean_interval(tally)
    assert (found.low, found.high) == (
        pytest.approx(0.05000963, abs=1e-7),
        pytest.approx(0.8730673, abs=1e-7),
    )


def test_answers_all_alike_have_the_largest_design_effect():
    assert design_effect(Tally.of([[1.0] * 4] * 3)) == 4.0
    assert plain_variance(Tally.of([[1.0] * 4] * 3)) == 0.0
