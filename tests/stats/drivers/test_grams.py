"""Gram matrices by groups of people: errors, draws, and the robustness of a coefficient."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.grams import fit_line, fit_quick, grams_by_group, groups_of, solve
from verite.stats.intervals import student_quantile
from verite.stats.pooling import pool
from verite.stats.sturdy import joint_p


def made(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.normal(size=(n, 3))])
    return x, x[:, 1] + rng.normal(size=n) * (0.5 + np.abs(x[:, 1]))


def test_with_one_line_a_person_the_errors_are_hc3() -> None:
    """MacKinnon & White 1985: (XᵀX)⁻¹ Xᵀ diag(e²/(1 − h)²) X (XᵀX)⁻¹."""
    x, y = made(80, 1)
    inverse = np.linalg.inv(x.T @ x)
    left = y - x @ inverse @ x.T @ y
    lever = np.einsum("ij,jk,ik->i", x, inverse, x)
    expected = inverse @ (x.T * (left / (1 - lever)) ** 2) @ x @ inverse
    line = fit_line(grams_by_group(np.column_stack([x, y]), np.arange(80)))
    assert line.covariance == pytest.approx(expected, rel=1e-5)
    assert line.coefficients == pytest.approx(inverse @ x.T @ y, rel=1e-7)


def test_many_people_are_drawn_into_groups_and_errors_stay_the_same() -> None:
    x, y = made(30_000, 2)
    group = groups_of(np.arange(30_000), seed=1)
    order = np.argsort(group, kind="stable")
    whole = np.column_stack([x, y])[order]
    grouped = fit_line(grams_by_group(whole, group[order]))
    inverse = np.linalg.inv(x.T @ x)
    left = y - x @ grouped.coefficients
    exact = np.sqrt(np.diag(inverse @ (x.T * left**2) @ x @ inverse))
    assert np.sqrt(np.diag(grouped.covariance)) == pytest.approx(exact, rel=0.08)


def test_draws_vary_as_much_as_the_errors_say() -> None:
    x, y = made(1500, 3)
    grams = grams_by_group(np.column_stack([x, y]), np.arange(1500))
    drawn = solve(grams.draws(2000, seed=4)).std(axis=0)
    everything = list(range(x.shape[1] + 1))
    line = fit_quick(grams, everything)
    assert drawn == pytest.approx(np.sqrt(np.diag(line.covariance)), rel=0.1)


def test_a_regression_on_some_columns_is_that_of_a_matrix_of_these_columns() -> None:
    x, y = made(400, 6)
    whole = np.column_stack([x, y])
    some = [0, 2, whole.shape[1] - 1]
    alone = grams_by_group(whole[:, some], np.arange(400))
    one, two = (
        fit_quick(grams_by_group(whole, np.arange(400)), some),
        fit_quick(alone, [0, 1, 2]),
    )
    assert one.coefficients == pytest.approx(two.coefficients, rel=1e-9)
    assert one.covariance == pytest.approx(two.covariance, rel=1e-9)


def test_several_answers_of_one_person_are_not_several_people() -> None:
    x, y = made(200, 5)
    once = fit_line(grams_by_group(np.column_stack([x, y]), np.arange(200)))
    person = np.repeat(np.arange(200), 3)
    thrice = fit_line(grams_by_group(np.repeat(np.column_stack([x, y]), 3, axis=0), person))
    assert np.diag(thrice.covariance) == pytest.approx(np.diag(once.covariance), rel=1e-6)


def test_a_joint_test_of_nothing_keeps_its_level() -> None:
    rng = np.random.default_rng(6)
    found = []
    for _ in range(400):
        x = np.column_stack([np.ones(120), rng.random(120) < 0.3, rng.normal(size=120)])
        y = rng.exponential(size=120)
        line = fit_line(grams_by_group(np.column_stack([x, y]), np.arange(120)))
        found.append(joint_p(line, (1, 2)))
    assert 0.02 < float((np.array(found) < 0.05).mean()) < 0.08


def test_pooled_intervals_hold_what_was_planted() -> None:
    """Spread 1, errors 1, five segments, 400 times: 95 % intervals hold it about so often."""
    rng = np.random.default_rng(7)
    held = []
    for _ in range(400):
        truth = rng.normal(size=5)
        pooled = pool(truth + rng.normal(size=5), np.ones(5))
        for (_, bounds), value in zip(pooled, truth, strict=True):
            held.append((bounds.low or 0.0) <= value <= (bounds.high or 0.0))
    assert 0.92 < float(np.mean(held)) < 0.98


def test_intervals_of_a_bad_experience_hold_the_truth_about_so_often() -> None:
    """Skewed answers, a bad experience one time in four: 95 % intervals at 60 and 200 people."""
    rng = np.random.default_rng(8)
    for people in (60, 200):
        held = []
        for _ in range(400):
            bad = rng.random(people) < 0.25
            y = rng.exponential(2.0, people) - 3.0 * bad * rng.exponential(1.0, people)
            whole = np.column_stack([np.ones(people), bad, y])
            line = fit_line(grams_by_group(whole, np.arange(people)))
            half = student_quantile(0.95, line.freedom) * np.sqrt(line.covariance[1, 1])
            held.append(abs(line.coefficients[1] + 3.0) < half)
        assert 0.92 < float(np.mean(held)) < 0.98


@pytest.mark.parametrize(("lines", "columns", "each"), [(300, 8, 1), (400, 40, 2), (45, 9, 3)])
def test_each_group_left_out_is_what_its_own_system_says(
    lines: int, columns: int, each: int
) -> None:
    """Groups that weigh much, whose steps do not close in, among them."""
    rng = np.random.default_rng(lines)
    x = np.column_stack([np.ones(lines), rng.random((lines, columns)) < 0.2]).astype(float)
    y = x[:, 1] + rng.normal(size=lines)
    grams = grams_by_group(np.column_stack([x, y]), np.repeat(np.arange(lines // each), each))
    moved = solve(grams.without_each()) - solve(grams.whole)
    assert fit_line(grams).covariance == pytest.approx(moved.T @ moved, rel=1e-6, abs=1e-9)
