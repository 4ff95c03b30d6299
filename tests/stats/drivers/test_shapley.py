"""LMG shares against R, against all orders one by one, and against the closed form of Johnson.

Expected values: R 4, over all orders of the groups, `summary(lm(...))$r.squared` before and after:

    lmg <- function(y, groups, data) { ...; for (o in orders) for (v in o) {
        out[v] <- out[v] + r2(c(before, v)) - r2(before) }; out / length(orders) }

on its own tables `swiss`, `mtcars`, `attitude` and `longley` (the last with pairs of columns).
"""

from __future__ import annotations

import csv
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.stats.grams import gram_of
from verite.stats.relative import relative_weights
from verite.stats.shapley import lmg

TABLES = Path(__file__).parent / "tables"
REFERENCES = {
    "swiss": ("Fertility", {
        ("Agriculture",): 0.05709122077, ("Examination",): 0.17117302890,
        ("Education",): 0.26013467862, ("Catholic",): 0.10557015037,
        ("Infant.Mortality",): 0.11276592293}),
    "mtcars": ("mpg", {
        ("cyl",): 0.20252540909, ("disp",): 0.18920451955, ("hp",): 0.15818551077,
        ("wt",): 0.25334240045, ("qsec",): 0.04693907299}),
    "attitude": ("rating", {
        ("complaints",): 0.370816194319, ("privileges",): 0.050903792972,
        ("learning",): 0.155765990169, ("raises",): 0.120345079404,
        ("critical",): 0.006588722546, ("advance",): 0.028182213122}),
    "longley": ("Employed", {
        ("GNP.deflator", "GNP"): 0.4000706964, ("Unemployed", "Armed.Forces"): 0.2022037223,
        ("Population", "Year"): 0.3932045859}),
}  # fmt: skip


def read(name: str) -> dict[str, np.ndarray]:
    with (TABLES / f"{name}.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {key: np.array([float(row[key]) for row in rows]) for key in rows[0]}


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_the_shares_are_those_of_r(name: str) -> None:
    table, (outcome, groups) = read(name), REFERENCES[name]
    columns = [table[column] - table[column].mean() for group in groups for column in group]
    whole = np.column_stack([np.ones(len(columns[0])), *columns, table[outcome]])
    found = lmg(gram_of(whole)[None], 1, tuple(len(group) for group in groups))
    assert found.shares[0] == pytest.approx(list(groups.values()), abs=2e-9)


def explained(columns: list[np.ndarray], y: np.ndarray) -> float:
    design = np.column_stack([np.ones(len(y)), *columns])
    return float(((y - design @ np.linalg.lstsq(design, y, rcond=None)[0]) ** 2).sum())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_the_shares_are_the_mean_over_all_orders_with_controls_held(
    seed: int, sizes: list[int]
) -> None:
    rng = np.random.default_rng(seed)
    n, total = 40, sum(sizes)
    held, x = rng.normal(size=(n, 2)), rng.normal(size=(n, total))
    x[:, -1] += x[:, 0]
    y = x.sum(axis=1) + held[:, 0] + rng.normal(size=n)
    cuts = np.cumsum([0, *sizes])
    groups = [list(x[:, a:b].T) for a, b in pairwise(cuts)]
    expected = np.zeros(len(sizes))
    orders = list(permutations(range(len(sizes))))
    for order in orders:
        taken = list(held.T)
        for group in order:
            before = explained(taken, y)
            taken = taken + groups[group]
            expected[group] += (before - explained(taken, y)) / ((y - y.mean()) ** 2).sum()
    whole = np.column_stack([np.ones(n), held, x, y])
    found = lmg(gram_of(whole)[None], 3, tuple(sizes))
    assert found.shares[0] == pytest.approx(expected / len(orders), abs=1e-9)
    assert found.shares[0].sum() == pytest.approx(found.r2[0], abs=1e-9)


def test_a_column_that_others_tell_adds_nothing_and_shares_still_sum() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(60, 2))
    y = x[:, 0] + rng.normal(size=60)
    whole = np.column_stack([np.ones(60), x, x[:, 0], y])
    found = lmg(gram_of(whole)[None], 1, (1, 1, 1))
    assert found.shares[0, 0] == pytest.approx(found.shares[0, 2], abs=1e-9)
    assert found.shares[0].sum() == pytest.approx(found.r2[0], abs=1e-9)


def test_relative_weights_stand_close_to_the_shares() -> None:
    """Johnson 2000 and LeBreton et al. 2004: nearly the same on real tables."""
    table, (outcome, groups) = read("attitude"), REFERENCES["attitude"]
    columns = [table[group[0]] - table[group[0]].mean() for group in groups]
    gram = gram_of(np.column_stack([np.ones(30), *columns, table[outcome]]))[None]
    exact, near = lmg(gram, 1, (1,) * 6), relative_weights(gram, 1, (1,) * 6)
    assert near.r2[0] == pytest.approx(exact.r2[0], abs=1e-6)
    assert near.shares[0] == pytest.approx(exact.shares[0], abs=0.03)
