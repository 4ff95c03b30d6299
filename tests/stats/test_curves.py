"""Bands and the log-rank test, against R's survival package (aml, ovarian, lung's shape)."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.curves import log_rank, survival_band
from verite.stats.survival import kaplan_meier

# R: survival::aml; + marks a censored time (negative here).
MAINTAINED = [9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161]
NOT = [5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45]
# R: survival::ovarian (futime, fustat, rx, resid.ds).
OVARIAN = np.array([
    (59, 1, 1, 2), (115, 1, 1, 2), (156, 1, 1, 2), (421, 0, 2, 2), (431, 1, 1, 2),
    (448, 0, 1, 1), (464, 1, 2, 2), (475, 1, 2, 2), (477, 0, 1, 2), (563, 1, 2, 1),
    (638, 1, 1, 1), (744, 0, 2, 1), (769, 0, 2, 2), (770, 0, 2, 2), (803, 0, 1, 1),
    (855, 0, 1, 1), (1040, 0, 1, 2), (1106, 0, 1, 1), (1129, 0, 2, 1), (1206, 0, 2, 2),
    (1227, 0, 2, 1), (268, 1, 1, 2), (329, 1, 1, 2), (353, 1, 2, 1), (365, 1, 2, 2),
    (377, 0, 2, 1),
])  # fmt: skip


def _signed(signed):
    times = np.array(signed, dtype=float)
    return np.abs(times), times > 0


def test_the_band_is_that_of_survfit_log_log():
    """survfit(Surv(time, status) ~ x, aml, conf.type = "log-log"), x = Maintained."""
    low, high = survival_band(kaplan_meier(*_signed(MAINTAINED)))
    assert low == pytest.approx(
        [0.508080, 0.447429, 0.350190, 0.265752, 0.167331, 0.092830, 0.011738], abs=1e-6
    )
    assert high == pytest.approx(
        [0.986674, 0.951162, 0.899024, 0.835299, 0.753400, 0.657041, 0.525015], abs=1e-6
    )


def test_where_nobody_is_left_the_band_is_unknown():
    low, high = survival_band(kaplan_meier(*_signed(NOT)))
    assert np.isnan(low[-1])
    assert np.isnan(high[-1])
    assert low[-2] == pytest.approx(0.005746, abs=1e-6)
    assert high[-2] == pytest.approx(0.348904, abs=1e-6)


def test_the_log_rank_test_is_that_of_survdiff():
    """survdiff(Surv(time, status) ~ x, aml): chisq 3.396389, expected 10.689336 and 7.310664."""
    times, ended = _signed(MAINTAINED + NOT)
    group = np.array([0] * len(MAINTAINED) + [1] * len(NOT))
    found = log_rank(times, ended, group)
    assert found.chi2 == pytest.approx(3.396388699, abs=1e-8)
    assert found.freedom == 1
    assert found.p == pytest.approx(0.0653393, abs=1e-6)
    assert found.expected == pytest.approx([10.689336, 7.310664], abs=1e-6)


def test_ovarian_patients_are_compared_as_in_survdiff():
    """survdiff(Surv(futime, fustat) ~ rx, ovarian): 1.062740; four groups: 9.105106, 3 df."""
    times, ended = OVARIAN[:, 0].astype(float), OVARIAN[:, 1] == 1
    assert log_rank(times, ended, OVARIAN[:, 2] - 1).chi2 == pytest.approx(1.062739861, abs=1e-8)
    four = (OVARIAN[:, 3] - 1) * 2 + OVARIAN[:, 2] - 1
    found = log_rank(times, ended, four)
    assert found.chi2 == pytest.approx(9.105106373, abs=1e-8)
    assert found.freedom == 3


def test_within_strata_like_is_compared_with_like():
    """survdiff(Surv(futime, fustat) ~ rx + strata(resid.ds), ovarian)."""
    times, ended = OVARIAN[:, 0].astype(float), OVARIAN[:, 1] == 1
    found = log_rank(times, ended, OVARIAN[:, 2] - 1, OVARIAN[:, 3])
    assert found.chi2 == pytest.approx(1.2796434512, abs=1e-8)
