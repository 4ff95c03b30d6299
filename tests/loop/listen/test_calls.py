"""Call records and the events of a contact centre become menus, waits, agents and transfers."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

import verite.loop.listen.sources as sources
from verite.demo.golden import DAY, STORY
from verite.loop.listen.sources.calls.columns import records_mapping
from verite.words.errors import BadInput

SAMPLES = Path(str(sources.__file__)).parent
TOLD = ("channel", "touchpoint", "kind", "direction", "menus", "duration_s", "wait_s", "outcome",
        "agent", "team", "site", "motive", "step", "text")  # fmt: skip
PHONE = STORY[3:]


def told(row: dict[str, object], columns: tuple[str, ...] = TOLD) -> dict[str, object]:
    return {name: row[name] for name in columns if row.get(name) is not None}


def planted(number: int) -> dict[str, object]:
    """A row of the phone half of the story, as the demo plants it."""
    event = PHONE[number]
    row = {name: value for name, value in event.given.items() if name in TOLD}
    if "agent" in row:
        row["agent"] = "technique-a-05"
    return row if event.words is None else {**row, "text": event.words}


def test_the_phone_half_of_the_golden_story_told_by_a_call_log_is_the_same(ear) -> None:
    heard = ear.hear(SAMPLES / "calls" / "samples" / "legs.csv", kind="calls")
    rows = ear.rows()
    assert (heard.kept, heard.quarantined) == (len(PHONE), 0)
    assert [told(row) for row in rows] == [planted(number) for number in range(len(PHONE))]
    start = datetime.fromisoformat(f"{DAY}T18:04:00+02:00").timestamp()
    assert [row["ts_us"] / 1e6 - start for row in rows] == [one.after_s for one in PHONE]
    assert {row["case_id"] for row in rows} == {"T-900001"}


def test_a_row_per_call_tells_its_menu_its_conversation_and_its_transfer(ear) -> None:
    heard = ear.hear(SAMPLES / "calls" / "samples" / "calls.csv", kind="calls")
    rows = [told(row) for row in ear.rows() if row["case_id"] == "c-1"]
    assert sorted(row["touchpoint"] for row in rows) == ["ivr", "phone_agent", "transfer"]
    by_place = {row["touchpoint"]: row for row in rows}
    assert by_place["ivr"]["menus"] == 4
    assert by_place["phone_agent"]["wait_s"] == 900
    assert by_place["phone_agent"]["agent"] == "a-05"
    assert by_place["transfer"] == {
        "channel": "phone",
        "touchpoint": "transfer",
        "kind": "handover",
        "direction": "inbound",
        "wait_s": 1200,
        "team": "reseau",
        "outcome": "transfer_failed",
    }
    missed = next(row for row in ear.rows() if row["wait_s"] == 750)
    assert (missed["outcome"], missed["agent"]) == ("abandoned", None)
    assert [(one.reason, one.detail) for one in heard.quarantine] == [
        ("unknown_outcome", "LOST IN SPACE")
    ]


def test_the_example_mapping_reads_columns_that_nobody_recognises(ear) -> None:
    text = (
        "call_id,caller,start_time,ivr_menus,ivr_seconds,queue_seconds,talk_seconds,agent,queue,"
        "disposition,transferred_to,transferred_at,transfer_wait,transfer_result\n"
        "1,+33612345678,2026-10-06 18:49:00,4,60,900,720,a,t,ANSWERED,r,2026-10-06 19:17,1200,OK\n"
    )
    mapping = SAMPLES.parent / "examples" / "calls.toml"
    assert ear.hear(ear.write(text), mapping=mapping).kept == 3
    assert sorted(str(row["outcome"]) for row in ear.rows()) == ["None", "done", "done"]


def test_a_table_without_caller_or_time_is_no_call_record(ear) -> None:
    with pytest.raises(BadInput, match="not_call_records"):
        ear.hear(ear.write("queue,wait\ntechnique,12\n"), kind="calls")


def test_french_column_names_are_recognised() -> None:
    mapping = records_mapping(("Numéro appelant", "Date d'appel", "Début", "File d'attente"))
    assert mapping is not None
    columns = {one.field: one.column for one in mapping.branches[0].fillings}
    assert (columns["identity"], columns["at"]) == ("Numéro appelant", "Début")


def test_the_story_told_by_genesys_events(ear) -> None:
    heard = ear.hear(SAMPLES / "genesys" / "samples" / "story.jsonl")
    rows = ear.rows()
    assert heard.sources[0].kind == "genesys"
    assert [name.rpartition(".")[2] for name in heard.sources[0].unmapped] == ["wrapup"]
    columns = ("touchpoint", "kind", "wait_s", "duration_s", "menus", "outcome", "agent", "team")
    assert [told(row, columns) for row in rows] == [
        {"touchpoint": "ivr", "kind": "other", "duration_s": 60, "menus": 1,
         "outcome": "transferred"},
        {"touchpoint": "phone_agent", "kind": "contact", "wait_s": 900, "duration_s": 720,
         "outcome": "transferred", "agent": "technique-a-05", "team": "technique-a"},
        {"touchpoint": "transfer", "kind": "handover", "wait_s": 1200,
         "outcome": "transfer_failed", "team": "reseau"},
        {"touchpoint": "ivr", "kind": "other", "duration_s": 60, "menus": 1,
         "outcome": "unresolved"},
    ]  # fmt: skip
    assert ear.ledger.key_of("phone:+33612345678") is not None


def test_a_queue_left_by_the_customer_is_an_abandoned_contact(ear) -> None:
    def event(kind: str, ms: int, **more: object) -> dict[str, object]:
        body = {"eventTime": 1_790_000_000_000 + ms, "conversationId": "c", "sessionId": "s",
                "mediaType": "MESSAGE", "messageType": "WEBMESSAGING", **more}  # fmt: skip
        return {"topicName": f"v2.detail.events.conversation.c.{kind}", "eventBody": body}

    events = [
        event("customer.start", 0, addressFrom="alice@exemple.fr"),
        event("acd.end", 90_000, acdOutcome="ABANDON", disconnectType="PEER", queueId="aide"),
        event("acd.start", 0, queueId="aide"),
        {"topicName": "v2.detail.events.conversation.c.acd.start", "eventBody": {"eventTime": "x"}},
    ]
    heard = ear.hear(ear.write(json.dumps(events), "a.json"), kind="genesys")
    assert [one.reason for one in heard.quarantine] == ["bad_event"]
    row = ear.rows()[0]
    assert told(row, ("channel", "touchpoint", "wait_s", "outcome", "team")) == {
        "channel": "chat", "touchpoint": "chat", "wait_s": 90, "outcome": "abandoned",
        "team": "aide",
    }  # fmt: skip


def test_a_transfer_that_is_answered_is_a_handover_then_a_conversation(ear) -> None:
    def event(kind: str, minute: int, session: str, **more: object) -> dict[str, object]:
        body = {"eventTime": 1_790_000_000_000 + minute * 60_000, "conversationId": "c",
                "sessionId": session, "mediaType": "VOICE", **more}  # fmt: skip
        return {"topicName": f"v2.detail.events.conversation.c.{kind}", "eventBody": body}

    events = [
        event("customer.start", 0, "s0", ani="tel:+33612345678"),
        event("acd.start", 0, "s1"), event("acd.end", 2, "s1", acdOutcome="ANSWERED"),
        event("user.start", 2, "s2"),
        event("user.end", 5, "s2", userId="a", disconnectType="TRANSFER"),
        event("acd.start", 5, "s3"), event("acd.end", 9, "s3", acdOutcome="ANSWERED"),
        event("user.start", 9, "s4"),
        event("user.end", 15, "s4", userId="b", disconnectType="PEER"),
    ]  # fmt: skip
    ear.hear(ear.write("\n".join(json.dumps(one) for one in events), "a.jsonl"))
    columns = ("touchpoint", "wait_s", "duration_s", "outcome", "agent")
    assert [told(row, columns) for row in ear.rows()] == [
        {"touchpoint": "phone_agent", "wait_s": 120, "duration_s": 180, "outcome": "transferred",
         "agent": "a"},
        {"touchpoint": "transfer", "wait_s": 240, "outcome": "done"},
        {"touchpoint": "phone_agent", "duration_s": 360, "outcome": "done", "agent": "b"},
    ]  # fmt: skip
