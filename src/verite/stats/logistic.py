"""Logistic regression with a ridge penalty, bounds on signs, and variances clustered by person."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What is regressed: lines sorted by cluster, a weight and an outcome (0 or 1) for each."""

    x: Floats  # [lines, columns], without the column of ones
    y: Floats
    weight: Floats
    cluster: NDArray[np.int64]

    def only(self, kept: NDArray[np.bool_]) -> Design:
        """Some of the lines."""
        return Design(
            x=self.x[kept], y=self.y[kept], weight=self.weight[kept], cluster=self.cluster[kept]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a regression is held: a ridge on the coefficients (never on the intercept), and the
    sign each may take: −1, 1, or 0 for both."""

    ridge: float = 0.0
    signs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Logit:
    """Coefficients (the intercept first), their covariance, and the log-likelihood reached.

    `spread` is the mean ratio of the clustered to the plain information: 1 when lines are
    independent; a likelihood ratio is divided by it.
    """

    coefficients: Floats
    covariance: Floats
    likelihood: float
    spread: float

    def predict(self, x: Floats) -> Floats:
        """The log-odds of new lines."""
        return np.asarray(self.coefficients[0] + x @ self.coefficients[1:])


def fit_logistic(design: Design, rule: Rule = Rule(), start: Floats | None = None) -> Logit:
    """The maximum of Σ w (yη − log(1 + eᵑ)) − ½ ridge Σβ², within the signs.

    Projected Newton (Bertsekas 1982); L-BFGS-B when it does not settle. Covariance: A⁻¹BA⁻¹ over
    the coefficients off their bound, A the penalised information, B the sum over clusters of
    squared scores (Liang & Zeger 1986); those held at 0 by their sign have none.

    Worked (O-rings of the Challenger, Dalal, Fowlkes & Hoadley 1989, 23 flights: R glm gives
    15.0429 and −0.2322):

    >>> warm = [66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75,
    ...         76, 58]
    >>> hurt = [0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1]
    >>> design = Design(x=np.array(warm, float)[:, None], y=np.array(hurt, float),
    ...                 weight=np.ones(23), cluster=np.arange(23))
    >>> [round(float(x), 4) for x in fit_logistic(design).coefficients]
    [15.0429, -0.2322]
    """
    held = _Held(design, rule)
    first = held.start() if start is None else start
    beta = held.newton(first)
    return _told(held.settle(first) if beta is None else beta, held)


class _Held:
    """A regression held by its rule: its cost, and the two ways to its minimum."""

    def __init__(self, design: Design, rule: Rule) -> None:
        self.design = design
        self.ones = np.column_stack([np.ones(len(design.y)), design.x]).astype(np.float64)
        self.told, self.y, self.weight = _gathered(self.ones, design)
        columns = design.x.shape[1]
        self.signs = np.array((0, *(rule.signs or (0,) * columns)))
        self.ridge = np.array([0.0, *[rule.ridge] * columns])

    def start(self) -> Floats:
        """Everybody at the mean."""
        weight, y = self.design.weight, self.design.y
        share = float(np.clip(weight @ y / weight.sum(), 1e-9, 1 - 1e-9))
        return np.array([np.log(share / (1 - share)), *[0.0] * (len(self.signs) - 1)])

    def at(self, beta: Floats) -> tuple[float, Floats, Floats]:
        """What is made small, the gradient uphill, and the penalised information."""
        columns = len(beta)
        uphill, curved = np.zeros(columns), np.zeros((columns, columns))
        loss = _pass((self.told, self.y, self.weight), beta, uphill, curved)
        curved += np.triu(curved, 1).T + np.diag(self.ridge)
        return float(loss + 0.5 * self.ridge @ beta**2), uphill - self.ridge * beta, curved

    def newton(self, beta: Floats) -> Floats | None:
        """Newton's steps, cut to the signs; none when they do not settle."""
        cost, uphill, information = self.at(beta)
        for _ in range(60):
            free = ~((self.signs != 0) & (beta == 0.0) & (self.signs * uphill <= 0.0))
            step = np.zeros_like(beta)
            try:
                step[free] = np.linalg.solve(information[np.ix_(free, free)], uphill[free])
            except np.linalg.LinAlgError:
                return None
            left = float(uphill @ step)  # twice what is left to gain, and next time its square
            for halves in range(30):
                tried = beta + step / 2.0**halves
                tried = np.where(self.signs * tried < 0.0, 0.0, tried)
                reached, *slopes = self.at(tried)
                if reached <= cost + 1e-12 * abs(cost):
                    break
            else:
                return None
            beta, cost, (uphill, information) = tried, reached, slopes
            if left < 1e-5:
                return beta
        return None

    def settle(self, first: Floats) -> Floats:
        """The slow and sure way."""
        from scipy.optimize import minimize

        bounds = [(0.0 if sign > 0 else -inf, 0.0 if sign < 0 else inf) for sign in self.signs]
        found = minimize(
            lambda beta: self.at(beta)[0], first, jac=lambda beta: -self.at(beta)[1],
            method="L-BFGS-B", bounds=bounds, options={"maxiter": 500, "ftol": 1e-14},
        )  # fmt: skip
        return np.asarray(found.x)


def _gathered(ones: Floats, design: Design) -> tuple[Floats, Floats, Floats]:
    """The lines, those without any feature put together into one with the outcome, one without."""
    empty = ~design.x.any(axis=1)
    if not empty.any():
        return ones, design.y, design.weight
    nothing = np.zeros((2, ones.shape[1]))
    nothing[:, 0] = 1.0
    sums = [float(design.weight[empty & (design.y == came)].sum()) for came in (0.0, 1.0)]
    return (
        np.vstack([nothing, ones[~empty]]),
        np.concatenate([[0.0, 1.0], design.y[~empty]]),
        np.concatenate([sums, design.weight[~empty]]),
    )


def _told(beta: Floats, held: _Held) -> Logit:
    free = (held.signs == 0) | (np.abs(beta) > 1e-9)
    cost, _, information = held.at(beta)
    inverse = np.zeros_like(information)
    inverse[np.ix_(free, free)] = np.linalg.pinv(information[np.ix_(free, free)])
    meat = np.zeros_like(information)
    design = held.design
    lines = (held.ones, design.y, design.weight, design.cluster)
    groups = _scatter(lines, beta, meat)
    meat *= groups / max(groups - 1, 1)
    return Logit(
        coefficients=beta,
        covariance=inverse @ meat @ inverse,
        likelihood=-cost,
        spread=float(np.trace(inverse @ meat)) / max(int(free.sum()), 1),
    )


@njit(nogil=True, cache=True)
def _pass(lines, beta, uphill, curved):  # type: ignore[no-untyped-def]
    """Loss, slopes and the upper half of the information in one pass: no thread, no copy."""
    x, y, weight = lines
    columns, loss = len(beta), 0.0
    for line in range(len(y)):
        eta = 0.0
        for j in range(columns):
            eta += x[line, j] * beta[j]
        small = np.exp(-abs(eta))
        p = 1.0 / (1.0 + small) if eta >= 0.0 else small / (1.0 + small)
        loss += weight[line] * (max(eta, 0.0) + np.log1p(small) - y[line] * eta)
        residual, curve = weight[line] * (y[line] - p), weight[line] * p * (1.0 - p)
        for j in range(columns):
            if x[line, j] != 0.0:
                uphill[j] += residual * x[line, j]
                for k in range(j, columns):
                    curved[j, k] += curve * x[line, j] * x[line, k]
    return loss


@njit(nogil=True, cache=True)
def _scatter(lines, beta, out):  # type: ignore[no-untyped-def]
    """The sum over clusters of their squared scores; how many clusters."""
    x, y, weight, cluster = lines
    columns, groups = len(beta), 0
    score = np.zeros(columns)
    for line in range(len(y)):
        if line == 0 or cluster[line] != cluster[line - 1]:
            for j in range(columns):
                for k in range(columns):
                    out[j, k] += score[j] * score[k]
            score[:] = 0.0
            groups += 1
        eta = 0.0
        for j in range(columns):
            eta += x[line, j] * beta[j]
        p = 1.0 / (1.0 + np.exp(-min(max(eta, -700.0), 700.0)))
        for j in range(columns):
            score[j] += weight[line] * (y[line] - p) * x[line, j]
    for j in range(columns):
        for k in range(columns):
            out[j, k] += score[j] * score[k]
    return groups
