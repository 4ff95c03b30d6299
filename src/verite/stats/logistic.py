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


def fit_logistic(
    design: Design,
    rule: Rule = Rule(),
    start: Floats | None = None,
) -> Logit:
    """The maximum of Σ w (yη − log(1 + eᵑ)) − ½ ridge Σβ², within the signs (L-BFGS-B).

    Covariance: A⁻¹BA⁻¹ over the coefficients off their bound, A the penalised information, B the
    sum over clusters of squared scores (Liang & Zeger 1986); those at a bound have none.

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
    from scipy.optimize import minimize

    x, columns = design.x, design.x.shape[1]
    scale = 1.0 / max(float(design.weight.sum()), 1e-12)
    first = np.zeros(columns + 1) if start is None else start
    if start is None:
        share = float(design.weight @ design.y) * scale
        first[0] = np.log(max(share, 1e-9) / max(1 - share, 1e-9))

    def cost(beta: Floats) -> tuple[float, Floats]:
        eta = beta[0] + x @ beta[1:]
        residual = design.weight * (_sigmoid(eta) - design.y)
        loss = float(design.weight @ (np.logaddexp(0.0, eta) - design.y * eta))
        loss += 0.5 * rule.ridge * float(beta[1:] @ beta[1:])
        gradient = np.concatenate([[residual.sum()], residual @ x + rule.ridge * beta[1:]])
        return loss * scale, gradient * scale

    bounds = [(-inf, inf), *(_bounds(sign) for sign in _signs(rule, columns))]
    options = {"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8}
    found = minimize(cost, first, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    beta = _polish(np.asarray(found.x), design, rule)
    return _told(beta, design, rule)


def _signs(rule: Rule, columns: int) -> tuple[int, ...]:
    return rule.signs or (0,) * columns


def _bounds(sign: int) -> tuple[float, float]:
    return (0.0 if sign > 0 else -inf, 0.0 if sign < 0 else inf)


def _sigmoid(eta: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(eta, -700, 700))))


def _free(beta: Floats, rule: Rule) -> NDArray[np.bool_]:
    """Which coefficients are off their bound."""
    signs = np.array((0, *_signs(rule, len(beta) - 1)))
    return np.asarray((signs == 0) | (np.abs(beta) > 1e-9))


def _information(beta: Floats, design: Design, rule: Rule) -> tuple[Floats, Floats, Floats]:
    """Lines with their ones, residuals (weighted), and the penalised information."""
    ones = np.column_stack([np.ones(len(design.y)), design.x])
    p = _sigmoid(ones @ beta)
    information = (ones * (design.weight * p * (1 - p))[:, None]).T @ ones
    information[1:, 1:] += rule.ridge * np.eye(len(beta) - 1)
    return ones, design.weight * (design.y - p), information


def _polish(beta: Floats, design: Design, rule: Rule) -> Floats:
    """One Newton step from the optimiser's end, kept when it leaves every sign as it is."""
    free = _free(beta, rule)
    ones, residual, information = _information(beta, design, rule)
    gradient = residual @ ones
    gradient[1:] -= rule.ridge * beta[1:]
    step = np.zeros_like(beta)
    try:
        step[free] = np.linalg.solve(information[np.ix_(free, free)], gradient[free])
    except np.linalg.LinAlgError:
        return beta
    stepped = beta + step
    signs = np.array((0, *_signs(rule, len(beta) - 1)))
    small = np.abs(step).max() < 0.1 * (1 + np.abs(beta).max())
    return stepped if small and bool(np.all(signs * stepped >= 0)) else beta


def _told(beta: Floats, design: Design, rule: Rule) -> Logit:
    free = _free(beta, rule)
    ones, residual, information = _information(beta, design, rule)
    inverse = np.zeros_like(information)
    inverse[np.ix_(free, free)] = np.linalg.pinv(information[np.ix_(free, free)])
    scores = residual[:, None] * ones
    starts = np.flatnonzero(np.append(True, design.cluster[1:] != design.cluster[:-1]))
    sums = np.add.reduceat(scores, starts, axis=0)
    groups = len(starts)
    meat = sums.T @ sums * (groups / max(groups - 1, 1))
    eta = ones @ beta
    likelihood = float(design.weight @ (design.y * eta - np.logaddexp(0.0, eta)))
    spread = float(np.trace(inverse @ meat)) / max(int(free.sum()), 1)
    return Logit(
        coefficients=beta,
        covariance=inverse @ meat @ inverse,
        likelihood=likelihood - 0.5 * rule.ridge * float(beta[1:] @ beta[1:]),
        spread=spread,
    )
