"""Business hours: nights, holidays, clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.measure.hours import Hours, open_seconds

PARIS = ZoneInfo("Europe/Paris")
ALL_DAY = Hours(week=(((0, 24 * 60),),) * 7)
OFFICE = Hours(week=(((540, 750), (840, 1080)),) * 5 + ((), ()), closed=(date(2026, 5, 1),))


def _seconds(hours, start, end):
    moments = [
        np.array([int(at.astimezone(UTC).timestamp()) * 1_000_000], dtype=np.int64)
        for at in (start, end)
    ]
    return float(open_seconds(hours, "Europe/Paris", *moments)[0])


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_an_open_night_of_clock_change_lasts_what_it_lasts(night):
    """23 hours on 29 March, 25 on 25 October."""
    start, end = (
        datetime.combine(day, time(), tzinfo=PARIS) for day in (night, night + timedelta(days=1))
    )
    real = (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds()
    assert _seconds(ALL_DAY, start, end) == real
    assert real in (23 * 3600, 25 * 3600)


def test_lunch_weekend_and_the_first_of_may_count_nothing():
    start = datetime(2026, 4, 30, 12, 0, tzinfo=PARIS)  # a Thursday
    end = datetime(2026, 5, 4, 10, 0, tzinfo=PARIS)  # the Monday after
    assert _seconds(OFFICE, start, end) == (0.5 + 4 + 1) * 3600


moments = st.integers(1_767_225_600, 1_798_761_600)  # 2026


@given(moments, moments, moments)
@settings(max_examples=80, deadline=None)
def test_time_adds_up(first, second, third):
    start, middle, end = (datetime.fromtimestamp(s, UTC) for s in sorted((first, second, third)))
    whole = _seconds(OFFICE, start, end)
    parts = _seconds(OFFICE, start, middle) + _seconds(OFFICE, middle, end)
    assert whole == pytest.approx(parts, abs=1e-3)
    assert 0 <= whole <= (end - start).total_seconds() + 1e-3


@given(moments, moments)
@settings(max_examples=40, deadline=None)
def test_open_always_is_plain_time(first, second):
    start, end = (datetime.fromtimestamp(s, UTC) for s in sorted((first, second)))
    assert _seconds(ALL_DAY, start, end) == pytest.approx((end - start).total_seconds(), abs=1e-3)
