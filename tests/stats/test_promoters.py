"""NPS intervals, against exact enumeration of the multinomial."""

from __future__ import annotations

from math import lgamma, log, sqrt

import numpy as np
import pytest

from verite.ledger.port import Tally
from verite.stats.intervals import normal_quantile
from verite.stats.promoters import (
    Stances,
    adjusted_variance,
    adjusted_wald,
    net_score,
    score_interval,
    score_variance,
    stances,
)


def _outcomes(n, shares):
    """Every possible answer count and its exact probability."""
    low, mid, high = (log(share) for share in shares)
    for detractors in range(n + 1):
        for promoters in range(n + 1 - detractors):
            passives = n - detractors - promoters
            weight = lgamma(n + 1) - sum(
                lgamma(count + 1) for count in (detractors, passives, promoters)
            )
            chance = np.exp(weight + detractors * low + passives * mid + promoters * high)
            yield Stances(detractors, passives, promoters), float(chance)


def _coverage(n, shares, interval):
    truth = shares[2] - shares[0]
    return sum(
        chance
        for counts, chance in _outcomes(n, shares)
        if interval(counts)[0] <= truth + 1e-12 and truth - 1e-12 <= interval(counts)[1]
    )


def _wald(counts):
    half = normal_quantile(0.95) * sqrt(score_variance(counts))
    return net_score(counts) - half, net_score(counts) + half


def _ours(counts):
    found = adjusted_wald(counts)
    return found.low, found.high


@pytest.mark.parametrize(
    ("n", "wald", "adjusted"), [(10, 0.649, 0.932), (25, 0.766, 0.963), (50, 0.909, 0.964)]
)
def test_the_adjusted_interval_covers_where_the_plain_one_collapses(n, wald, adjusted):
    """p = (.02, .08, .9), coverage of Wald and of adjusted Wald, as once found by simulation."""
    shares = (0.02, 0.08, 0.9)
    assert _coverage(n, shares, _wald) == pytest.approx(wald, abs=3e-3)
    assert _coverage(n, shares, _ours) == pytest.approx(adjusted, abs=3e-3)


def test_the_variance_is_exact_for_a_multinomial():
    """METHODS 1: enumeration of n = 6, p = (.5, .3, .2) gives .1016667 = .61/6."""
    scores = [(net_score(counts), chance) for counts, chance in _outcomes(6, (0.5, 0.3, 0.2))]
    mean = sum(score * chance for score, chance in scores)
    variance = sum((score - mean) ** 2 * chance for score, chance in scores)
    assert variance == pytest.approx(0.1016667, abs=1e-7)
    assert score_variance(Stances(3, 1.8, 1.2)) == pytest.approx(variance)


def test_ten_promoters_of_ten_are_not_a_certainty():
    found = adjusted_wald(Stances(0, 0, 10))
    assert found.low < 0.5
    assert found.high == 1.0


def test_counts_come_back_from_a_tally():
    tally = Tally.of([[-1.0]] * 7 + [[0.0]] * 2 + [[1.0]] * 2)
    assert stances(tally) == Stances(7, 2, 2)


def test_asking_everybody_twice_leaves_the_interval_as_wide():
    """Effective numbers: doubled rows of the same people must not count as more people."""
    answers = [-1.0] * 30 + [0.0] * 20 + [1.0] * 50
    once = score_interval(Tally.of([[y] for y in answers]))
    twice = score_interval(Tally.of([[y, y] for y in answers]))
    assert twice.high - twice.low == pytest.approx(once.high - once.low, rel=0.02)


def test_three_promoters_do_not_have_no_variance():
    assert adjusted_variance(Tally.of([[1.0]] * 3)) == pytest.approx(0.5 / 6)


def test_clustered_answers_are_covered_95_times_in_100():
    """400 surveys of 60 people with 1 to 5 answers each, alike within a person (seed 11)."""
    rng = np.random.default_rng(11)
    truth, inside = 0.2, 0
    for _ in range(400):
        people = []
        for _ in range(60):
            own = rng.choice([-1.0, 0.0, 1.0], p=[0.25, 0.3, 0.45])
            answers = [
                float(own if rng.random() < 0.7 else rng.choice([-1, 0, 1], p=[0.25, 0.3, 0.45]))
                for _ in range(rng.integers(1, 6))
            ]
            people.append(answers)
        found = score_interval(Tally.of(people))
        inside += found.low <= truth <= found.high
    assert 0.92 <= inside / 400 <= 0.985
