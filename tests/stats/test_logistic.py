"""Regressions held by signs and a ridge, against other implementations."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.calibration import brier, recalibrate, shares_by_risk
from verite.stats.discrimination import Judged, auc, compare_auc
from verite.stats.logistic import Design, Rule, fit_logistic

GLM = [-1.101446, 0.969821, -0.515687, -0.175768]
ERRORS = [0.134228, 0.159441, 0.135769, 0.126019]
LIKELIHOOD = -205.75095953
RIDGE = [-1.066388, 0.877030, -0.459124, -0.163815]
SIGNS = [-0.902026, 0.0, 0.000000, -0.202841]
AUC = 0.7221769200567788
BRIER = 0.22916393315457498


@pytest.fixture(scope="module")
def lines() -> Design:
    """Four lines a person, with a temper of their own."""
    rng = np.random.default_rng(12)
    n = 400
    x = rng.normal(size=(n, 3))
    cluster = np.arange(n) // 4
    temper = np.repeat(rng.normal(size=n // 4), 4)
    log_odds = -1 + 0.8 * x[:, 0] - 0.5 * x[:, 1] + 0.4 * temper
    y = (rng.random(n) < 1 / (1 + np.exp(-log_odds))).astype(float)
    return Design(x=x, y=y, weight=np.ones(n), cluster=cluster)


def test_the_maximum_is_that_of_glm(lines: Design, reference: dict[str, list[float]]) -> None:
    found = fit_logistic(lines)
    assert found.coefficients == pytest.approx(reference["glm"], abs=2e-6)
    assert found.likelihood == pytest.approx(reference["likelihood"][0], abs=1e-6)


def test_errors_clustered_by_person_are_those_of_glm(
    lines: Design, reference: dict[str, list[float]]
) -> None:
    """statsmodels with `use_correction=False`: ours has G/(G − 1) more."""
    found = fit_logistic(lines)
    errors = np.sqrt(np.diag(found.covariance) * 99 / 100)
    assert errors == pytest.approx(reference["errors"], abs=2e-6)


def test_a_ridge_is_that_of_scikit_learn(lines: Design, reference: dict[str, list[float]]) -> None:
    found = fit_logistic(lines, Rule(ridge=5.0))
    assert found.coefficients == pytest.approx(reference["ridge"], abs=2e-6)


def test_a_sign_that_the_data_deny_holds_its_coefficient_at_zero(
    lines: Design, reference: dict[str, list[float]]
) -> None:
    found = fit_logistic(lines, Rule(signs=(-1, 1, 0)))
    assert found.coefficients == pytest.approx(reference["signs"], abs=2e-4)
    assert found.covariance[1, 1] == 0.0


def test_a_line_of_weight_two_is_two_lines(lines: Design) -> None:
    order = np.repeat(np.arange(40), 2)
    twice = Design(x=lines.x[order], y=lines.y[order], weight=np.ones(80), cluster=order)
    once = Design(x=lines.x[:40], y=lines.y[:40], weight=np.full(40, 2.0), cluster=np.arange(40))
    assert fit_logistic(twice).coefficients == pytest.approx(fit_logistic(once).coefficients)


def test_lines_where_nothing_happened_may_be_put_together(lines: Design) -> None:
    x = np.where(lines.x > 0.5, lines.x, 0.0)
    x[::2] = 0.0
    there = Design(x=x, y=lines.y, weight=lines.weight, cluster=lines.cluster)
    shifted = Design(x=x + 1e-12, y=lines.y, weight=lines.weight, cluster=lines.cluster)
    found, plain = fit_logistic(there), fit_logistic(shifted)
    assert found.coefficients == pytest.approx(plain.coefficients, abs=1e-6)
    assert found.covariance == pytest.approx(plain.covariance, abs=1e-6)


def test_outcomes_told_apart_completely_are_held_by_the_ridge() -> None:
    x = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    design = Design(x=x, y=np.array([0.0, 0, 1, 1]), weight=np.ones(4), cluster=np.arange(4))
    found = fit_logistic(design, Rule(ridge=1.0))
    assert np.isfinite(found.coefficients).all()
    assert found.coefficients[1] > 0


def test_the_area_is_that_of_scikit_learn(lines: Design, reference: dict[str, list[float]]) -> None:
    judged = Judged(y=lines.y > 0, weight=lines.weight, cluster=lines.cluster)
    assert auc(lines.x[:, 0], judged) == pytest.approx(reference["auc"][0], abs=1e-12)


def test_a_score_turned_round_has_the_area_turned_round(lines: Design) -> None:
    judged = Judged(y=lines.y > 0, weight=lines.weight, cluster=lines.cluster)
    score = np.round(lines.x[:, 0])
    assert auc(score, judged) + auc(-score, judged) == pytest.approx(1.0)


def test_a_score_has_no_advantage_over_itself(lines: Design) -> None:
    judged = Judged(y=lines.y > 0, weight=lines.weight, cluster=lines.cluster)
    same, other = compare_auc((lines.x[:, 0], lines.x[:, 0]), judged, seed=3, draws=50)
    assert (other.gain, other.gain_bounds.low, other.gain_bounds.high) == (0, 0, 0)
    assert same.bounds.low is not None
    assert same.bounds.low < same.auc


def test_risks_twice_too_bold_have_a_slope_of_a_half() -> None:
    rng = np.random.default_rng(4)
    log_odds = rng.normal(-1, 1.5, 40_000)
    y = (rng.random(40_000) < 1 / (1 + np.exp(-log_odds))).astype(float)
    people = np.arange(40_000)
    judged = Design(x=np.empty((40_000, 0)), y=y, weight=np.ones(40_000), cluster=people)
    found = recalibrate(2 * log_odds, judged)
    assert found.slope == pytest.approx(0.5, abs=0.02)
    assert found.slope_bounds.low is not None
    assert found.slope_bounds.low < 0.5


def test_the_brier_score_is_that_of_scikit_learn(
    lines: Design, reference: dict[str, list[float]]
) -> None:
    p = 1 / (1 + np.exp(-lines.x[:, 0]))
    assert brier(p, lines.y, lines.weight) == pytest.approx(reference["brier"][0], abs=1e-12)


def test_bins_of_risk_hold_every_line_once(lines: Design) -> None:
    p = 1 / (1 + np.exp(-lines.x[:, 0]))
    bins = shares_by_risk(p, lines)
    assert sum(found.n for found in bins) == len(lines.y)
    told = [found.foretold for found in bins]
    assert told == sorted(told)


@pytest.fixture(scope="module")
def reference() -> dict[str, list[float]]:
    """statsmodels 0.15.0 GLM (Binomial, cov_type="cluster"), scikit-learn LogisticRegression
    (C = 1/5), roc_auc_score, brier_score_loss, and scipy's trust-constr with bounds, run on the
    same 400 lines."""
    return {
        "glm": GLM,
        "errors": ERRORS,
        "likelihood": [LIKELIHOOD],
        "ridge": RIDGE,
        "signs": SIGNS,
        "auc": [AUC],
        "brier": [BRIER],
    }
