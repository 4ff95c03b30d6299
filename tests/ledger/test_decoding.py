"""Batches that cannot be read are refused whole; of an audience only the size and the hash stay."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from verite.ledger.ledger import Decoded
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.sentences.explain import reason
from verite.words.errors import BadInput
from verite.words.heard import Refused
from verite.words.live import Mode

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
BODY = b'{"batch": [{"traits": {"email": "marie@example.org"}, "event": "Call"}]}'


def broken(payload: bytes, source: str) -> Decoded:
    raise BadInput("bad_batch", fields={"detail": "TypeError: marie@example.org"})


def payload_of(mode: Mode, at: datetime = NOON) -> bytes:
    return pack(Packet(kind=Kind.SEGMENT, call="batch", at=at, mode=mode, body=BODY))


def test_an_audience_batch_that_cannot_be_read_leaves_its_reason_size_and_hash(ledger, at, home):
    payload = payload_of(Mode.AUDIENCE)
    ledger.accept(payload, source="site", at=at)
    ledger.drain(broken, at=at)
    (kept,) = ledger.quarantined(limit=5)
    digest = hashlib.sha256(BODY).hexdigest()
    assert (kept.file, kept.reason, kept.detail) == (
        "site",
        "audience_batch_unread",
        "bad_batch",
    )
    assert "marie" not in reason(Refused(file="site", line=None, reason=kept.reason), "en")
    assert kept.raw == f"{len(BODY)} bytes, sha256 {digest}"


@pytest.mark.parametrize("payload", [payload_of(Mode.IDENTIFIED), BODY, b"\xff?"])
def test_any_other_keeps_its_text_for_a_second_try(ledger, at, payload: bytes):
    ledger.accept(payload, source="app", at=at)
    ledger.drain(broken, at=at)
    (kept,) = ledger.quarantined(limit=5)
    assert kept.raw == payload.decode("utf-8", "backslashreplace")


@pytest.mark.parametrize("mode", list(Mode))
def test_the_same_batch_sent_again_is_refused_once(ledger, at, mode):
    for hours in range(2):
        payload = payload_of(mode, NOON + timedelta(hours=hours))
        ledger.accept(payload, source="site", at=at)
        ledger.drain(broken, at=at)
    assert ledger.quarantine_count == 1
