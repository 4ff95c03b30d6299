"""What the real clients sent, recorded by `run.py --record`, is read as they meant it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from verite.ledger.kept import Decoded
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.rules import Rules
from verite.words.events import EventRule
from verite.words.live import Mode

PAYLOADS = Path(__file__).parent / "payloads"
CLIENTS = ("rudder-node", "segment-node", "segment-python")
MAILS = {
    "rudder-node": ("user:sdk-rudder", "email:sdk.rudder@exemple.fr", "identify"),
    "segment-node": ("user:sdk-node", "email:sdk.node@exemple.fr", "identify"),
    "segment-python": ("user:sdk-python", "email:sdk.python@exemple.fr", "identify"),
}
RULE = EventRule(event="Box Restarted", touchpoint="box", channel="app", kind="use")


def recorded(client: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((PAYLOADS / f"{client}.json").read_text("utf-8"))
    return told


def heard(client: str, late: timedelta = timedelta(0)) -> list[Decoded]:
    """Each recorded call, received when it was sent, or later."""
    decoder = decode(Rules(rules=(RULE,)))
    found = []
    for call in recorded(client):
        at = datetime.fromisoformat(call["body"]["sentAt"]) + late
        body = json.dumps(call["body"]).encode()
        packet = Packet(kind=Kind.SEGMENT, call="batch", at=at, mode=Mode.IDENTIFIED, body=body)
        found.append(decoder(pack(packet), client))
    return found


@pytest.mark.parametrize("client", CLIENTS)
def test_every_event_is_one_row_or_one_link_at_the_time_the_client_told(client: str) -> None:
    tables = [decoded.table for decoded in heard(client)]
    properties = [json.loads(p) for t in tables for p in t.column("properties").to_pylist()]
    times = [ts / 1e6 for table in tables for ts in table.column("ts_us").to_pylist()]
    events = [event for call in recorded(client) for event in call["body"]["batch"]]
    tracked = [event for event in events if event["type"] == "track"]
    assert [one["n"] for one in properties] == [event["properties"]["n"] for event in tracked]
    assert times == pytest.approx([one["told_s"] for one in properties], abs=1)
    assert not [refusal for decoded in heard(client) for refusal in decoded.refusals]


@pytest.mark.parametrize("client", CLIENTS)
def test_identify_links_the_mail_and_no_mail_is_in_a_row(client: str) -> None:
    found = heard(client)
    identified = any(
        event["type"] == "identify" for call in recorded(client) for event in call["body"]["batch"]
    )
    links = {link for decoded in found for link in decoded.links}
    assert links == ({MAILS[client]} if identified else set())
    for decoded in found:
        for name in decoded.table.column_names:
            assert "exemple.fr" not in str(decoded.table.column(name).to_pylist())


@pytest.mark.parametrize("client", CLIENTS)
def test_a_batch_sent_again_a_minute_later_says_the_same(client: str) -> None:
    first, again = heard(client), heard(client, late=timedelta(minutes=1))
    columns = ("message_id", "identity", "ts_us", "touchpoint", "properties")
    for one, other in zip(first, again, strict=True):
        for name in columns:
            assert one.table.column(name).to_pylist() == other.table.column(name).to_pylist()


@pytest.mark.parametrize("client", CLIENTS)
def test_no_key_nor_host_is_in_what_was_recorded(client: str) -> None:
    text = (PAYLOADS / f"{client}.json").read_text("utf-8")
    assert "vk_" not in text
    assert "127.0.0.1" not in text
