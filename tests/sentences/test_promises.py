"""What is said of promises, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verite.sentences.of_promises import (
    channels_told,
    hours_of_week,
    ranges_of,
    rule_told,
    say_alarm,
)
from verite.words.promises import Event, Lapse, Promise, PromiseAlarm, PromiseKind


def test_hours_that_follow_each_other_are_one_range_midnight_passed_over() -> None:
    assert ranges_of([22, 23, 0, 1, 2, 3, 4, 5, 6]) == [(22, 7)]
    assert ranges_of([12]) == [(12, 13)]
    assert ranges_of(list(range(24))) == [(0, 24)]


@pytest.mark.parametrize(
    ("one", "french", "english"),
    [
        (Promise(key="a", fr="A", en="A", kind=PromiseKind.ANSWERED, target=90.0, within_s=600.0),
         "répondre en 10 min", "answer within 10 min"),
        (Promise(key="a", fr="A", en="A", kind=PromiseKind.FOLLOWED, target=90.0,
                 within_s=172_800.0, start=Event(kind="purchase"), end=Event(touchpoint="visit")),
         "visit dans les 2,0 j après Achat", "visit within 2.0 days of Purchase"),
    ],
    ids=["answered", "followed"],
)  # fmt: skip
def test_a_rule_is_told_in_a_few_words(one: Promise, french: str, english: str) -> None:
    told = [rule_told(one, lang).replace("\N{NO-BREAK SPACE}", " ") for lang in ("fr", "en")]
    assert [text.lower() for text in told] == [french.lower(), english.lower()]


def test_where_and_when_it_holds() -> None:
    week = (((540, 1080),),) * 5 + ((), ())
    one = Promise(key="a", fr="A", en="A", kind=PromiseKind.OPEN, target=90.0, hours=week,
                  channels=("phone",))  # fmt: skip
    assert hours_of_week(one, "en") == "45\N{NO-BREAK SPACE}h a week"
    assert channels_told(one, "en") == "Phone"


def test_an_alarm_says_since_when_and_how_far() -> None:
    alarm = PromiseAlarm(since=datetime(2026, 10, 5, tzinfo=UTC), how=Lapse.BEYOND, value=88.0,
                         mean=95.0)  # fmt: skip
    told = say_alarm(alarm, "en").replace("\N{NO-BREAK SPACE}", " ")
    assert "since the week of" in told
    assert "88%" in told
    assert "95%" in told
