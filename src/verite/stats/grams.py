"""Gram matrices of groups of people: all that regressions, their errors and their draws need.

Groups are people drawn together at random, at most 2,000 of them: a bootstrap by person is then a
weighting of the groups, and leaving one out a subtraction. With one person a group it is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
GROUPS_AT_MOST: Final = 2000
STEPS, CLOSE = 40, 1e-11  # at most, and to what share of itself a step closes in
RIDGE: Final = 1e-9  # on columns brought to 1: it only keeps a draw without a column solvable


def gram_of(columns: Floats) -> Floats:
    """XᵀX of the columns side by side.

    >>> gram_of(np.array([[1.0, 2.0], [1.0, 4.0]])).tolist()
    [[2.0, 6.0], [6.0, 20.0]]
    """
    return np.asarray(columns.T @ columns)


def groups_of(people: Ints, seed: int) -> Ints:
    """The group of each line, by its person: everyone alone up to 2,000 people, else at random.

    >>> groups_of(np.array([7, 7, 9]), seed=1).tolist() in ([0, 0, 1], [1, 1, 0])
    True
    """
    names, place = np.unique(people, return_inverse=True)
    groups = min(len(names), GROUPS_AT_MOST)
    drawn = np.random.default_rng(seed).permutation(len(names)) % groups
    return np.asarray(drawn[place], dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grams:
    """One Gram matrix a group; the last column is the outcome, the first is made of ones."""

    groups: Floats  # [groups, k, k]
    whole: Floats  # of everybody
    lines: int

    def draws(self, count: int, seed: int) -> Floats:
        """As many Gram matrices, each of groups drawn with replacement."""
        rng, size = np.random.default_rng(seed), len(self.groups)
        times = rng.multinomial(size, np.full(size, 1.0 / size), count).astype(np.float64)
        columns = self.groups.shape[1]
        found = times @ self.groups.reshape(size, columns * columns)
        return np.asarray(found.reshape(count, columns, columns))

    def only(self, columns: list[int]) -> Grams:
        """Of some of the columns, in the order given."""
        block = np.ix_(columns, columns)
        groups = self.groups[:, block[0], block[1]]
        return Grams(groups=groups, whole=self.whole[block], lines=self.lines)

    def without_each(self) -> Floats:
        """One Gram matrix for each group left out."""
        return np.asarray(self.whole - self.groups)


def grams_by_group(columns: Floats, group: Ints) -> Grams:
    """The Gram matrices of lines sorted by group."""
    cuts = np.flatnonzero(np.diff(group)) + 1
    parts = np.split(columns, cuts)
    groups = np.stack([gram_of(part) for part in parts])
    return Grams(groups=groups, whole=np.asarray(groups.sum(axis=0)), lines=len(columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A regression by least squares: coefficients, their covariance, and what is left."""

    coefficients: Floats
    covariance: Floats  # leaving each group out: HC3 when everyone has one line, else CR3
    plain: Floats  # as if lines were alike and independent
    freedom: int  # groups − 1
    left_freedom: int  # lines − columns


def solve(grams: Floats) -> Floats:
    """Coefficients of each Gram matrix [..., k, k], the outcome last.

    >>> x, y = np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0])
    >>> solve(gram_of(np.column_stack([np.ones(3), x, y]))).round(6).tolist()
    [1.0, 2.0]
    """
    inner, told = grams[..., :-1, :-1], grams[..., :-1, -1]
    sizes = np.sqrt(np.diagonal(inner, axis1=-2, axis2=-1))
    sizes = np.where(sizes > 0, sizes, 1.0)
    scaled = inner / (sizes[..., :, None] * sizes[..., None, :])
    scaled = scaled + RIDGE * np.eye(scaled.shape[-1])
    found = np.linalg.solve(scaled, (told / sizes)[..., None])[..., 0]
    return np.asarray(found / sizes)


def fit_line(grams: Grams) -> Line:
    """The regression of the last column on the others, its errors by leaving each group out.

    Σ_g (β₍₋g₎ − β)(β₍₋g₎ − β)ᵀ: with one line a group this is HC3 (MacKinnon & White 1985), with
    more the same by cluster (CR3, Bell & McCaffrey 2002).
    """
    whole = grams.whole
    beta = solve(whole)
    moved = _moved(grams, beta)
    inner = whole[:-1, :-1]
    left = max(float(whole[-1, -1] - beta @ whole[:-1, -1]), 0.0)
    freedom = max(grams.lines - len(beta), 1)
    return Line(
        coefficients=beta,
        covariance=np.asarray(moved.T @ moved),
        plain=np.asarray(np.linalg.pinv(inner, hermitian=True) * left / freedom),
        freedom=max(len(grams.groups) - 1, 1),
        left_freedom=freedom,
    )


def _moved(grams: Grams, beta: Floats) -> Floats:
    """How far the coefficients move when each group is left out: (A − A_g)⁻¹ s_g, s_g = X_gᵀe.

    Found by x ← A⁻¹(s_g + A_g x), which closes in by the group's leverage at each step: a hundred
    times quicker than a system a group where there are many columns. Groups that weigh so much
    that it does not close in are solved whole.
    """
    inner, groups = grams.whole[:-1, :-1], grams.groups
    scores = groups[:, :-1, -1] - groups[:, :-1, :-1] @ beta
    sizes = np.sqrt(np.maximum(np.diagonal(inner), 1e-300))
    scaled = inner / (sizes[:, None] * sizes) + RIDGE * np.eye(len(inner))
    inverse = np.linalg.inv(scaled) / (sizes[:, None] * sizes)
    first = scores @ inverse
    x, near = first, np.zeros(len(groups), dtype=np.bool_)
    for _ in range(STEPS):
        step = np.matmul(groups[:, :-1, :-1], x[:, :, None])[:, :, 0] @ inverse + first
        near = np.abs(step - x).max(axis=1) <= CLOSE * np.abs(step).max(axis=1)
        x = step
        if near.all():
            break
    if not near.all():
        x[~near] = beta - solve(grams.whole - groups[~near])
    return np.asarray(-x)


def fit_quick(grams: Grams, columns: list[int]) -> Line:
    """The regression of the last of some columns on the others, its errors by the sums of scores of
    the groups (CR1: Liang & Zeger 1986, with G/(G − 1)): no group is left out nor copied, so that
    it costs next to nothing."""
    told = columns[:-1]
    whole = grams.whole[np.ix_(columns, columns)]
    beta = solve(whole)
    residual = np.zeros(len(grams.whole))  # what makes the residual out of all the columns
    residual[told], residual[columns[-1]] = -beta, 1.0
    scores = (grams.groups @ residual)[:, told]
    inverse = np.linalg.pinv(whole[:-1, :-1], hermitian=True)
    count = len(grams.groups)
    left = max(float(whole[-1, -1] - beta @ whole[:-1, -1]), 0.0)
    freedom = max(grams.lines - len(beta), 1)
    meat = scores.T @ scores * (count / max(count - 1, 1))
    return Line(
        coefficients=beta,
        covariance=np.asarray(inverse @ meat @ inverse),
        plain=np.asarray(inverse * left / freedom),
        freedom=max(count - 1, 1),
        left_freedom=freedom,
    )
