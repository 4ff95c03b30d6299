"""The calibrated running feeling of one person: 100 × the logistic of how far they stand from
the average customer, with the interval that the coefficients leave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from verite.measure.definitions import Definitions
from verite.measure.feeling.features import Asked, read_features
from verite.measure.feeling.now import COURSE_AT_MOST, Point, Run, moment_of, plain_now
from verite.measure.feeling.port import Floats
from verite.measure.feeling.traces import Traces, trace
from verite.stats.intervals import LEVEL, normal_quantile
from verite.words.customer import FeelingNow
from verite.words.feeling import FeelingModel, Frozen


def feeling_now(run: Run, definitions: Definitions, model: FeelingModel | None) -> FeelingNow:
    """The running feeling by the model in use; the plain mean when there is none that holds.

    Without any contact whose feeling is known, nothing is said, whatever the model.
    """
    plain = plain_now(run)
    if model is None or not model.calibrated or plain.n == 0:
        return plain
    moved = run.moved[-COURSE_AT_MOST:]
    at = np.append(run.ts[moved] + 1, run.at)
    log_odds, errors = _foretell(run, definitions, model.frozen, at)
    score = _scores(log_odds, errors, model.frozen.reference)
    course: list[Point] = [
        (moment_of(us), value, low, high)
        for us, (value, low, high) in zip(run.known[moved].tolist(), score.tolist(), strict=False)
    ]
    value, low, high = (float(x) for x in score[-1])
    half = normal_quantile(LEVEL) * errors[-1]
    risk = tuple(float(_share(x)) for x in (log_odds[-1], log_odds[-1] - half, log_odds[-1] + half))
    return replace(
        plain, value=value, low=low, high=high, calibrated=True, model=model.version,
        course=tuple(course), outcome=model.asked.outcome.value, days=model.asked.days,
        risk=(risk[0], risk[1], risk[2]),
    )  # fmt: skip


def _foretell(
    run: Run, definitions: Definitions, frozen: Frozen, at: np.ndarray
) -> tuple[Floats, Floats]:
    """The log-odds at each date, and their standard errors."""
    rows = len(run.ts)
    traces = trace(run.runs, definitions, run.rows, np.zeros(rows, dtype=np.int32))
    ends = np.full(len(at), rows, dtype=np.int64)
    asked = Asked(first=np.zeros(len(at), dtype=np.int64), last=ends, at=at.astype(np.int64))
    traces = replace(traces, weight=np.where(run.unended, 0.0, traces.weight))
    kept = _kept(run, traces, frozen)
    features = read_features(traces, kept, asked, (frozen.half_life_days,))
    x = np.column_stack([features.column(name) for name in frozen.names])
    ones = np.column_stack([np.ones(len(at)), x / np.array(frozen.deviations)])
    log_odds = ones @ np.array([frozen.intercept, *frozen.coefficients])
    covariance = np.array(frozen.covariance)
    errors = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", ones, covariance, ones), 0.0))
    return log_odds, errors


def _kept(run: Run, traces: Traces, frozen: Frozen) -> Floats:
    known, other = dict(frozen.touchpoints), frozen.touchpoints_other
    codes = np.asarray(run.runs.codes("touchpoint")[run.rows])
    labels = run.runs.labels("touchpoint")
    own = {
        code: known.get(labels[code] if code >= 0 else "", other) for code in set(codes.tolist())
    }
    shares = np.array([own[code] for code in codes.tolist()])
    return np.asarray(traces.weight * shares)


def _scores(log_odds: Floats, errors: Floats, reference: float) -> Floats:
    """50 is the average customer of the fit; above is better. Value, low, high."""
    half = normal_quantile(LEVEL) * errors
    away = reference - log_odds
    return 100.0 * np.column_stack([_share(away), _share(away - half), _share(away + half)])


def _share(log_odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))
