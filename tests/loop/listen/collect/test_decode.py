"""One payload becomes rows, links and refusals."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from verite.ledger.kept import Decoded
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.rules import Rules
from verite.words.columns import RECEIVED
from verite.words.events import EventRule
from verite.words.live import Mode

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
NOON_US = round(NOON.timestamp() * 1e6)
Json = dict[str, Any]
CHAT = EventRule(event="Chat Started", touchpoint="chat", channel="chat", kind="contact")


def tell(
    *events: Json,
    mode: Mode = Mode.IDENTIFIED,
    rules: tuple[EventRule, ...] = (CHAT,),
    sent: datetime | None = NOON,
    kind: Kind = Kind.SEGMENT,
) -> Decoded:
    """What a batch received at noon says."""
    body: Json | list[Json] = list(events)
    if kind is Kind.SEGMENT:
        body = {"batch": list(events)}
        if sent is not None:
            body["sentAt"] = sent.isoformat()
    packet = Packet(kind=kind, call="batch", at=NOON, mode=mode, body=json.dumps(body).encode())
    return decode(Rules(rules=rules, secret=b"secret"))(pack(packet), "site")


def rows(decoded: Decoded) -> list[Json]:
    """The rows as dictionaries, nulls left out."""
    names = decoded.table.column_names
    columns = [decoded.table.column(name).to_pylist() for name in names]
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in zip(*columns, strict=True)
    ]


def track(**given: Any) -> Json:
    """A track call, as clients write it."""
    return {
        "type": "track", "event": "Chat Started", "userId": "7", "anonymousId": None,
        "messageId": "m1", "timestamp": NOON.isoformat(), "properties": {}, **given,
    }  # fmt: skip


def reasons(decoded: Decoded) -> list[str]:
    """Why events were refused."""
    return [refusal.reason for refusal in decoded.refusals]


def test_a_tracked_event_becomes_a_row_by_its_rule() -> None:
    assert rows(tell(track())) == [
        {
            "message_id": "m1",
            "identity": "user:7",
            "ts_us": NOON_US,
            "channel": "chat",
            "touchpoint": "chat",
            "kind": "contact",
        }
    ]


def test_every_received_column_is_there_and_typed() -> None:
    table = tell(track()).table
    assert tuple(table.column_names) == tuple(RECEIVED)
    assert "Int64" in str(table.field("ts_us").type)


def test_an_unknown_event_is_kept_under_a_key_made_from_its_name_and_counted() -> None:
    counted: list[tuple[str, dict[str, int]]] = []
    body = json.dumps({"batch": [track(event="Panier Validé")] * 2}).encode()
    packet = Packet(kind=Kind.SEGMENT, call="batch", at=NOON, mode=Mode.IDENTIFIED, body=body)
    decoder = decode(Rules(), on_unknown=lambda source, found: counted.append((source, {**found})))
    row = rows(decoder(pack(packet), "site"))[0]
    assert (row["touchpoint"], row["channel"], row["kind"]) == ("panier_valide", "other", "other")
    assert counted == [("site", {"Panier Validé": 2})]


def test_a_rule_of_one_source_comes_before_the_rule_of_all() -> None:
    own = EventRule(event="chat started", source="site", touchpoint="site_chat")
    assert rows(tell(track(), rules=(own, CHAT)))[0]["touchpoint"] == "site_chat"


def test_an_ignored_event_is_not_kept() -> None:
    decoded = tell(track(), rules=(EventRule(event="Chat Started", ignored=True),))
    assert (rows(decoded), decoded.refusals) == ([], [])


def test_properties_with_our_column_names_are_taken() -> None:
    given = {"wait_s": 1200, "motive": "no_connection", "segment.offer": "fibre", "case_id": 9}
    row = rows(tell(track(properties=given)))[0]
    assert (row["wait_s"], row["motive"], row["segment_offer"], row["case_id"]) == (
        1200.0, "no_connection", "fibre", "9",
    )  # fmt: skip


def test_a_scored_event_is_feedback_unless_a_rule_says_otherwise() -> None:
    given = {"metric": "NPS", "score": 9, "scale_min": 0, "scale_max": 10}
    row = rows(tell(track(event="Rated", properties=given)))[0]
    assert (row["kind"], row["metric"], row["polarity"]) == ("feedback", "nps", "good_high")


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"metric": "nps", "score": 9}, "score_without_scale"),
        ({"score": 9, "scale_min": 0, "scale_max": 10}, "score_without_metric"),
        ({"metric": "nps", "score": 11, "scale_min": 0, "scale_max": 10}, "score_outside_scale"),
        ({"metric": "nps", "score": 9, "scale_min": 10, "scale_max": 0}, "scale_order"),
        ({"wait_s": -1}, "below_zero"),
        ({"ended_at": "2026-10-06T11:00:00Z"}, "ends_before_start"),
    ],
)
def test_values_that_make_no_interaction_send_the_event_to_quarantine(
    properties: Json, reason: str
) -> None:
    decoded = tell(track(properties=properties), track(messageId="m2"))
    assert reasons(decoded) == [reason]
    assert [row["message_id"] for row in rows(decoded)] == ["m2"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("not an event", "bad_event"),
        ({"type": "track", "event": {"a": 1}, "userId": "7"}, "bad_event"),
        ({"type": "trac", "event": "e", "userId": "7"}, "unknown_event_type"),
        ({"type": "track", "userId": "7"}, "missing_event"),
        ({"type": "track", "event": "e", "userId": "undefined"}, "missing_identity"),
        ({"type": "alias", "userId": "7"}, "missing_previous_id"),
        (track(timestamp="yesterday"), "bad_time"),
        (track(timestamp="2027-01-01T00:00:00Z"), "time_in_future"),
    ],
)
def test_a_bad_event_inside_a_good_batch_is_refused_alone(bad: Json, reason: str) -> None:
    decoded = tell(track(messageId="a"), bad, track(messageId="b"))
    assert [row["message_id"] for row in rows(decoded)] == ["a", "b"]
    assert [(one.reason, one.line, one.file) for one in decoded.refusals] == [(reason, 2, "site")]


def test_a_refused_event_is_a_payload_of_its_own_that_a_second_try_reads() -> None:
    refused = tell(track(), track(messageId="late", event=None)).refusals[0]
    mended = refused.raw.replace('"event": null', '"event": "Chat Started"')
    again = decode(Rules(rules=(CHAT,)))(mended.encode(), "site")
    assert [row["message_id"] for row in rows(again)] == ["late"]


def test_mails_and_phones_never_enter_a_row() -> None:
    given = {
        "email": "alice@exemple.fr",
        "note": "rappeler au 06 12 34 56 78",
        "url": "https://exemple.fr/compte?mail=alice@exemple.fr",
        "contact": {"phone": "0612345678", "plan": "fibre"},
    }
    row = rows(tell(track(properties=given)))[0]
    assert json.loads(row["properties"]) == {
        "note": "rappeler au [phone]",
        "url": "https://exemple.fr/compte",
        "contact": {"plan": "fibre"},
    }


def test_the_words_of_a_customer_are_masked() -> None:
    row = rows(tell(track(properties={"text": "écrivez à a.b@c.fr"})))[0]
    assert row["text"] == "écrivez à [e-mail]"


def test_identify_links_user_device_mail_and_phone_and_makes_no_row() -> None:
    decoded = tell(
        {
            "type": "identify", "userId": "7", "anonymousId": "a1", "messageId": "i",
            "traits": {"email": "Alice@Exemple.fr", "phone": "06 12 34 56 78", "plan": "x"},
        }
    )  # fmt: skip
    assert rows(decoded) == []
    assert set(decoded.links) == {
        ("user:7", "anon:a1", "identify"),
        ("user:7", "email:alice@exemple.fr", "identify"),
        ("user:7", "phone:+33612345678", "identify"),
    }


def test_traits_of_the_context_identify_too() -> None:
    event = {"type": "identify", "userId": "7", "context": {"traits": {"email": "a@b.fr"}}}
    assert tell(event).links == (("user:7", "email:a@b.fr", "identify"),)


def test_alias_links_the_former_device_to_the_user() -> None:
    device = "5f3f2a9e-1111-4222-8333-444455556666"
    decoded = tell({"type": "alias", "userId": "7", "previousId": device})
    assert decoded.links == (("user:7", f"anon:{device}", "alias"),)


def test_an_alias_that_may_be_a_user_is_told_both_ways() -> None:
    """A link of two users waits for a person; that of a device which never spoke does nothing."""
    decoded = tell({"type": "alias", "userId": "7", "previousId": "client-3"})
    assert set(decoded.links) == {
        ("user:7", "anon:client-3", "alias"),
        ("user:7", "user:client-3", "alias"),
    }


def test_user_and_device_seen_together_are_linked_once() -> None:
    both = [track(anonymousId="a1", messageId=f"m{n}") for n in range(3)]
    assert tell(*both).links == (("user:7", "anon:a1", "together"),)


def test_group_makes_neither_row_nor_link() -> None:
    decoded = tell({"type": "group", "userId": "7", "groupId": "acme"})
    assert (rows(decoded), decoded.links, decoded.refusals) == ([], (), [])


def test_pages_and_screens_are_visits() -> None:
    page = {"type": "page", "name": "Tarifs", "userId": "7", "messageId": "p"}
    screen = {"type": "screen", "anonymousId": "a", "messageId": "s"}
    found = [(r["channel"], r["touchpoint"], r["kind"]) for r in rows(tell(page, screen))]
    assert found == [("web", "tarifs", "visit"), ("app", "app_screen", "visit")]


def test_a_rule_names_a_page() -> None:
    page = {"type": "page", "name": "Tarifs", "userId": "7"}
    rule = EventRule(event="page: tarifs", touchpoint="offers")
    assert rows(tell(page, rules=(rule,)))[0]["touchpoint"] == "offers"


def test_without_an_id_the_same_event_told_twice_has_the_same_id() -> None:
    one = track(messageId=None)
    later = decode(Rules())(
        pack(
            Packet(
                kind=Kind.SEGMENT, call="track", at=NOON + timedelta(days=1),
                mode=Mode.IDENTIFIED, body=json.dumps(one).encode(),
            )
        ), "site",
    )  # fmt: skip
    assert rows(tell(one, rules=()))[0] == rows(later)[0]


def test_without_id_nor_time_two_equal_events_of_a_batch_are_two() -> None:
    bare = {"type": "track", "event": "Chat Started", "userId": "7"}
    found = rows(tell(bare, bare))
    assert len({row["message_id"] for row in found}) == 2
    assert {row["ts_us"] for row in found} == {NOON_US}


def test_the_type_of_a_single_call_is_that_of_its_address() -> None:
    body = json.dumps({"event": "Chat Started", "userId": "7"}).encode()
    packet = Packet(kind=Kind.SEGMENT, call="track", at=NOON, mode=Mode.IDENTIFIED, body=body)
    assert len(rows(decode(Rules())(pack(packet), "site"))) == 1


def test_a_body_that_is_no_json_is_one_refusal() -> None:
    packet = Packet(kind=Kind.SEGMENT, call="batch", at=NOON, mode=Mode.IDENTIFIED, body=b'{"ba')
    decoded = decode(Rules())(pack(packet), "site")
    assert reasons(decoded) == ["bad_event"]
