"""Whatever the order and however often, the ledger ends the same."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from verite.ledger.ledger import Ledger
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.rules import Rules
from verite.words.live import Mode

DAY = datetime(2026, 10, 6, tzinfo=UTC)
EVENTS, SIZE = 600, 20


def batches(day: datetime, received: datetime) -> list[bytes]:
    """A day of events in batches, each sent when it is received."""
    events = [
        {
            "type": "track", "event": f"Step {n % 5}", "userId": f"u{n % 17}",
            "messageId": f"{day:%j}-{n}", "properties": {"n": n},
            "timestamp": (day + timedelta(seconds=86_400 * n / EVENTS)).isoformat(),
        }
        for n in range(EVENTS)
    ]  # fmt: skip
    return [
        pack(
            Packet(
                kind=Kind.SEGMENT, call="batch", at=received, mode=Mode.IDENTIFIED,
                body=json.dumps(
                    {"batch": events[n : n + SIZE], "sentAt": received.isoformat()}
                ).encode(),
            )
        )
        for n in range(0, EVENTS, SIZE)
    ]  # fmt: skip


def rows(ledger: Ledger) -> list[tuple[object, ...]]:
    """What the ledger holds, whoever's key is which."""
    return duckdb.execute(
        "SELECT id_hi, id_lo, content, ts_us, touchpoint, properties FROM read_parquet(?)"
        " ORDER BY ALL",
        [list(ledger.files())],
    ).fetchall()


@pytest.fixture
def once(tmp_path: Path) -> list[tuple[object, ...]]:
    """The day, received once, in order."""
    Ledger.create(tmp_path / "once")
    with Ledger.open(tmp_path / "once") as ledger:
        received = DAY + timedelta(days=1)
        for payload in batches(DAY, received):
            ledger.accept(payload, source="site", at=received)
        ledger.drain(decode(Rules()), at=received)
        return rows(ledger)


@pytest.mark.parametrize("days_later", [1, 90])
def test_a_day_replayed_reordered_by_three_senders_at_once_changes_nothing(
    tmp_path: Path, once: list[tuple[object, ...]], days_later: int
) -> None:
    received = DAY + timedelta(days=days_later)
    payloads = batches(DAY, received)
    orders = [random.Random(seed).sample(payloads, len(payloads)) for seed in range(3)]
    Ledger.create(tmp_path / "thrice")
    with Ledger.open(tmp_path / "thrice") as ledger, ThreadPoolExecutor(3) as senders:

        def send(order: list[bytes]) -> None:
            for payload in order:
                ledger.accept(payload, source="site", at=received)

        sent = [senders.submit(send, order) for order in orders]
        kept = duplicates = 0
        while any(not one.done() for one in sent) or ledger.inbox_count:
            done = ledger.drain(decode(Rules()), at=received)
            kept, duplicates = kept + done.kept, duplicates + done.duplicates
        assert (kept, duplicates, ledger.quarantine_count) == (EVENTS, 2 * EVENTS, 0)
        assert rows(ledger) == once


def test_a_bad_event_inside_a_good_batch_waits_in_quarantine_and_the_others_are_kept(
    ear: object,
) -> None:
    body = {
        "batch": [
            {"type": "track", "event": "Rated", "userId": "7", "messageId": "bad",
             "properties": {"metric": "nps", "score": 9}},
            {"type": "track", "event": "Rated", "userId": "7", "messageId": "good"},
        ]
    }  # fmt: skip
    packet = Packet(
        kind=Kind.SEGMENT, call="batch", at=DAY, mode=Mode.IDENTIFIED,
        body=json.dumps(body).encode(),
    )  # fmt: skip
    ledger: Ledger = ear.ledger  # type: ignore[attr-defined]
    ledger.accept(pack(packet), source="site", at=DAY)
    kept = ledger.drain(decode(Rules()), at=DAY)
    assert (kept.kept, kept.refused) == (1, 1)
    refusal = ledger.quarantined(limit=5)[0]
    assert (refusal.reason, refusal.file, refusal.identity) == (
        "score_without_scale", "site", "user:7",
    )  # fmt: skip
    assert '"messageId": "bad"' in refusal.raw
