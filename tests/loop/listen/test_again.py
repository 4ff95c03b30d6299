"""Events received live and refused are tried again; what is fine by then leaves quarantine."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from verite.loop.listen import replay
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.rules import Rules
from verite.words.live import Mode

AT = datetime(2026, 10, 6, 12, tzinfo=UTC)


def take(ear, *events: dict[str, object], scopes: frozenset[str] = frozenset()) -> None:
    body = json.dumps({"batch": list(events)}).encode()
    packet = Packet(
        kind=Kind.SEGMENT, call="batch", at=AT, mode=Mode.IDENTIFIED, body=body, scopes=scopes
    )
    ear.ledger.accept(pack(packet), source="site", at=AT)
    ear.ledger.drain(decode(Rules()), at=AT)


def event(message_id: str, **more: object) -> dict[str, object]:
    return {"type": "track", "event": "Seen", "userId": "7", "messageId": message_id, **more}


def test_an_event_refused_by_mistake_is_kept_once_the_mistake_is_mended(ear) -> None:
    take(ear, event("good"), event("odd", type="seen"))
    assert ear.reasons() == ["unknown_event_type"]

    def mended(payload: bytes, source: str):
        return decode(Rules())(payload.replace(b'"type": "seen"', b'"type": "track"'), source)

    heard = replay(ear.ledger, at=AT + timedelta(days=1), decode=mended)
    assert (heard.read, heard.kept, heard.quarantined) == (1, 1, 0)
    assert ear.ledger.quarantine_count == 0
    assert len(ear.rows()) == 2


def test_what_is_still_bad_stays_where_it_is(ear) -> None:
    take(ear, event("a", type="seen"), event("b", timestamp="soon"))
    heard = replay(ear.ledger, at=AT, decode=decode(Rules()))
    assert (heard.read, heard.kept, heard.quarantined) == (2, 0, 2)
    assert ear.reasons() == ["unknown_event_type", "bad_time"]


def test_without_a_decoder_live_events_stay(ear) -> None:
    take(ear, event("a", type="seen"))
    assert replay(ear.ledger, at=AT).quarantined == 1


def test_what_a_source_may_not_send_never_comes_in_by_a_second_try(ear) -> None:
    page = event("a", type="page")
    take(ear, page, event("b", anonymousId="mine"), scopes=frozenset({"page"}))
    heard = replay(ear.ledger, at=AT, decode=decode(Rules()))
    assert (heard.read, heard.kept, heard.quarantined) == (1, 0, 1)
    assert ear.reasons() == ["event_out_of_scope"]
    assert len(ear.rows()) == 1
