"""Segments received live: forty columns at most, over all drains."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from verite.home import Home
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.words.columns import SEGMENTS_AT_MOST
from verite.words.live import Mode

AT = datetime(2026, 10, 6, 12, tzinfo=UTC)


def test_a_sender_that_invents_segments_gets_forty_columns_and_no_more(tmp_path: Path) -> None:
    with Home.create(tmp_path / "home") as home:
        for turn in range(2):
            events = [
                {"type": "track", "event": "Seen", "userId": "u", "messageId": f"{turn}-{number}",
                 "properties": {f"segment.k{turn}_{number}": "x"}}
                for number in range(30)
            ]  # fmt: skip
            body = json.dumps({"batch": events}).encode()
            packet = Packet(kind=Kind.SEGMENT, call="batch", at=AT, mode=Mode.IDENTIFIED, body=body)
            home.desk.ledger.accept(pack(packet), source="site", at=AT)
            assert home.drain(at=AT).kept == 30
        assert len(home.desk.ledger.segments) == SEGMENTS_AT_MOST
