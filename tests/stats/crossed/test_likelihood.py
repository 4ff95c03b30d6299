"""The likelihood from sums equals the one from the whole matrices; its slopes are its own."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.crossed.design import Factor, add_up
from verite.stats.crossed.likelihood import covered, criterion, look, spread_of

ROWS, SIZES, KINDS = 400, (5, 30, 12), 4
THETA = np.array([0.4, 0.2, 0.6])  # of the factors of 30, 12 and 5 units, in that order


def made(seed: int = 1) -> tuple[np.ndarray, list[Factor], list[Factor]]:
    chance = np.random.default_rng(seed)
    random = [
        Factor(name="", codes=chance.integers(-(k == 0), q, ROWS).astype(np.int32), size=q)
        for k, q in enumerate(SIZES)
    ]
    kinds = [Factor(name="", codes=chance.integers(0, KINDS, ROWS).astype(np.int32), size=KINDS)]
    return chance.normal(3.0, 1.0, ROWS), random, kinds


def told(codes: np.ndarray, size: int) -> np.ndarray:
    return (codes[:, None] == np.arange(size)).astype(float)


def whole(y: np.ndarray, random: list[Factor], kinds: list[Factor]) -> np.ndarray:
    """[Z Λ, X] in the order of the sums."""
    order = sorted(range(3), key=lambda k: -SIZES[k])
    parts = [told(random[k].codes, SIZES[k]) * theta for k, theta in zip(order, THETA, strict=True)]
    fixed = told(kinds[0].codes, KINDS)[:, 1:]
    return np.hstack([*parts, fixed, np.ones((len(y), 1))])


def test_it_equals_that_of_the_whole_matrices() -> None:
    """−2 log REML = log|V| + log|X'V⁻¹X| + (n − p)(1 + log 2πσ²), V = I + ZΛΛ'Z' (σ² profiled)."""
    y, random, kinds = made()
    point = look(add_up(y, random, kinds), THETA)
    full = whole(y, random, kinds)
    z, x = full[:, : sum(SIZES)], full[:, sum(SIZES) :]
    inverse = np.linalg.inv(np.eye(len(y)) + z @ z.T)
    inner = x.T @ inverse @ x
    left = y - x @ np.linalg.solve(inner, x.T @ inverse @ y)
    free = len(y) - x.shape[1]
    noise = left @ inverse @ left / free
    logs = np.linalg.slogdet(inner)[1] - np.linalg.slogdet(inverse)[1]
    expected = logs + free * (1 + np.log(2 * np.pi * noise))
    assert criterion(add_up(y, random, kinds), point) == pytest.approx(expected, rel=1e-8)


def test_its_slopes_are_its_own() -> None:
    y, random, kinds = made(2)
    sums = add_up(y, random, kinds)
    point = look(sums, THETA)
    slopes = point.pulls - (sums.n - sums.fixed) * point.gains / point.squares
    for k in range(3):
        step = np.where(np.arange(3) == k, 1e-5, 0.0)
        above, below = (criterion(sums, look(sums, THETA * np.exp(s))) for s in (step, -step))
        assert slopes[k] == pytest.approx((above - below) / 2e-5, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_spread_of_each_unit_is_that_of_the_whole_inverse(place: int) -> None:
    y, random, kinds = made(3)
    sums = add_up(y, random, kinds)
    full = whole(y, random, kinds)
    products = full.T @ full
    ridge = np.arange(sum(SIZES))
    products[ridge, ridge] += 1.0
    start = sum(sums.sizes[:place])
    own = np.linalg.inv(products)[start : start + sums.sizes[place]][
        :, start : start + sums.sizes[place]
    ]
    point = look(sums, THETA)
    assert spread_of(sums, point, place) == pytest.approx(np.diag(own))


def test_the_covariance_with_a_weighted_sum_is_that_of_the_whole_inverse() -> None:
    y, random, kinds = made(3)
    sums = add_up(y, random, kinds)
    full = whole(y, random, kinds)
    products = full.T @ full
    ridge = np.arange(sum(SIZES))
    products[ridge, ridge] += 1.0
    weights = np.random.default_rng(4).random(len(products))
    first, others = weights[: sums.sizes[0]], weights[sums.sizes[0] :]
    found = np.concatenate(covered(sums, look(sums, THETA), first, others))
    assert found == pytest.approx(np.linalg.inv(products) @ weights)


def test_columns_that_others_tell_are_dropped_and_their_relation_kept() -> None:
    """b = 2 exactly where a = 1: that column of b is the one of a."""
    codes = np.array([0, 1, 2, 3] * 6, np.int32)
    first = Factor(name="", codes=(codes == 1).astype(np.int32), size=2)
    second = Factor(name="", codes=np.array([0, 2, 1, 1], np.int32)[codes], size=3)
    nobody = Factor(name="", codes=codes, size=4)
    sums = add_up(np.arange(24.0), [nobody], [first, second])
    assert sums.columns == ((0, 1), (1, 1), (-1, 0))
    assert sums.dropped == ((1, 2),)
    assert sums.relations == pytest.approx(np.array([[1.0, 0.0, 0.0]]))
