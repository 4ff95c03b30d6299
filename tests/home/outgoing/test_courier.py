"""The courier: signed as the specification asks, tried again, given up, never told twice."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from verite.home.outgoing.client import Client
from verite.home.outgoing.courier import deliver_due, signed
from verite.records.setup import prepare
from verite.words.member import CONSOLE
from verite.words.webhooks import Due, Message, Sending

AT = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)


class Clock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        return self.at

    def after(self, seconds: float) -> None:
        """Later."""
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def using(tmp_path: Path) -> str:
    return prepare(tmp_path)


def name(using: str, sink, called: str = "desk"):
    from verite.records.outgoing.actions import name_target

    return name_target(using=using, by=CONSOLE, name=called, url=sink.url, at=AT)


def queue(using: str, *ids: str) -> int:
    from verite.records.outgoing.sending import queue_messages

    messages = [Message(id=one, kind="alert.raised", body=f'{{"n":"{one}"}}') for one in ids]
    return queue_messages(using=using, messages=messages, at=AT)


def go(using: str, sink, clock: Clock) -> list[str]:
    client = Client(allow=sink.allow, timeout_s=2)
    return [one.value for one in deliver_due(client, using=using, clock=clock)]


def last(using: str):
    from verite.records.outgoing.records import latest_deliveries

    return latest_deliveries(using=using)[0]


def test_the_signature_is_that_of_the_specification():
    """The worked example of the Standard Webhooks specification's libraries."""
    due = Due(id=1, tries=1, message="msg_p5jXN8AQM9LWM0D4loKWxJek", body='{"test": 2432232314}',
              url="", secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")  # fmt: skip
    headers = signed(due, datetime.fromtimestamp(1614265330, UTC))
    assert headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_arrives_is_signed_with_the_secret_shown_once(using, sink, clock):
    secret = name(using, sink).secret
    queue(using, "alert_1")
    assert go(using, sink, clock) == ["sent"]
    (heard,) = sink.heard
    told = f"{heard.headers['webhook-id']}.{heard.headers['webhook-timestamp']}.".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.digest(key, told + heard.body, hashlib.sha256)).decode()
    assert heard.headers["webhook-signature"] == f"v1,{wanted}"
    assert heard.headers["content-type"] == "application/json"
    assert len(key) >= 24


def test_a_message_is_told_once_to_each_target(using, sink, clock):
    name(using, sink)
    name(using, sink, "crm")
    assert (queue(using, "alert_1"), queue(using, "alert_1", "alert_2")) == (2, 2)
    go(using, sink, clock)
    assert go(using, sink, clock) == []
    told = sorted(heard.headers["webhook-id"] for heard in sink.heard)
    assert told == ["alert_1", "alert_1", "alert_2", "alert_2"]


def test_a_passing_trouble_is_tried_again_with_the_same_id_and_a_new_date(using, sink, clock):
    name(using, sink)
    queue(using, "alert_1")
    sink.will(503)
    assert go(using, sink, clock) == ["waiting"]
    assert go(using, sink, clock) == []  # not yet
    clock.after(5)
    assert go(using, sink, clock) == ["sent"]
    first, second = (heard.headers for heard in sink.heard)
    assert first["webhook-id"] == second["webhook-id"]
    assert first["webhook-timestamp"] != second["webhook-timestamp"]
    assert (last(using).tries, last(using).status) == (2, 204)


def test_waits_grow_and_end(using, sink, clock):
    name(using, sink)
    queue(using, "alert_1")
    waits = []
    for _ in range(7):
        sink.will(500)
        go(using, sink, clock)
        at = last(using).next_at
        if at is not None:
            waits.append((at - clock.at).total_seconds())
            clock.at = at
    assert waits == [5, 30, 120, 600, 3600, 21_600]
    assert (last(using).state, last(using).why) == (Sending.FAILED, "outgoing_answered")


def test_a_target_is_given_the_time_it_asks_for(using, sink, clock):
    name(using, sink)
    queue(using, "alert_1")
    sink.will(429, Retry_After="90")
    go(using, sink, clock)
    assert last(using).next_at == AT + timedelta(seconds=90)


def test_a_lasting_refusal_is_not_tried_again(using, sink, clock):
    name(using, sink)
    queue(using, "alert_1")
    sink.will(404)
    assert go(using, sink, clock) == ["failed"]
    clock.after(86_400)
    assert go(using, sink, clock) == []


def test_five_failures_in_a_row_turn_a_target_off_with_a_note(using, sink, clock):
    from verite.records.audit.records import latest
    from verite.records.outgoing.records import list_targets

    name(using, sink)
    queue(using, *(f"alert_{n}" for n in range(5)))
    for _ in range(5):
        sink.will(400)
    assert go(using, sink, clock) == ["failed"] * 5
    (target,) = list_targets(using=using)
    assert (target.is_on, target.off_why) == (False, "outgoing_answered")
    assert latest(using=using)[0].did == "turn_off_target"
    assert queue(using, "alert_9") == 0


def test_a_success_in_between_starts_the_count_again(using, sink, clock):
    from verite.records.outgoing.records import list_targets

    name(using, sink)
    queue(using, *(f"alert_{n}" for n in range(9)))
    for n in range(9):
        sink.will(204 if n == 4 else 400)
    go(using, sink, clock)
    assert [(one.is_on, one.failures) for one in list_targets(using=using)] == [(True, 4)]


def test_an_address_that_is_gone_turns_its_target_off_at_once(using, sink, clock):
    from verite.records.outgoing.records import list_targets

    name(using, sink)
    queue(using, "alert_1")
    sink.will(410)
    go(using, sink, clock)
    assert list_targets(using=using)[0].off_why == "gone"


def test_what_waits_is_tried_at_once_when_a_target_is_turned_on_again(using, sink, clock):
    from verite.records.outgoing.actions import turn_off, turn_on

    target = name(using, sink).target.id
    queue(using, "alert_1")
    turn_off(using=using, by=CONSOLE, target=target, at=AT)
    assert go(using, sink, clock) == []
    turn_on(using=using, by=CONSOLE, target=target, at=AT)
    assert go(using, sink, clock) == ["sent"]


def test_a_try_whose_process_died_is_made_again(using, sink, clock):
    from verite.records.outgoing.sending import claim_due

    name(using, sink)
    queue(using, "alert_1")
    assert len(claim_due(using=using, at=AT)) == 1
    assert go(using, sink, clock) == []  # another process holds it
    clock.after(120)
    assert go(using, sink, clock) == ["sent"]


def test_a_test_delivery_goes_the_way_of_the_real_ones(using, sink, clock):
    from verite.records.outgoing.sending import queue_test

    target = name(using, sink).target.id
    message = queue_test(using=using, by=CONSOLE, target=target, at=AT)
    assert go(using, sink, clock) == ["sent"]
    assert sink.heard[0].headers["webhook-id"] == message
    assert json.loads(sink.heard[0].body)["type"] == "test"


def test_a_private_target_is_refused_for_good(using, sink, clock):
    name(using, sink)
    queue(using, "alert_1")
    assert [one.value for one in deliver_due(Client(), using=using, clock=clock)] == ["failed"]
    assert last(using).why == "outgoing_not_https"
    assert sink.heard == []


def test_a_failed_delivery_can_be_made_again_by_hand(using, sink, clock):
    from verite.records.outgoing.sending import try_again

    name(using, sink)
    queue(using, "alert_1")
    sink.will(400)
    go(using, sink, clock)
    try_again(using=using, by=CONSOLE, delivery=last(using).id, at=AT)
    assert go(using, sink, clock) == ["sent"]
