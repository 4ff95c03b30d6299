"""When a conversation should become a call: from messages, from steps, from waits, from lengths."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from verite.home import Home
from verite.words.customer import Alert

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
Row = dict[str, Any]
COLUMNS = (
    "message_id", "identity", "at", "channel", "kind", "direction", "case_id", "step", "agent",
    "wait_s", "duration_s", "outcome", "motive",
)  # fmt: skip


def message(who: str, after_s: float, direction: str, day: int = 0, **more: Any) -> Row:
    """One message of a chat, or one row that tells a whole chat."""
    at = START + timedelta(days=day, seconds=after_s)
    row: Row = {"identity": f"user:{who}", "at": at.isoformat(), "channel": "chat",
                "kind": "contact", "direction": direction, "case_id": f"{who}-{day}"}  # fmt: skip
    return row | more


def chat(who: str, replies: list[float], *, day: int = 0) -> list[Row]:
    """A chat message by message: our question every time, then the customer's answer."""
    rows, now = [message(who, 0, "inbound", day)], 20.0
    for reply in replies:
        rows.append(message(who, now, "outbound", day))
        rows.append(message(who, now + reply, "inbound", day))
        now += reply + 10
    return rows


def whole(who: str, *, wait_s: float, talk_s: float = 300, day: int = 0, **more: Any) -> list[Row]:
    """A chat in one row."""
    told = {"wait_s": wait_s, "duration_s": talk_s, "agent": "a", "outcome": "resolved"} | more
    return [message(who, 0, "inbound", day, **told)]


def others(count: int = 40) -> list[Row]:
    """Chats, on the days before, of people who answer within 20 to 40 seconds."""
    return [
        row
        for n in range(count)
        for row in chat(f"other{n}", [20 + n % 21, 30, 25 + n % 11], day=n % 20 - 20)
    ]


@pytest.fixture
def alerts_of(tmp_path: Path) -> Callable[..., tuple[Alert, ...]]:
    """The alerts of one person in a home that holds these rows."""

    def find(who: str, rows: list[Row], **options: Any) -> tuple[Alert, ...]:
        import numpy as np

        file = tmp_path / "rows.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows({**row, "message_id": n} for n, row in enumerate(rows))
        Home.create(tmp_path / "home").close()
        with Home.open(tmp_path / "home", **options) as home:
            home.listen(file)
            keys, persons = home.desk.ledger.people()
            key = home.desk.ledger.key_of(f"user:{who}")
            return home.alerts_of(int(persons[np.searchsorted(keys, key)]))

    return find


def test_the_middle_of_three_slow_answers_is_told_at_the_third(alerts_of):
    rows = [*others(), *chat("slow", [200, 220, 240, 260])]
    (alert,) = alerts_of("slow", rows)
    third = 20 + 200 + 10 + 220 + 10 + 240
    assert alert.at == START + timedelta(seconds=third)
    assert (alert.reason, alert.sign, alert.pace_s) == ("slow", "reply", 220.0)
    assert (alert.usual_s, alert.n) == (30.0, 40)


def test_a_conversation_is_judged_by_what_was_usual_on_its_day(alerts_of, tmp_path):
    """Everybody became as slow since: an alert raised then stays raised, and is told the same."""
    since = [row for n in range(99) for row in chat(f"since{n}", [200, 220, 240], day=1 + n % 20)]
    rows = [*others(), *chat("slow", [200, 220, 240]), *since]
    (alert,) = alerts_of("slow", rows)
    assert (alert.usual_s, alert.n) == (30.0, 40)
    with Home.open(tmp_path / "home", as_of=START + timedelta(hours=2)) as home:
        (row,) = home.alerts().result.rows
        assert row.alert == alert


def test_what_was_learnt_later_raises_nothing_earlier(alerts_of):
    """On the day of the conversation, too few others were known to tell that it was slow."""
    since = [row for n in range(40) for row in chat(f"since{n}", [30, 30, 30], day=1 + n % 20)]
    assert alerts_of("slow", [*others(20), *chat("slow", [400, 400, 400]), *since]) == ()


def test_one_slow_answer_among_quick_ones_is_ordinary(alerts_of):
    assert alerts_of("once", [*others(), *chat("once", [30, 600, 30, 30])]) == ()


def test_a_customer_who_always_takes_that_long_is_at_their_own_pace(alerts_of):
    past = [row for day in range(3) for row in chat("calm", [200, 200, 200], day=day)]
    rows = [*others(), *past, *chat("calm", [210, 210, 210], day=9)]
    alerted = {alert.at.date().day for alert in alerts_of("calm", rows)}
    assert START.date().day + 9 not in alerted


def test_thirty_conversations_are_needed_to_know_what_is_slow(alerts_of):
    assert alerts_of("slow", [*others(28), *chat("slow", [400, 400, 400])]) == ()


def test_an_answer_that_never_came_tells_nothing(alerts_of):
    """They may have gone: silence is no evidence."""
    rows = [*others(), *chat("gone", [30, 30]), message("gone", 200, "outbound"),
            *whole("later", wait_s=5, day=19)]  # fmt: skip
    assert alerts_of("gone", rows) == ()


def test_a_wait_of_thirty_times_the_promise_is_told_while_it_lasts(alerts_of):
    rows = [*whole("waits", wait_s=2400), *whole("other", wait_s=10, day=2)]
    (alert,) = alerts_of("waits", rows)
    assert alert.at == START + timedelta(seconds=1800)
    assert (alert.reason, alert.wait_s, alert.n) == ("long_wait", 1800.0, None)


def test_a_wait_seen_from_our_first_message_is_told_by_that_message(alerts_of):
    rows = [message("waits", 0, "inbound"), message("waits", 2000, "outbound"),
            *whole("other", wait_s=10, day=2)]  # fmt: skip
    (alert,) = alerts_of("waits", rows)
    assert (alert.reason, alert.at) == ("long_wait", START + timedelta(seconds=2000))


def test_a_customer_who_comes_back_after_the_session_begins_another_conversation(alerts_of):
    late = [replace_times(row, 7200) for row in chat("back", [30, 30, 30])]
    rows = [*others(), *chat("back", [30, 30, 30]), *late]
    assert alerts_of("back", rows) == ()


def test_an_ordinary_wait_raises_nothing(alerts_of):
    rows = [*whole("waits", wait_s=900), *whole("other", wait_s=10, day=2)]
    assert alerts_of("waits", rows) == ()


def test_a_channel_without_a_promise_has_no_long_wait(alerts_of):
    rows = [*whole("waits", wait_s=9000, channel="bot"), *whole("other", wait_s=10, day=2)]
    assert alerts_of("waits", rows) == ()


def test_a_call_is_never_proposed_to_somebody_on_the_phone(alerts_of):
    rows = [*whole("waits", wait_s=9000, channel="phone"), *whole("other", wait_s=10, day=2)]
    assert alerts_of("waits", rows) == ()


def test_a_slow_answer_after_a_long_wait_says_both(alerts_of):
    late = [replace_times(row, 700) for row in chat("slow", [300, 300, 300])[1:]]
    rows = [*others(), message("slow", 0, "inbound"), *late]
    (alert,) = alerts_of("slow", rows)
    assert (alert.reason, alert.wait_s) == ("slow_and_long_wait", 720.0)


def test_a_talk_longer_than_almost_all_others_is_told_while_it_lasts(alerts_of):
    rows = [
        row for n in range(40) for row in whole(f"o{n}", wait_s=5, talk_s=300 + n, day=-1 - n % 9)
    ]
    rows += whole("long", wait_s=60, talk_s=7200)
    (alert,) = alerts_of("long", rows)
    assert alert.sign == "talk"
    assert START < alert.at < START + timedelta(seconds=7260)


def test_two_conversations_of_a_case_are_not_one(alerts_of):
    """Back after 20 minutes in the same case: the time between is not an answer's."""
    first, again = whole("back", wait_s=5), whole("back", wait_s=5)
    again = [replace_times(row, 1500) for row in again]
    asked = [message("back", 100, "outbound", kind="other", step="restart"),
             message("back", 1600, "outbound", kind="other", step="restart")]  # fmt: skip
    steps = [
        row for n in range(40) for row in (
            *whole(f"o{n}", wait_s=5, day=n % 9 - 9),
            message(f"o{n}", 60, "outbound", n % 9 - 9, kind="other", step="restart"),
            message(f"o{n}", 120, "outbound", n % 9 - 9, kind="other", step="lights"))
    ]  # fmt: skip
    assert alerts_of("back", [*steps, *first, *again, *asked]) == ()


def replace_times(row: Row, seconds: float) -> Row:
    """The same row, later."""
    moved = datetime.fromisoformat(row["at"]) + timedelta(seconds=seconds)
    return row | {"at": moved.isoformat()}
