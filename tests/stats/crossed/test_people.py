"""People who answer several times: as lme4 with (1 | person); they make no gap between teams."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.stats.crossed.test_lme4 import PASTES, PENICILLIN, factor

from verite.stats.crossed.design import Factor, Sums, add_up
from verite.stats.crossed.effects import effects_of
from verite.stats.crossed.fitting import fit
from verite.stats.crossed.likelihood import covered, criterion, look, spread_of
from verite.stats.crossed.people import absorb, ratio_of
from verite.stats.crossed.profiling import between_interval, share_interval
from verite.stats.sameness import sameness


def penicillin() -> Sums:
    """The plates are the people: each gives an answer to each of six samples."""
    plates = PENICILLIN.split()
    y = np.array([float(plate[k : k + 2]) for plate in plates for k in range(0, 12, 2)])
    place = np.arange(len(y))
    return add_up(y, [factor(place % 6, 6)], [], factor(place // 6, 24))


def pastes() -> Sums:
    """The casks are the people: each stays in its batch and gives two answers."""
    y = np.array([float(one) for cask in PASTES.split() for one in cask.split("/")])
    place = np.arange(60)
    return add_up(y, [factor(place // 6, 10)], [], factor(place // 2, 30))


@pytest.mark.parametrize(
    ("sums", "between", "people", "noise", "height"),
    [
        (penicillin(), 3.7311318427, 0.7169051409, 0.3024149563, 330.860589),
        (pastes(), 1.6573079610, 8.4336679284, 0.6779999483, 246.990745853),
    ],
    ids=["crossed", "nested"],
)
def test_the_variances_are_those_of_lme4_with_people_in_it(
    sums: Sums, between: float, people: float, noise: float, height: float
) -> None:
    """lmer(diameter ~ 1 + (1|sample) + (1|plate)), lmer(strength ~ 1 + (1|batch) + (1|cask))."""
    found = fit(sums)
    assert found.variances == pytest.approx([between], rel=1e-3)
    assert found.between == pytest.approx(between, rel=1e-3)
    assert found.people == pytest.approx(people, rel=1e-3)
    assert found.noise == pytest.approx(noise, rel=1e-3)
    assert found.criterion == pytest.approx(height, abs=1e-4)


@pytest.mark.parametrize("sums", [penicillin(), pastes()], ids=["crossed", "nested"])
def test_taken_out_at_the_best_ratio_people_leave_the_same_fit(sums: Sums) -> None:
    """Balanced tables: fitting constants gives the same ratio as the likelihood."""
    found = fit(sums)
    ratio = ratio_of(sums)
    assert ratio == pytest.approx(found.people / found.noise, rel=1e-3)
    again = fit(absorb(sums, found.people / found.noise))
    assert again.variances == pytest.approx(found.variances, rel=1e-3)
    assert again.noise == pytest.approx(found.noise, rel=1e-3)
    assert again.people == pytest.approx(found.people, rel=1e-3)
    assert again.criterion == pytest.approx(found.criterion, abs=1e-5)


def drawn(seed: int, *, team: float = 0.0, stay: float = 1.0) -> tuple[np.ndarray, list[Factor]]:
    """50 teams, 20 people a team, 5 answers each, people and answers differing by 1.5 points."""
    chance = np.random.default_rng(seed)
    who = np.repeat(np.arange(1000), 5)
    own = np.where(chance.random(5000) < stay, who // 20, chance.integers(0, 50, 5000))
    y = 6 + chance.normal(0, 1.5, 1000)[who] + chance.normal(0, 1.5, 5000)
    y += team * chance.normal(0, 1, 50)[own]
    week = chance.integers(0, 26, 5000)
    return y, [factor(own, 50), factor(week, 26), factor(who, 1000)]


@pytest.mark.parametrize("absorbed", [False, True])
def test_people_who_stay_with_their_team_do_not_make_teams_differ(absorbed: bool) -> None:
    """No team differs: the index is 100. Taken as independent, 79 and never an interval to 100."""
    held, found, plain = 0, [], []
    for seed in range(12):
        y, (team, week, who) = drawn(seed)
        sums = add_up(y, [team, week], [], who)
        sums = absorb(sums, ratio_of(sums) or 0.0) if absorbed else sums
        best = fit(sums)
        held += between_interval(sums, best).low == 0.0
        found.append(sameness(best.between**0.5, 0.5))
        plain.append(sameness(fit(add_up(y, [team, week], [])).between ** 0.5, 0.5))
    assert held >= 10  # 95 % of 12: fewer than 10 would come once in 50
    assert np.mean(found) > 92
    assert np.mean(plain) < 85


@pytest.mark.parametrize("stay", [1.0, 0.7, 0.0])
def test_a_planted_deviation_is_covered_whether_people_stay_or_roam(stay: float) -> None:
    held, found = 0, []
    for seed in range(20):
        y, (team, week, who) = drawn(seed, team=0.4, stay=stay)
        sums = add_up(y, [team, week], [], who)
        best = fit(sums)
        bounds = between_interval(sums, best)
        held += (bounds.low or 0.0) <= 0.16 <= (bounds.high or 0.0)
        found.append(best.between)
    assert held >= 16
    assert np.mean(found) == pytest.approx(0.16, abs=0.05)


def test_shares_are_of_what_differs_between_people_aside() -> None:
    y, (team, week, who) = drawn(1, team=0.5)
    sums = add_up(y, [team, week], [], who)
    found = fit(sums)
    bounds = share_interval(sums, found, 0)
    assert (bounds.low or 0.0) <= found.variances[0] / found.between <= (bounds.high or 0.0)
    assert found.alike == pytest.approx(0.5, abs=0.08)


def test_a_share_alone_is_all_of_it_however_people_differ() -> None:
    sums = pastes()
    bounds = share_interval(sums, fit(sums), 0)
    assert (bounds.low, bounds.high) == (0.0, 1.0)


def test_distances_are_the_same_with_people_in_the_model_or_taken_out() -> None:
    y, (team, week, who) = drawn(2, team=0.4, stay=0.7)
    sums = add_up(y, [team, week], [], who)
    found = fit(sums)
    out = absorb(sums, found.people / found.noise)
    inside, outside = (effects_of(one, fit(one), 0) for one in (sums, out))
    assert inside.values == pytest.approx(outside.values, abs=2e-3)
    assert inside.deviations == pytest.approx(outside.deviations, rel=0.02)
    assert inside.levels == pytest.approx(outside.levels, rel=0.02)


def test_what_is_turned_is_turned_back() -> None:
    """With people out, spread and covariance equal those of the whole inverse."""
    y, (team, week, who) = drawn(3, team=0.4, stay=0.5)
    ratio, theta = 0.8, np.array([0.3, 0.2])
    sums = absorb(add_up(y, [team, week], [], who), ratio)
    point = look(sums, theta)
    counts = np.bincount(who.codes)
    parts = [np.eye(one.size)[one.codes] for one in (team, week)] + [np.ones((len(y), 1))]
    plain = np.hstack(parts)
    means = np.array([np.bincount(who.codes, c) for c in plain.T]).T / counts[:, None]
    freed = plain - (1 - 1 / np.sqrt(1 + ratio * counts))[who.codes][:, None] * means[who.codes]
    freed[:, :50] *= theta[0]
    freed[:, 50:76] *= theta[1]
    products = freed.T @ freed
    products[np.arange(76), np.arange(76)] += 1.0
    inverse = np.linalg.inv(products)
    assert spread_of(sums, point, 0) == pytest.approx(np.diag(inverse)[:50])
    weights = np.random.default_rng(5).random(77)
    found = np.concatenate(covered(sums, point, weights[:50], weights[50:]))
    assert found == pytest.approx(inverse @ weights)
    whole = replace(sums, layers=None)
    assert criterion(sums, point) == pytest.approx(criterion(whole, look(whole, theta)), abs=1e-6)
