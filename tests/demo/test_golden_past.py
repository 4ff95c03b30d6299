"""The customer of seed 001, asked of in the middle of the story: nothing of what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from verite.demo import PLANTED
from verite.home import Home
from verite.words.customer import Beat, Customer, Mark

At = Callable[[str], Customer]


@pytest.fixture(scope="module")
def at(small: Path) -> At:
    """The golden customer at an hour of that evening, Paris time."""
    told: dict[str, Customer] = {}

    def read(hour: str) -> Customer:
        if hour not in told:
            then = datetime.fromisoformat(f"2026-10-06T{hour}+02:00")
            with Home.open(small, as_of=then) as home:
                told[hour] = home.customer(PLANTED.golden_identity).result
        return told[hour]

    return read


def chat(customer: Customer) -> Beat:
    """The chat of the story."""
    return next(beat for beat in customer.timeline if beat.kind == "contact")


def call(customer: Customer) -> Beat:
    """The call of the story."""
    return [beat for beat in customer.timeline if beat.kind == "contact"][1]


@pytest.mark.parametrize(
    ("hour", "agent", "words", "waited", "heard"),
    [
        ("18:10", None, 0, 360.0, False),
        ("18:30", "A", 0, 1200.0, True),
        ("18:42", "A", 1, 1200.0, True),
    ],
)
def test_the_chat_is_told_as_far_as_it_has_come(
    at: At, hour: str, agent: str | None, words: int, waited: float, heard: bool
) -> None:
    found = at(hour)
    assert (chat(found).agent, len(found.story.said), found.effort.wait_s) == (agent, words, waited)
    assert chat(found).wait_s == waited
    assert ("story" in found.story.not_to_ask) is heard
    assert found.effort.agents_reached == int(heard)


@pytest.mark.parametrize(
    ("hour", "agent", "words", "waited"),
    [("18:55", None, 1, 1500.0), ("19:06", "B", 1, 2100.0), ("19:17", "B", 2, 2100.0)],
)
def test_the_call_is_told_as_far_as_it_has_come(
    at: At, hour: str, agent: str | None, words: int, waited: float
) -> None:
    found = at(hour)
    ended = hour == "19:17"
    assert (call(found).agent, len(found.story.said), found.effort.wait_s) == (agent, words, waited)
    assert (Mark.RETOLD in call(found).marks) is ended
    assert (found.effort.retold, call(found).outcome) == (
        (1, "transferred") if ended else (0, None)
    )


def test_a_transfer_under_way_has_reached_nobody_and_has_not_failed(at: At) -> None:
    """20 minutes from 19:17 on, in vain."""
    found = at("19:27")
    assert (found.effort.transfers, found.effort.failed_transfers) == (1, 0)
    assert (found.effort.agents_reached, found.effort.agents_never_reached) == (2, 0)
    assert found.effort.wait_s == 2100.0 + 600.0
    assert at("19:37:01").effort.failed_transfers == 1


def test_a_feeling_is_known_from_the_end_of_its_contact(at: At) -> None:
    counts = [at(hour).feeling.n for hour in ("18:41", "18:42", "19:16", "19:17", "19:36", "19:38")]
    assert counts == [0, 1, 1, 2, 2, 3]
    first, *_ = at("19:38").feeling.course
    assert first[0] == datetime(2026, 10, 6, 16, 42, tzinfo=UTC)


def test_the_call_back_is_known_from_its_own_moment(at: At) -> None:
    assert [len(at(hour).alerts) for hour in ("18:33", "18:35", "18:55")] == [0, 1, 1]


def test_no_course_goes_beyond_the_date(at: At) -> None:
    for hour in ("18:55", "19:27", "19:38"):
        then = datetime.fromisoformat(f"2026-10-06T{hour}+02:00")
        assert all(point[0] <= then for point in at(hour).feeling.course)
        assert all(alert.at < then + timedelta(seconds=1) for alert in at(hour).alerts)
