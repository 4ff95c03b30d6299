"""The smoothed course: Montgomery's example, the NIST handbook's, and its false alarms."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.ewma import REACH, WEIGHT, Course, smooth

# Montgomery, Introduction to Statistical Quality Control, 6th ed., table 9.1 (and 9.10).
MONTGOMERY = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40,
    10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38,
    11.62, 11.31, 10.52,
]  # fmt: skip
PRINTED = {1: 9.945, 2: 9.7495, 5: 10.1253, 10: 10.0232, 20: 10.0108, 28: 10.5731, 30: 10.6341}


def test_the_course_is_that_of_montgomery_and_alarms_where_his_does() -> None:
    found = smooth(MONTGOMERY, Course(mean=10, deviation=1, weight=0.1, reach=2.7))
    assert {i: round(found[i - 1].value, 4) for i in PRINTED} == PRINTED
    assert (round(found[0].upper, 2), round(found[-1].upper, 2)) == (10.27, 10.62)
    assert (round(found[0].lower, 2), round(found[-1].lower, 2)) == (9.73, 9.38)
    assert [i + 1 for i, one in enumerate(found) if one.is_outside] == [29, 30]


def test_the_course_is_that_of_the_nist_handbook() -> None:
    """NIST/SEMATECH e-Handbook, 6.3.2.4: mean 50, s 2.0539, weight 0.3."""
    given = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5]
    printed = [50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33]
    found = smooth(given, Course(mean=50, deviation=2.0539, weight=0.3, reach=3))
    assert [one.value for one in found] == pytest.approx(printed, abs=0.006)
    late = smooth([50.0] * 60, Course(mean=50, deviation=2.0539, weight=0.3, reach=3))[-1]
    assert (late.lower, late.upper) == pytest.approx((47.4115, 52.5884), abs=0.001)


@pytest.mark.parametrize(("shift", "published"), [(0.0, 500.0), (0.5, 41.8), (1.0, 10.5)])
def test_how_soon_it_alarms_is_as_published(shift: float, published: float) -> None:
    """Lucas & Saccucci 1990, table 3: average run lengths at weight 0.20, L = 2.962."""
    chance = np.random.default_rng(3)
    half = REACH * np.sqrt(WEIGHT / (2 - WEIGHT))  # the steady limits, as in the table
    lengths = np.zeros(3000)
    level, count = np.zeros(3000), 0
    running = np.ones(3000, dtype=bool)
    while running.any():
        count += 1
        points = chance.standard_normal(3000) + shift
        level = WEIGHT * points + (1 - WEIGHT) * level
        ended = running & (abs(level) > half)
        lengths[ended] = count
        running &= ~ended
    assert abs(lengths.mean() - published) < 3.5 * lengths.std() / np.sqrt(3000) + 0.05


def test_a_period_without_a_figure_is_passed_over() -> None:
    course = Course(mean=0.0, deviation=1.0)
    with_gap, without = smooth([1.0, None, 2.0], course), smooth([1.0, 2.0], course)
    assert with_gap[1] is None
    assert (with_gap[0], with_gap[2]) == without
