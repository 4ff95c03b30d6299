"""What was refused and is told again adds no line: what the sender sent is compared."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from verite.ledger.ledger import Ledger
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.rules import Rules
from verite.words.live import Mode

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
GOOD = {"type": "track", "event": "Rated", "userId": "7", "messageId": "good"}
BAD = (
    {"type": "track", "userId": "7", "messageId": "bad"},  # no event
    {"type": "track", "event": "Rated"},  # nobody
    {"type": "trick", "userId": "8", "note": "x"},  # no such type
)
RULES = Rules()
STAMPED = {**GOOD, "timestamp": "2026-10-06T11:00:00Z"}


def send(ledger: Ledger, *events, at=NOON, source="site", mode=Mode.IDENTIFIED, **more):
    packet = Packet(
        kind=Kind.SEGMENT, call="batch", at=at, mode=mode,
        body=json.dumps({"batch": events, **more}).encode(),
    )  # fmt: skip
    ledger.accept(pack(packet), source=source, at=at)
    return ledger.drain(decode(RULES), at=at)


@pytest.mark.parametrize("mode", list(Mode))
def test_a_batch_sent_three_times_leaves_its_bad_events_once(ledger, mode):
    for hours in range(3):
        at = NOON + timedelta(hours=hours)
        kept = send(ledger, *BAD, STAMPED, at=at, mode=mode)
        assert kept.kept + kept.duplicates == 1
        assert kept.refused == len(BAD)
        assert ledger.quarantine_count == len(BAD)


def test_a_client_that_tries_again_says_when_it_sends_anew(ledger):
    for hours in range(3):
        at = NOON + timedelta(hours=hours)
        send(ledger, {**BAD[2], "sentAt": at.isoformat()}, at=at, sentAt=at.isoformat())
    assert ledger.quarantine_count == 1


def test_an_event_of_the_same_id_and_reason_is_the_same(ledger):
    send(ledger, BAD[0])
    send(ledger, {**BAD[0], "context": {"try": 2}})
    assert ledger.quarantine_count == 1


def test_other_texts_other_sources_and_other_reasons_are_other_lines(ledger):
    send(ledger, BAD[2])
    send(ledger, {**BAD[2], "note": "y"})
    send(ledger, BAD[2], source="shop")
    send(ledger, {**BAD[2], "userId": None})
    assert ledger.quarantine_count == 4


def test_visitors_of_whom_nothing_is_kept_stay_two(ledger):
    strange = [{"type": "trick", "anonymousId": one} for one in ("a", "b")]
    for _ in range(2):
        send(ledger, *strange, mode=Mode.AUDIENCE)
    assert ledger.quarantine_count == 2


def test_a_conflict_told_again_is_one_line_whatever_the_clocks(ledger):
    send(ledger, STAMPED)
    other = {**STAMPED, "event": "Left"}
    for hours in range(3):
        at = NOON + timedelta(hours=hours)
        kept = send(ledger, other, at=at, sentAt=NOON.isoformat())
        assert (kept.kept, kept.conflicts) == (0, 1)
    assert ledger.quarantine_count == 1


@pytest.mark.parametrize("mode", list(Mode))
def test_a_batch_that_nobody_can_read_is_one_line(ledger, mode):
    for hours in range(3):
        at = NOON + timedelta(hours=hours)
        packet = Packet(kind=Kind.SEGMENT, call="batch", at=at, mode=mode, body=b"[1,")
        ledger.accept(pack(packet), source="site", at=at)
        ledger.drain(decode(RULES), at=at)
    assert ledger.quarantine_count == 1


def test_a_line_expires_by_the_time_when_it_was_first_told(ledger):
    for days in range(0, 60, 10):
        send(ledger, BAD[0], at=NOON + timedelta(days=days))
    assert ledger.expire_quarantine(before=NOON + timedelta(days=1)) == 1
    assert ledger.quarantine_count == 0


def test_an_erased_line_told_again_does_not_come_back(ledger):
    send(ledger, {**STAMPED, "userId": "8"}, BAD[2])
    assert ledger.erase([ledger.key_of("user:8")], at=NOON).lines == 1
    send(ledger, BAD[2], at=NOON + timedelta(hours=1))
    assert ledger.quarantine_count == 0
