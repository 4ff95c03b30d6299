"""Logistic regression with a ridge penalty, bounds on signs, and variances clustered by person."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
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
        self.ones = np.column_stack([np.ones(len(design.y)), design.x])
        columns = design.x.shape[1]
        self.signs = np.array((0, *(rule.signs or (0,) * columns)))
        self.ridge = np.array([0.0, *[rule.ridge] * columns])

    def start(self) -> Floats:
        """Everybody at the mean."""
        weight, y = self.design.weight, self.design.y
        share = float(np.clip(weight @ y / weight.sum(), 1e-9, 1 - 1e-9))
        return np.array([np.log(share / (1 - share)), *[0.0] * (len(self.signs) - 1)])

    def cost(self, beta: Floats) -> float:
        """What is made small."""
        eta = self.ones @ beta
        loss = self.design.weight @ (np.logaddexp(0.0, eta) - self.design.y * eta)
        return float(loss + 0.5 * self.ridge @ beta**2)

    def slopes(self, beta: Floats) -> tuple[Floats, Floats, Floats]:
        """Residuals (weighted), the gradient uphill, and the penalised information."""
        p = 1.0 / (1.0 + np.exp(-np.clip(self.ones @ beta, -700, 700)))
        residual = self.design.weight * (self.design.y - p)
        curved = (self.ones * (self.design.weight * p * (1 - p))[:, None]).T @ self.ones
        return residual, residual @ self.ones - self.ridge * beta, curved + np.diag(self.ridge)

    def newton(self, beta: Floats) -> Floats | None:
        """Newton's steps, cut to the signs; none when they do not settle."""
        cost = self.cost(beta)
        for _ in range(60):
            _, uphill, information = self.slopes(beta)
            free = ~((self.signs != 0) & (beta == 0.0) & (self.signs * uphill <= 0.0))
            step = np.zeros_like(beta)
            try:
                step[free] = np.linalg.solve(information[np.ix_(free, free)], uphill[free])
            except np.linalg.LinAlgError:
                return None
            if float(uphill @ step) < 1e-10:
                return beta
            beta, reached = self._shorten(beta, step, cost)
            if reached is None:
                return None
            cost = reached
        return None

    def _shorten(self, beta: Floats, step: Floats, cost: float) -> tuple[Floats, float | None]:
        """The longest half-step that does not climb."""
        for halves in range(30):
            tried = beta + step / 2.0**halves
            tried = np.where(self.signs * tried < 0.0, 0.0, tried)
            reached = self.cost(tried)
            if reached <= cost + 1e-12 * abs(cost):
                return tried, reached
        return beta, None

    def settle(self, first: Floats) -> Floats:
        """The slow and sure way."""
        from scipy.optimize import minimize

        bounds = [(0.0 if sign > 0 else -inf, 0.0 if sign < 0 else inf) for sign in self.signs]
        found = minimize(
            self.cost, first, jac=lambda beta: -self.slopes(beta)[1], method="L-BFGS-B",
            bounds=bounds, options={"maxiter": 500, "ftol": 1e-14},
        )  # fmt: skip
        return np.asarray(found.x)


def _told(beta: Floats, held: _Held) -> Logit:
    free = (held.signs == 0) | (np.abs(beta) > 1e-9)
    residual, _, information = held.slopes(beta)
    inverse = np.zeros_like(information)
    inverse[np.ix_(free, free)] = np.linalg.pinv(information[np.ix_(free, free)])
    cluster = held.design.cluster
    starts = np.flatnonzero(np.append(True, cluster[1:] != cluster[:-1]))
    sums = np.add.reduceat(residual[:, None] * held.ones, starts, axis=0)
    groups = len(starts)
    meat = sums.T @ sums * (groups / max(groups - 1, 1))
    return Logit(
        coefficients=beta,
        covariance=inverse @ meat @ inverse,
        likelihood=-held.cost(beta),
        spread=float(np.trace(inverse @ meat)) / max(int(free.sum()), 1),
    )
