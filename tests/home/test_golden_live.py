"""Seed 001 as it would really arrive: the chat as live events, the calls as a call log."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import verite.loop.listen.sources as sources
from verite.demo.golden import DAY, STORY
from verite.home import Home
from verite.loop.listen import Request
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.words.customer import Effort
from verite.words.live import Mode

START = datetime.fromisoformat(f"{DAY}T18:04:00+02:00")
CALLS = Path(str(sources.__file__)).parent / "calls" / "samples" / "legs.csv"


def chat() -> bytes:
    """The chat half, as a client of the company's chat would send it two hours later."""
    events = []
    for number, event in enumerate(STORY[:3]):
        told = {k: v for k, v in event.given.items() if k not in {"source", "agent"}}
        told |= {"agent": "chat-a-03", "case_id": "T-900001", "text": event.words}
        at = (START + timedelta(seconds=event.after_s)).isoformat()
        events.append({"type": "track", "event": "Chat", "userId": "seed-001", "timestamp": at,
                       "messageId": f"chat-{number}", "properties": told})  # fmt: skip
    received = START + timedelta(hours=2)
    body = json.dumps({"batch": events, "sentAt": received.isoformat()}).encode()
    return pack(
        Packet(kind=Kind.SEGMENT, call="batch", at=received, mode=Mode.IDENTIFIED, body=body)
    )


def test_the_golden_story_comes_out_of_live_events_and_a_call_log(tmp_path: Path) -> None:
    at = START + timedelta(hours=2)
    with Home.create(tmp_path / "home") as home:
        home.desk.ledger.accept(chat(), source="chat", at=at)
        assert home.drain(at=at).kept == 3
        assert home.listen_to(Request(files=(CALLS,), kind="calls"), at=at).result.kept == 6
        effort: Effort = home.customer("user:seed-001").result.effort
    assert effort.wait_s == 55 * 60
    assert (effort.agents_reached, effort.agents_never_reached) == (2, 1)
    assert (effort.channel_switches, effort.abandoned, effort.retold) == (1, 1, 1)
    assert (effort.redone_steps, effort.transfers, effort.failed_transfers) == (2, 1, 1)
    assert effort.menus == 2
    assert effort.resolved is not True
