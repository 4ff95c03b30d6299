"""Kaplan-Meier, against R's survival package (data aml) and lifelines 0.30."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.intervals import Interval
from verite.stats.survival import kaplan_meier, survival_interval, survival_quantile

# R: survival::aml, maintained and not; + marks a censored time.
MAINTAINED = [9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161]
NOT = [5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45]


def _curve(signed, people=None):
    times = np.abs(np.array(signed, dtype=float))
    return kaplan_meier(times, np.array(signed) > 0, people)


def test_the_curve_is_that_of_survfit():
    """summary(survfit(Surv(time, status) ~ x, aml)): .909 .818 .716 .614 .491 .368 .184"""
    expected = [0.909091, 0.818182, 0.715909, 0.613636, 0.490909, 0.368182, 0.184091]
    assert _curve(MAINTAINED).open_share == pytest.approx(expected, abs=1e-6)


def test_the_median_and_its_interval_are_those_of_survfit():
    """conf.type = "log-log": 31 (13, NA) and 23 (5, 33); lifelines the same."""
    assert survival_quantile(_curve(MAINTAINED)) == 31
    assert survival_interval(_curve(MAINTAINED)) == Interval(13.0, None)
    assert survival_quantile(_curve(NOT)) == 23
    assert survival_interval(_curve(NOT)) == Interval(5.0, 33.0)


def test_a_median_that_was_not_reached_is_unknown():
    curve = _curve([1, 2, -9, -9, -9])
    assert survival_quantile(curve) is None
    assert survival_interval(curve).high is None


def test_without_open_times_it_is_the_plain_median():
    values = [3.0, 1.0, 7.0, 9.0]
    assert survival_quantile(_curve(values)) == np.median(values)


def test_the_same_person_twice_is_not_two_people():
    once = _curve(NOT)
    doubled = NOT + NOT
    people = np.array([*range(len(NOT)), *range(len(NOT))])
    twice = _curve(doubled, people)
    assert twice.open_share == pytest.approx(once.open_share)
    assert twice.wider == pytest.approx(2.0)
    assert survival_interval(twice) == survival_interval(once)


def test_nothing_ended_yet():
    assert survival_quantile(_curve([-1, -2])) is None
    assert survival_interval(_curve([-1, -2])) == Interval(None, None)


def test_censored_medians_are_covered_95_times_in_100():
    """300 samples of 60 exponential times, about a third censored (seed 8)."""
    rng = np.random.default_rng(8)
    inside = 0
    for _ in range(300):
        times, ends = rng.exponential(size=60), rng.exponential(2.0, size=60)
        found = survival_interval(kaplan_meier(np.minimum(times, ends), times <= ends))
        high = found.high if found.high is not None else np.inf
        inside += (found.low or 0) <= np.log(2) <= high
    assert inside / 300 >= 0.92
