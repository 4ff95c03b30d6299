"""Laney's p′: the p chart where chance alone moves shares, XmR where samples are equal."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.charts import individual_limits
from verite.stats.laney import prime_shares

# Montgomery, 6th ed., table 7.1: cans that leak among 50; table 7.4: orders with errors.
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15,
        9, 12, 7, 13, 9, 6]  # fmt: skip
SIZES = [100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110, 80, 80, 80, 90,
         100, 100, 100, 100, 90, 90]  # fmt: skip
ERRORS = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9]


def test_with_sigma_z_of_one_the_limits_are_those_of_the_p_chart_of_montgomery() -> None:
    """Example 7.1: p̄ = .2313, limits .0524 and .4102."""
    found = prime_shares(CANS, [50] * 30)
    assert round(found.mean, 4) == 0.2313
    plain = type(found)(found.mean, 1.0, found.points)
    assert plain.limits(50) == pytest.approx((0.0524, 0.4102), abs=1e-4)


def test_unequal_samples_have_limits_of_their_own_size() -> None:
    """Table 7.4: 234 of 2,450; σ_z and the limit by R 4: mean(abs(diff(z)))/1.128 = 0.965674."""
    found = prime_shares(ERRORS, SIZES)
    assert found.mean == pytest.approx(234 / 2450)
    assert found.sigma_z == pytest.approx(0.965674, abs=1e-6)
    assert found.limits(100)[1] == pytest.approx(0.180659, abs=1e-6)
    assert found.limits(400)[1] < found.limits(100)[1] < found.limits(50)[1]


def test_samples_of_one_size_give_the_limits_of_single_values() -> None:
    """Laney 2002: with equal samples p′ is the XmR chart of the shares."""
    found = prime_shares(CANS, [50] * 30)
    single = individual_limits([count / 50 for count in CANS])
    assert found.mean == pytest.approx(single.mean)
    upper = found.limits(50)[1]
    # 3/1.128 is rounded to 2.66 there.
    assert upper - found.mean == pytest.approx(single.upper - single.mean, rel=2e-4)


@pytest.mark.parametrize(("spread", "expected"), [(0.0, 1.0), (0.02, 2.24)])
def test_sigma_z_says_how_many_times_chance_the_shares_vary(spread: float, expected: float) -> None:
    """Truth: √(1 + spread²·n/(p(1 − p))) with n = 2,500, p = .5: 1 and √5 = 2.236."""
    chance = np.random.default_rng(8)
    shares = np.clip(0.5 + spread * chance.standard_normal(4000), 0, 1)
    found = prime_shares(chance.binomial(2500, shares).tolist(), [2500] * 4000)
    assert found.sigma_z == pytest.approx(expected, rel=0.04)


@pytest.mark.parametrize("spread", [0.0, 0.02])
def test_three_in_a_thousand_points_alarm_whatever_the_overdispersion(spread: float) -> None:
    chance = np.random.default_rng(9)
    sizes = chance.integers(300, 3000, 20_000)
    shares = 0.4 + spread * chance.standard_normal(20_000)
    counts = chance.binomial(sizes, shares)
    found = prime_shares(counts.tolist(), sizes.tolist())
    limits = np.array([found.limits(int(n)) for n in sizes])
    alarms = np.mean((counts / sizes < limits[:, 0]) | (counts / sizes > limits[:, 1]))
    # 0.27 % of a normal; sizes that vary tenfold leave a little more when chance is not alone.
    assert 0.0015 < alarms < (0.0045 if spread == 0 else 0.0100)


@pytest.mark.parametrize(
    ("counts", "sizes"), [([5] * 5, [10] * 5), ([0] * 8, [10] * 8), ([10] * 8, [10] * 8), ([], [])]
)
def test_too_few_samples_or_shares_that_never_vary_have_no_limits(counts, sizes) -> None:
    assert prime_shares(counts, sizes) is None
