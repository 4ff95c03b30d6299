"""Times are the sender's, set right when its clock is plainly wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.loop.listen.collect.clock import (
    TOLERANCE_US,
    Problem,
    offset_of,
    read_instant,
    time_of,
)

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
NOON_US = round(NOON.timestamp() * 1e6)


def heard(told: str | float | None, sent: str | None = None) -> int | Problem:
    """The time of an event received at noon."""
    offset = offset_of(sent, received_us=NOON_US)
    return time_of(told, offset_us=offset, received_us=NOON_US)


@pytest.mark.parametrize("days", [-20_000, -3, -0.01, 0.01, 3, 400])
def test_a_clock_wrong_by_days_is_set_right(days: float) -> None:
    sent = NOON + timedelta(days=days)
    told = sent - timedelta(seconds=90)
    assert heard(told.isoformat(), sent.isoformat()) == NOON_US - 90_000_000


@pytest.mark.parametrize("seconds", [-299, -1, 0, 1, 299])
def test_a_clock_near_ours_is_believed_so_that_a_batch_sent_again_says_the_same(
    seconds: int,
) -> None:
    told = NOON - timedelta(seconds=30)
    sent = NOON + timedelta(seconds=seconds)
    assert heard(told.isoformat(), sent.isoformat()) == NOON_US - 30_000_000


def test_an_event_of_ninety_days_ago_sent_now_keeps_its_time() -> None:
    told = NOON - timedelta(days=90)
    assert heard(told.isoformat(), NOON.isoformat()) == NOON_US - 90 * 86_400_000_000


def test_without_sent_at_the_time_is_as_told() -> None:
    assert heard("2026-10-03T12:00:00+02:00") == NOON_US - (3 * 86_400 + 7_200) * 1_000_000


def test_without_a_time_it_happened_when_it_was_received() -> None:
    assert heard(None, "2020-01-01T00:00:00Z") == NOON_US


def test_a_time_to_come_is_refused() -> None:
    found = heard((NOON + timedelta(days=1)).isoformat(), NOON.isoformat())
    assert isinstance(found, Problem)
    assert found.reason == "time_in_future"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("2026-10-06T12:00:00Z", 0), ("2026-10-06T12:00:00.250Z", 0.25), ("2026-10-06 12:00", 0),
        ("2026-10-06T14:00:00+02:00", 0), (NOON_US // 1_000_000, 0), (NOON_US // 1_000, 0),
        (NOON_US, 0), (str(NOON_US // 1_000), 0), (" 2026-10-06T12:00:00Z ", 0),
    ],
)  # fmt: skip
def test_times_are_read_as_senders_write_them(told: str | float, seconds: float) -> None:
    assert read_instant(told) == NOON_US + round(seconds * 1e6)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none()))
def test_any_time_is_an_instant_or_none(told: str | float | None) -> None:
    found = heard(told)
    assert isinstance(found, Problem) or found <= NOON_US + TOLERANCE_US
