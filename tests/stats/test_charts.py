"""Control charts of single values."""

from __future__ import annotations

import pytest

from verite.stats.charts import Limits, individual_limits, range_limit, signals
from verite.words.measured import Signal

# NIST/SEMATECH e-Handbook, 6.3.2.2: flow rates, mean 50.81, moving range mean 1.8778.
FLOWRATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_limits_are_those_of_the_nist_handbook():
    found = individual_limits(FLOWRATES)
    assert found.mean == pytest.approx(50.81)
    assert found.upper == pytest.approx(55.8041, abs=0.002)
    assert found.lower == pytest.approx(45.8159, abs=0.002)


def test_five_points_are_too_few_for_limits():
    assert individual_limits(FLOWRATES[:5]) is None


def test_a_point_outside_and_the_eighth_of_a_run_are_told():
    limits = Limits(0.0, -3.0, 3.0, 12)
    told = signals([3.1, *[-1.0] * 8, None, -1.0, 1.0], limits)
    assert told[0] is Signal.ABOVE
    assert told[7] is Signal.INSIDE  # the seventh of the run
    assert told[8] is Signal.RUN_LOW
    assert told[9] is Signal.INSIDE  # nothing known
    assert told[10] is Signal.RUN_LOW  # the gap did not break the run
    assert told[11] is Signal.INSIDE


def test_without_limits_nothing_is_told():
    assert set(signals([1.0, 99.0], None)) == {Signal.INSIDE}


def test_limits_are_those_of_montgomery():
    """Introduction to Statistical Quality Control, example 6.5: viscosity, mean 33.52, MR .48."""
    viscosity = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62,
                 33.00, 33.54, 33.12, 33.84]  # fmt: skip
    found = individual_limits(viscosity)
    assert (found.lower, found.upper) == pytest.approx((32.24, 34.80), abs=0.006)
    assert range_limit(viscosity) == pytest.approx(1.57, abs=0.005)
    assert range_limit(viscosity[:5]) is None
