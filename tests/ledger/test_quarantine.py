"""Quarantine: nothing refused is lost, nothing is stored twice, replays settle as one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from verite.ledger.ledger import Refusal


def refusal(line=1, raw="raw", reason="bad_time"):
    return Refusal(file="f.csv", line=line, reason=reason, detail=None, raw=raw, identity="user:a")


def test_a_refusal_comes_back_as_it_was(ledger, at):
    ledger.refuse([refusal(7)], at=at)
    assert ledger.quarantined(limit=5) == (refusal(7),)


def test_the_same_refusal_is_stored_once(ledger, at):
    ledger.refuse([refusal(1), refusal(2)], at=at)
    ledger.refuse([refusal(2), refusal(3)], at=at)
    assert ledger.quarantine_count == 3


def test_pages_follow_each_other(ledger, at):
    ledger.refuse([refusal(n) for n in range(5)], at=at)
    assert [r.line for r in ledger.quarantined(limit=2, offset=2)] == [2, 3]


def test_a_replayed_line_leaves_with_the_rows_that_it_became(ledger, table, at):
    ledger.refuse([refusal(1), refusal(2)], at=at)
    first = ledger.quarantined_after(0, limit=1)[0]
    kept = ledger.append(table([{}]), source="f.csv", at=at, settles=[first.number])
    assert (kept.kept, ledger.quarantined(limit=5)) == (1, (refusal(2),))


def test_a_replay_of_a_duplicate_settles_too(ledger, table, at):
    ledger.append(table([{}]), source="f.csv", at=at)
    ledger.refuse([refusal()], at=at)
    (one,) = ledger.quarantined_after(0, limit=5)
    ledger.append(table([{}]), source="f.csv", at=at, settles=[one.number])
    assert ledger.quarantine_count == 0


def test_a_replay_that_dies_leaves_the_line_in_quarantine(ledger, table, at, monkeypatch):
    ledger.refuse([refusal()], at=at)
    monkeypatch.setattr("verite.ledger.commit.InteractionTable.sync_version", None)
    with pytest.raises(TypeError):
        ledger.append(table([{}]), source="f.csv", at=at, settles=[1])
    assert (ledger.quarantine_count, ledger.files()) == (1, ())


def test_a_conflict_that_stays_one_is_stored_once(ledger, table, at):
    ledger.append(table([{"message_id": "m", "agent": "Ana"}]), source="f", at=at)
    other = table([{"message_id": "m", "agent": "Bob"}])
    for _ in range(3):
        assert ledger.append(other, source="f", at=at).conflicts == 1
    (one,) = ledger.quarantined_after(0, limit=5)
    ledger.append(other, source="f", at=at, settles=[one.number])
    assert ledger.quarantine_count == 1


def test_lines_expire(ledger, at):
    ledger.refuse([refusal(1)], at=at)
    ledger.refuse([refusal(2)], at=at + timedelta(days=20))
    assert ledger.expire_quarantine(before=at + timedelta(days=1)) == 1
    assert ledger.quarantined(limit=5) == (refusal(2),)


def test_an_append_can_refuse_in_the_same_transaction(ledger, table, at):
    ledger.append(table([]), source="f", at=at, refusals=[refusal()])
    assert ledger.quarantine_count == 1


def test_a_line_with_half_a_character_is_stored_spelled_out(ledger, at):
    ledger.refuse([refusal(raw="caf\udce9")], at=at)
    assert ledger.quarantined(limit=1)[0].raw == "caf\\udce9"
