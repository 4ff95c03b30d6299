"""An audience source leaves nothing that names a visitor or joins them to anything."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from verite.ledger.kept import Decoded
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.rules import Rules
from verite.words.live import Mode

AT = datetime(2026, 10, 6, 12, tzinfo=UTC)
SECRETS = ("alice", "a1-device", "C-1234", "0612345678", "+33612345678")


def tell(*events: dict[str, Any], source: str = "site", secret: bytes = b"s") -> Decoded:
    packet = Packet(
        kind=Kind.SEGMENT, call="batch", at=AT, mode=Mode.AUDIENCE,
        body=json.dumps({"batch": list(events)}).encode(),
    )  # fmt: skip
    return decode(Rules(secret=secret))(pack(packet), source)


def visit(**given: Any) -> dict[str, Any]:
    return {
        "type": "page", "name": "Tarifs", "anonymousId": "a1-device", "userId": "alice",
        "timestamp": AT.isoformat(), "traits": {"email": "alice@exemple.fr"},
        "properties": {"path": "/tarifs?c=C-1234", "order": "C-1234", "case_id": "C-1234",
                       "phone": "0612345678", "text": "alice", "agent": "alice"},
        **given,
    }  # fmt: skip


def identities(decoded: Decoded) -> list[str]:
    found: list[str] = decoded.table.column("identity").to_pylist()
    return found


def test_nothing_of_the_visitor_is_kept_but_a_tracer() -> None:
    decoded = tell(visit(), visit(type="identify"), visit(type="alias", previousId="alice"))
    text = str([decoded.table.column(name).to_pylist() for name in decoded.table.column_names])
    assert decoded.table.num_rows == 1
    assert decoded.links == ()
    assert identities(decoded)[0].startswith("audience:")
    assert not [secret for secret in SECRETS if secret in text]
    assert json.loads(decoded.table.column("properties").to_pylist()[0]) == {
        "path": "/tarifs",
        "name": "Tarifs",
    }


def test_the_title_of_a_page_names_nobody() -> None:
    decoded = tell(visit(name="Dossier de alice@exemple.fr"))
    told = json.loads(decoded.table.column("properties").to_pylist()[0])
    assert told["name"] == "Dossier de [e-mail]"
    refused = tell(visit(name="Dossier de alice@exemple.fr", timestamp="soon")).refusals[0]
    assert "alice@exemple.fr" not in refused.raw
    assert "Dossier de [e-mail]" in refused.raw


def test_what_is_refused_is_kept_without_its_people() -> None:
    decoded = tell(visit(timestamp="soon"), visit(type="odd"), "alice")  # type: ignore[arg-type]
    assert [one.reason for one in decoded.refusals] == [
        "bad_time", "unknown_event_type", "bad_event",
    ]  # fmt: skip
    text = str([(one.raw, one.identity) for one in decoded.refusals])
    assert not [secret for secret in SECRETS if secret in text]


def test_a_tracer_changes_with_the_month_the_source_and_the_home() -> None:
    one = identities(tell(visit()))
    assert identities(tell(visit(timestamp="2026-10-01T08:00:00Z"))) == one
    assert identities(tell(visit(timestamp="2026-09-30T08:00:00Z"))) != one
    assert identities(tell(visit(), source="shop")) != one
    assert identities(tell(visit(), secret=b"another")) != one


def test_without_a_device_each_visit_is_its_own() -> None:
    one, other = identities(tell(visit(anonymousId=None), visit(anonymousId=None, name="Aide")))
    assert one != other
