"""Days and periods as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from verite.sentences.dates import ago, day, period
from verite.words.asked import Window


def window(*ends: tuple[int, int, int]) -> Window:
    start, end = (datetime(*found, tzinfo=UTC) for found in ends)
    return Window(start=start, end=end)


def test_the_last_day_of_a_half_open_window_is_the_day_before_its_end():
    assert period(window((2026, 10, 26), (2026, 11, 23)), "en") == "26\u00a0Oct – 22\u00a0Nov 2026"


def test_a_window_over_new_year_says_both_years():
    said = period(window((2025, 12, 1), (2026, 1, 31)), "fr")
    assert said == "1er\u00a0déc. 2025 – 30\u00a0janv. 2026"


def test_a_window_of_one_day_is_that_day():
    assert period(window((2026, 8, 3), (2026, 8, 4)), "fr") == "3\u00a0août 2026"


def test_the_first_of_a_french_month_is_the_first():
    assert day(date(2026, 5, 1), "fr") == "1er\u00a0mai 2026"


def test_how_long_ago_is_said_in_one_unit():
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert ago(datetime(2026, 11, 19, 11, tzinfo=UTC), now, "fr") == "il y a 3\u00a0j"
    assert ago(now, now, "en") == "just now"
