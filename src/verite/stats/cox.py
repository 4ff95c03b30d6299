"""Cox regression with covariates that change in time: intervals (start, stop], Efron's ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEPS: Final = 50
SETTLED: Final = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Intervals at risk: who (cluster), from when (excluded) to when (included), whether it ended
    with the event, its covariates, its weight."""

    start: Floats
    stop: Floats
    event: NDArray[np.bool_]
    x: Floats
    weight: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Cox:
    """Log hazard ratios, their covariance (the inverse of the information), log-likelihood."""

    coefficients: Floats
    covariance: Floats
    likelihood: float


def fit_cox(spans: Spans, ridge: float = 0.0) -> Cox:
    """The maximum of the partial likelihood with Efron's ties (Efron 1977), by Newton's steps.

    Worked (one binary covariate, nobody tied: three at risk, the exposed one goes first, then an
    unexposed one): the likelihood e^b/(e^b + 2) · 1/2 only grows, so that a ridge holds it where
    2/(e^b + 2) = b.

    >>> spans = Spans(start=np.zeros(3), stop=np.array([1.0, 2.0, 3.0]),
    ...               event=np.array([True, True, False]), x=np.array([[1.0], [0.0], [0.0]]),
    ...               weight=np.ones(3))
    >>> round(float(fit_cox(spans, ridge=1.0).coefficients[0]), 4)
    0.5386
    """
    # A column of mostly nothing is left so: nothing is skipped. The others are centred.
    sparse = (spans.x == 0.0).mean(axis=0) > 0.5
    mean = np.where(sparse, 0.0, np.average(spans.x, axis=0, weights=spans.weight))
    x = np.ascontiguousarray(spans.x - mean)
    stops, starts = np.argsort(-spans.stop, kind="stable"), np.argsort(-spans.start, kind="stable")
    told = (spans.start, spans.stop, spans.event, x, spans.weight)
    beta = np.zeros(x.shape[1])
    value, uphill, curve = _at(told, (stops, starts), beta, ridge)
    for _ in range(STEPS):
        step = np.linalg.pinv(curve, hermitian=True) @ uphill
        left = float(uphill @ step)
        for halves in range(30):
            tried = beta + step / 2.0**halves
            reached = _at(told, (stops, starts), tried, ridge)
            if reached[0] >= value - 1e-12 * abs(value):
                break
        beta, (value, uphill, curve) = tried, reached
        if left < SETTLED:
            break
    return Cox(
        coefficients=beta,
        covariance=np.asarray(np.linalg.pinv(curve, hermitian=True)),
        likelihood=value,
    )


def _at(told, orders, beta: Floats, ridge: float) -> tuple[float, Floats, Floats]:  # type: ignore[no-untyped-def]
    """Log-likelihood, gradient and information at some coefficients."""
    columns = len(beta)
    uphill, curve = np.zeros(columns), np.zeros((columns, columns))
    value = _pass(told, orders, beta, uphill, curve)
    curve += np.triu(curve, 1).T + ridge * np.eye(columns)
    return float(value - 0.5 * ridge * beta @ beta), uphill - ridge * beta, curve


@njit(nogil=True, cache=True)
def _pass(told, orders, beta, uphill, curve):  # type: ignore[no-untyped-def]
    """From the last time to the first: who stops later comes in, who starts later goes out."""
    start, stop, event, x, weight = told
    stops, starts = orders
    columns, lines = len(beta), len(stop)
    risk, dead = np.zeros((columns + 1, columns + 1)), np.zeros((columns + 1, columns + 1))
    held = np.zeros(columns)
    value, place, out = 0.0, 0, 0
    while place < lines:
        now = stop[stops[place]]
        dead[:, :] = 0.0
        deaths, heavy = 0, 0.0
        while place < lines and stop[stops[place]] == now:
            line = stops[place]
            eta = _add(x, line, beta, weight[line], risk)
            if event[line]:
                deaths += 1
                heavy += weight[line]
                value += weight[line] * eta
                _add(x, line, beta, weight[line], dead)
                for j in range(columns):
                    uphill[j] += weight[line] * x[line, j]
            place += 1
        while out < lines and start[starts[out]] >= now:
            _add(x, starts[out], beta, -weight[starts[out]], risk)
            out += 1
        for tied in range(deaths):
            gone = tied / deaths
            each = heavy / deaths
            total = risk[columns, columns] - gone * dead[columns, columns]
            value -= each * np.log(total)
            for j in range(columns):
                held[j] = (risk[columns, j] - gone * dead[columns, j]) / total
                uphill[j] -= each * held[j]
            for j in range(columns):
                for k in range(j, columns):
                    square = (risk[j, k] - gone * dead[j, k]) / total
                    curve[j, k] += each * (square - held[j] * held[k])
    return value


@njit(nogil=True, cache=True)
def _add(x, line, beta, weight, into):  # type: ignore[no-untyped-def]
    """Adds a line to the sums of its risk, of risk × x, of risk × x xᵀ; its log risk."""
    columns, eta = len(beta), 0.0
    for j in range(columns):
        eta += x[line, j] * beta[j]
    risk = weight * np.exp(eta)
    into[columns, columns] += risk
    for j in range(columns):
        if x[line, j] != 0.0:
            into[columns, j] += risk * x[line, j]
            for k in range(j, columns):
                into[j, k] += risk * x[line, j] * x[line, k]
    return eta
