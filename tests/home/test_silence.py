"""Silence is judged against the habit of a source: its nights, its week-ends, its batches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from verite.home.silence import freshness

START = datetime(2025, 1, 6, tzinfo=UTC)  # a Monday


class Lines:
    """As much of a timeline as freshness reads."""

    def __init__(self, moments: dict[str, list[datetime]]) -> None:
        pairs = [(at, code) for code, ats in enumerate(moments.values()) for at in ats]
        self.ts = np.array([int(at.timestamp() * 1_000_000) for at, _ in pairs], dtype=np.int64)
        self._codes = np.array([code for _, code in pairs], dtype=np.int32)
        self._labels = tuple(moments)

    def codes(self, column: str) -> np.ndarray:
        return self._codes

    def labels(self, column: str) -> tuple[str, ...]:
        return self._labels


def hours_of(days: int, *, weekends: bool, per_hour: int = 4) -> list[datetime]:
    """Rows from nine to six, every day or every working day."""
    return [
        START + timedelta(days=day, hours=hour, minutes=60 // per_hour * part)
        for day in range(days)
        if weekends or (START + timedelta(days=day)).weekday() < 5
        for hour in range(9, 18)
        for part in range(per_hour)
    ]


def is_silent(moments: list[datetime], quiet: timedelta) -> bool:
    return freshness(Lines({"surveys": moments}), max(moments) + quiet)[0].silent


def test_a_night_is_no_silence_for_a_source_that_sleeps() -> None:
    assert not is_silent(hours_of(364, weekends=True), timedelta(hours=20))
    assert not is_silent(hours_of(364, weekends=True), timedelta(hours=60))


def test_a_week_end_is_no_silence_for_a_source_that_rests() -> None:
    friday = hours_of(362, weekends=False)
    assert max(friday).weekday() == 4
    assert not is_silent(friday, timedelta(hours=70))
    assert is_silent(friday, timedelta(days=5))


def test_three_days_of_silence_after_a_year_of_daily_data_are_told() -> None:
    assert is_silent(hours_of(364, weekends=True), timedelta(days=3))
    assert is_silent([START + timedelta(days=day) for day in range(365)], timedelta(days=3))


def test_a_source_that_speaks_day_and_night_is_silent_within_a_night() -> None:
    always = [START + timedelta(minutes=10 * step) for step in range(6 * 24 * 60)]
    assert is_silent(always, timedelta(hours=8))
    assert not is_silent(always, timedelta(hours=3))


def test_a_monthly_batch_is_not_silent_between_two() -> None:
    batches = [START + timedelta(days=30 * i, minutes=m) for i in range(12) for m in range(20)]
    assert not is_silent(batches, timedelta(days=29))
