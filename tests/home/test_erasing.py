"""Erasure: a person leaves no byte behind, others keep theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.home.marie import (
    AT,
    BAD_PAUL,
    CLI,
    HEAD,
    MAIL,
    MARIE,
    PAUL,
    WORDS,
    counts,
    fill_others,
    hear,
    line,
    others,
    stored_about,
    traces,
    write,
)

import verite
from verite.home.home import Home
from verite.words.errors import BadInput


def test_a_byte_scan_of_the_whole_home_finds_nothing_of_the_person(home: Home) -> None:
    before = {name for name, _ in traces(home)}
    assert {word for _, word in traces(home)} == set(WORDS)
    assert {name.partition("/")[0].partition("-")[0] for name in before} >= {
        "inbox.sqlite3", "keys.sqlite3", "ledger", "records.sqlite3", "scratch", "timeline",
        "uploads",
    }  # fmt: skip
    key = home.whom(MARIE).person
    assert len(stored_about(home, key)) >= 3
    erased = home.erase(MAIL, by=CLI, at=AT)
    assert traces(home) == []
    assert erased.result.left == ()
    assert stored_about(home, key) == []
    told = erased.json()["erased"]
    assert isinstance(told, dict)
    assert (told["ledger_rows"], told["identities"], told["links"]) == (5, 3, 2)
    assert (told["quarantined"], told["uploads"]) == (3, 2)
    assert isinstance(told["records"], int)
    assert told["records"] >= 3
    home.status()
    home.map()
    assert traces(home) == []


def test_status_counts_as_if_the_person_had_never_been_there(home: Home, tmp_path: Path) -> None:
    home.erase(MARIE, by=CLI, at=AT)
    with verite.create(tmp_path / "never") as never:
        hear(never, write(tmp_path / "first.csv", *others(), BAD_PAUL))
        hear(never, write(tmp_path / "second.csv", line(2, PAUL)))
        fill_others(never)
        assert counts(home) == counts(never)
        assert home.map().json()["nodes"] == never.map().json()["nodes"]


def test_their_files_sent_again_bring_nothing_back(home: Home, made: Path) -> None:
    home.erase(MARIE, by=CLI, at=AT)
    before = counts(home)
    for file in (made / "first.csv", made / "second.csv"):
        heard = hear(home, file)
        assert (heard.kept, heard.balanced) == (0, True)
    assert counts(home) == before
    assert traces(home) == []
    with pytest.raises(BadInput, match="unknown_customer"):
        home.whom(MARIE)


def test_others_keep_everything(home: Home) -> None:
    paul = home.held_about(PAUL, by=CLI, at=AT).result
    home.erase(MARIE, by=CLI, at=AT)
    left = home.held_about(PAUL, by=CLI, at=AT).result
    assert left.interactions == paul.interactions
    assert left.quarantine == paul.quarantine
    assert (home.path / "uploads" / ("b" * 16) / "later.csv").exists()


def test_a_file_that_is_not_ours_is_told_never_removed(home: Home) -> None:
    mine = home.path / "my notes.txt"
    mine.write_text("call marie.dupont@example.org", encoding="utf-8")
    erasure = home.erase(MARIE, by=CLI, at=AT)
    assert erasure.result.left == ("my notes.txt",)
    assert mine.exists()
    assert "ne sont pas à Vérité" in erasure.sentence("fr")


def test_an_event_cut_from_the_inbox_is_not_taken_when_its_sender_tries_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = home.desk.ledger
    home.drain(at=AT)
    calls = [
        {"type": "track", "messageId": f"late-{who}", "userId": who, "event": "Call"}
        for who in ("marie-4071", "paul-88")
    ]
    clouds = {"specversion": "1.0", "id": "9", "source": "/crm", "type": "call",
              "data": {"userId": "marie-4071"}}  # fmt: skip
    cloud = HEAD.replace(b"segment", b"cloudevents").replace(b"batch", b"cloudevents")
    sent = [HEAD + b"\n" + json.dumps({"batch": calls}).encode(),
            cloud + b"\n" + json.dumps(clouds).encode()]  # fmt: skip
    for payload in sent:
        ledger.accept(payload, source="app", at=AT)
    monkeypatch.setattr(home, "drain_waiting", lambda *, at: None)  # they came just after it
    assert home.erase(MARIE, by=CLI, at=AT).result.receipt.counted.inbox_events == 2
    assert home.drain(at=AT).kept == 1
    for payload in sent:
        ledger.accept(payload, source="app", at=AT)
    assert home.drain(at=AT).kept == 0
    with pytest.raises(BadInput, match="unknown_customer"):
        home.whom(MARIE)
