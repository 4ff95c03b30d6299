"""The call-back of seed 001: proposed during the chat, once, and seldom to others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from verite.demo import PLANTED
from verite.home import Home

CHAT_AT = datetime(2026, 10, 6, 16, 4, tzinfo=UTC)  # 18:04 in Paris
SECOND_STEP = CHAT_AT + timedelta(seconds=1800)
ABANDONED = CHAT_AT + timedelta(seconds=1200 + 1080)


@pytest.fixture(scope="module")
def home(small: Path) -> Iterator[Home]:
    with Home.open(small) as opened:
        yield opened


def golden(home: Home) -> int:
    """The person of the golden identity."""
    ledger = home.desk.ledger
    key = ledger.key_of(PLANTED.golden_identity)
    keys, persons = ledger.people()
    return int(persons[np.searchsorted(keys, key)])


def test_the_golden_chat_raises_one_alert_when_its_second_step_tells_it(home: Home) -> None:
    """20 minutes of wait, then 7 minutes for a step that takes others 90 seconds."""
    (alert,) = home.alerts_of(golden(home))
    assert alert.at == SECOND_STEP < ABANDONED
    assert (alert.channel, alert.reason, alert.proposal) == (
        "chat",
        "slow_and_long_wait",
        "call_back",
    )
    assert (alert.wait_s, alert.pace_s, alert.sign) == (1200.0, 420.0, "step")
    assert 60 < (alert.usual_s or 0) < 120
    assert (alert.n or 0) >= 30


def test_it_was_raised_while_the_chat_was_under_way_and_not_before(small: Path) -> None:
    states = []
    for at in (SECOND_STEP, SECOND_STEP + timedelta(seconds=1), ABANDONED + timedelta(hours=1)):
        with Home.open(small, as_of=at) as then:
            rows = then.alerts(since=CHAT_AT).result.rows
            states.append([row.state.value for row in rows if row.alert.at == SECOND_STEP])
    assert states == [[], ["open"], ["missed"]]


def test_few_ordinary_chats_raise_one_and_those_that_do_are_left_more_often(home: Home) -> None:
    from verite.words.asked import Filters

    found = home.alerts(where=Filters(channels=("chat",))).result
    held = [row for row in found.rows if not row.abandoned]
    assert len(held) / found.contacts < 0.02
    assert found.abandoned_if_alerted.low > found.abandoned_otherwise.high


def test_each_conversation_raises_one_at_most(home: Home) -> None:
    heads = [row.alert.interaction for row in home.alerts().result.rows]
    assert len(heads) == len(set(heads)) > 0


def test_the_page_of_one_person_and_the_list_agree(home: Home) -> None:
    rows = home.alerts().result.rows
    for row in rows[:20]:
        assert row.alert in home.alerts_of(int(row.person, 36))
