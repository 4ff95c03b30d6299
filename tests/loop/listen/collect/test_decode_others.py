"""CloudEvents and webhooks speak of the same things in other words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from verite.ledger.kept import Decoded
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.rules import Rules
from verite.words.events import EventRule
from verite.words.live import Mode

AT = datetime(2026, 10, 6, 16, 5, tzinfo=UTC)
RULE = EventRule(
    event="com.exemple.case.closed", touchpoint="case", channel="email", kind="contact"
)
CLOUD = {
    "specversion": "1.0", "id": "A234", "source": "/crm/cases", "type": "com.exemple.case.closed",
    "subject": "user:7", "time": "2026-10-06T16:04:00Z", "datacontenttype": "application/json",
    "data": {"case_id": "C-1", "outcome": "resolved", "email": "Alice@exemple.fr"},
}  # fmt: skip


def tell(body: Any, kind: Kind, message_id: str = "") -> Decoded:
    packet = Packet(
        kind=kind, call=kind.value, at=AT, mode=Mode.IDENTIFIED, body=json.dumps(body).encode(),
        message_id=message_id,
    )  # fmt: skip
    return decode(Rules(rules=(RULE,)))(pack(packet), "crm")


def row(decoded: Decoded, place: int = 0) -> dict[str, Any]:
    values = {name: decoded.table.column(name).to_pylist() for name in decoded.table.column_names}
    return {name: found[place] for name, found in values.items() if found[place] is not None}


def test_a_cloud_event_is_an_interaction_and_its_mail_a_link() -> None:
    decoded = tell(CLOUD, Kind.CLOUDEVENTS)
    found = row(decoded)
    assert (found["identity"], found["touchpoint"], found["case_id"], found["outcome"]) == (
        "user:7", "case", "C-1", "resolved",
    )  # fmt: skip
    assert found["ts_us"] == round(AT.timestamp() - 60) * 1_000_000
    assert decoded.links == (("user:7", "email:alice@exemple.fr", "together"),)


def test_a_batch_of_cloud_events_is_read_one_by_one() -> None:
    old = {**CLOUD, "id": "B", "specversion": "9"}
    decoded = tell([CLOUD, old, {**CLOUD, "id": "C"}], Kind.CLOUDEVENTS)
    assert decoded.table.num_rows == 2
    assert [(one.reason, one.line) for one in decoded.refusals] == [("bad_event", 2)]


def test_the_id_of_a_cloud_event_counts_within_its_source_only() -> None:
    decoded = tell([CLOUD, {**CLOUD, "source": "/shop"}], Kind.CLOUDEVENTS)
    assert row(decoded, 0)["message_id"] != row(decoded, 1)["message_id"]


def test_an_event_of_nobody_is_kept_under_a_name_of_its_own() -> None:
    decoded = tell({**CLOUD, "subject": None, "data": {"n": 1}}, Kind.CLOUDEVENTS)
    assert row(decoded)["identity"] == "anon:ce /crm/cases A234"


def test_a_webhook_is_named_by_its_type_and_known_by_the_id_of_its_headers() -> None:
    body = {
        "type": "com.exemple.case.closed", "timestamp": "2026-10-06T16:04:00Z",
        "data": {"identity": "card:99", "wait_s": 30, "text": "merci, a@b.fr"},
    }  # fmt: skip
    found = row(tell(body, Kind.WEBHOOK, "msg_1"))
    assert (found["identity"], found["wait_s"], found["text"], found["message_id"]) == (
        "card:99", 30.0, "merci, [e-mail]", "hook msg_1:0",
    )  # fmt: skip


def test_a_webhook_that_knows_its_person_by_mail_only_is_theirs() -> None:
    body = {"event": "survey sent", "data": {"email": "alice@exemple.fr"}}
    assert row(tell(body, Kind.WEBHOOK))["identity"] == "email:alice@exemple.fr"


def test_a_webhook_without_a_type_is_refused() -> None:
    assert [one.reason for one in tell({"data": {}}, Kind.WEBHOOK).refusals] == ["missing_event"]


def test_nobody_can_name_a_tracer() -> None:
    body = {"type": "t", "data": {"identity": "audience:0123", "userId": "7"}}
    assert row(tell(body, Kind.WEBHOOK))["identity"] == "user:7"
