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


NINE_TO_SIX = (((540, 1080),),) * 5 + ((), ())


def _minutes(place, start, end):
    return _seconds(Hours(week=NINE_TO_SIX, holidays=place), start, end) / 60


def test_easter_monday_counts_nothing_and_good_friday_only_in_moselle():
    """Friday 3 April 2026, 17:50, to Tuesday 7, 9:10; Easter is on 5 April (Meeus)."""
    start = datetime(2026, 4, 3, 17, 50, tzinfo=PARIS)
    end = datetime(2026, 4, 7, 9, 10, tzinfo=PARIS)
    found = [_minutes(place, start, end) for place in ("", "FR", "FR-57")]
    assert found == [20 + 9 * 60, 20, 10]


def test_the_fourteenth_of_july_counts_nothing():
    """A Tuesday in 2026: from Monday 17:00 to Wednesday 10:00 only two hours were open."""
    start = datetime(2026, 7, 13, 17, 0, tzinfo=PARIS)
    end = datetime(2026, 7, 15, 10, 0, tzinfo=PARIS)
    assert _minutes("FR", start, end) == 120
    assert _minutes("", start, end) == 120 + 9 * 60


def test_the_days_of_a_clock_change_are_counted_in_local_hours():
    """Around 29 March 2026 offices still open nine hours a day: Friday 17:00 to Monday 10:00."""
    start = datetime(2026, 3, 27, 17, 0, tzinfo=PARIS)
    end = datetime(2026, 3, 30, 10, 0, tzinfo=PARIS)
    assert _minutes("FR", start, end) == 120
    assert (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() == 64 * 3600


def test_holidays_of_two_years_are_known_on_both_sides_of_new_year():
    """Thursday 31 December 2026 17:00 to Monday 4 January 2027 10:00: Friday 1 is a holiday."""
    start = datetime(2026, 12, 31, 17, 0, tzinfo=PARIS)
    end = datetime(2027, 1, 4, 10, 0, tzinfo=PARIS)
    assert _minutes("FR", start, end) == 120
