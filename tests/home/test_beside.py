"""Decoding beside: other processes say what this one would have said, and may die."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from verite.home.beside import Beside
from verite.loop.listen.collect import Kind, Packet, pack
from verite.loop.listen.collect.many import Many
from verite.loop.listen.collect.rules import Rules
from verite.words.events import EventRule
from verite.words.live import Mode

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
RULES = Rules(rules=(EventRule(event="Seen", touchpoint="window", kind="visit"),), secret=b"k" * 32)


def payload(number: int) -> bytes:
    events = [
        {"type": "track", "event": "Seen", "userId": f"u{number}", "messageId": f"{number}"},
        {"type": "identify", "userId": f"u{number}", "anonymousId": "a", "messageId": "i"},
        {"type": "track", "event": "New", "anonymousId": "a", "messageId": f"{number}n",
         "properties": {"value": 3, "plan": "fibre", "segment.offer": "pro"}},
        {"type": "strange", "messageId": "x"},
    ]  # fmt: skip
    body = json.dumps({"batch": events}).encode()
    return pack(Packet(kind=Kind.SEGMENT, call="batch", at=AT, mode=Mode.IDENTIFIED, body=body))


CHUNKS = [("shop", [payload(number), b"no packet"]) for number in range(12)]


@pytest.fixture(scope="module")
def beside() -> Iterator[Beside]:
    found = Beside(2)
    yield found
    found.close()


def test_other_processes_say_what_this_one_would_have_said(beside):
    here = Many(RULES)
    told = list(beside.read(RULES, CHUNKS))
    assert told == [here.read(*chunk) for chunk in CHUNKS]
    assert len(told[0].rows) == 2
    assert told[0].unknown == {"New": 1}
    assert [one.place for one in told[0].failed] == [1]
    assert told[0].rows.touchpoint[0] == "window"


def test_rules_changed_since_the_last_time_hold(beside):
    (found,) = beside.read(Rules(secret=b"k" * 32), CHUNKS[:1])
    assert found.unknown == {"Seen": 1, "New": 1}


def test_nothing_to_read_is_nothing_told(beside):
    assert list(beside.read(RULES, [])) == []


def test_a_process_that_dies_loses_nothing_and_is_started_again(beside):
    here = Many(RULES)
    told = beside.read(RULES, CHUNKS)
    first = next(told)
    for child in beside._children:
        os.kill(child.pid, signal.SIGKILL)
    assert [first, *told] == [here.read(*chunk) for chunk in CHUNKS]
    assert list(beside.read(RULES, CHUNKS[:3])) == [here.read(*chunk) for chunk in CHUNKS[:3]]


def test_processes_that_cannot_start_are_done_without(monkeypatch):
    from verite.home import beside as module

    def refuse():
        raise OSError("no more processes")

    monkeypatch.setattr(module, "_start", refuse)
    assert len(list(Beside(2).read(RULES, CHUNKS))) == len(CHUNKS)
