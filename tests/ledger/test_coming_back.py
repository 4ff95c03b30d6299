"""After an erasure a replay brings nobody back; somebody new may come."""

from __future__ import annotations

import json

from tests.ledger.marie import MAIL, MARIE, PAUL, keys_of, line, rows_of, traces_in

from verite.ledger.commit import _keep_read
from verite.ledger.decoding import read_next
from verite.ledger.kept import Refusal
from verite.ledger.ledger import Decoded, Ledger


def test_a_replay_brings_nothing_back_whatever_it_says(filled, table, at, home):
    filled.erase(keys_of(filled), at=at)
    replayed = [*rows_of(MARIE, 0, 1, 2, 7, 8), *rows_of(MAIL, 0, 1, 2)]
    changed = [{**row, "agent": "other"} for row in replayed]
    for rows in (replayed, changed):
        kept = filled.append(table(rows), source="s", at=at)
        assert (kept.kept, kept.duplicates, kept.conflicts) == (0, 8, 0)
    filled.refuse(
        [
            Refusal(
                file="g", line=9, reason="bad", detail=None, raw="?;MARIE-VERBATIM", identity=MARIE
            )
        ],
        at=at,
    )
    assert filled.key_of(MARIE) is None
    assert traces_in(home) == []


def test_a_call_that_only_links_names_brings_nobody_back(filled, table, at, home):
    filled.erase(keys_of(filled), at=at)
    count = filled.identity_count

    def decode(payload: bytes, source: str) -> Decoded:
        links = [(MARIE, MAIL, "identify"), (PAUL, "email:paul@example.org", "identify")]
        return Decoded(table=table([]), links=links)

    filled.accept(b"again", source="web", at=at)
    assert filled.drain(decode, at=at).linked == 2  # each batch that waited told Paul's
    assert filled.key_of(MARIE) is None
    assert filled.identity_count == count + 1
    assert traces_in(home) == []
    filled.append(table(rows_of(MARIE, 100)), source="s", at=at)  # back, as somebody new
    filled.accept(b"again", source="web", at=at)
    assert filled.drain(decode, at=at).linked == 2
    assert len(keys_of(filled)) == 2


def test_tombstones_outlive_the_index_of_ids(filled, table, at, home):
    filled.erase(keys_of(filled), at=at)
    for path in (home / "ids").iterdir():
        path.unlink()
    with Ledger.open(home) as again:
        rows = [*rows_of(MARIE, 0, 7), *rows_of(PAUL, 0, 77)]
        kept = again.append(table(rows), source="s", at=at)
        assert (kept.kept, kept.duplicates) == (1, 3)


def test_someone_erased_may_come_back_as_somebody_new(filled, table, at):
    old = keys_of(filled)
    filled.erase(old, at=at)
    kept = filled.append(table(rows_of(MARIE, 100)), source="s", at=at)
    assert kept.kept == 1
    assert filled.key_of(MARIE) not in old


def test_the_events_of_others_in_the_same_batch_are_drained(filled, at, table):
    filled.erase(keys_of(filled), at=at)
    seen: list[bytes] = []

    def decode(payload: bytes, source: str) -> Decoded:
        seen.append(payload)
        return Decoded(table=table([{"message_id": "web-1", "identity": PAUL}]))

    assert filled.drain(decode, at=at).kept == 1
    assert seen == [b'{"v":1}\n{"batch":[{"userId":"paul"}]}']


def test_a_drain_that_read_before_an_erasure_brings_nobody_back(filled, home, at, table):
    keys, erased = keys_of(filled), []

    def decode(payload: bytes, source: str) -> Decoded:
        if not erased:  # another process erases while this one decodes
            with Ledger.open(home) as other:
                erased.append(other.erase(keys, at=at).events)
        events = json.loads(payload.partition(b"\n")[2]).get("batch", [])
        names = [f"user:{event['userId']}" for event in events]
        return Decoded(table=table([line(9, name) for name in names]))

    filled.drain(decode, at=at)
    assert erased == [2]
    assert filled.inbox_count == 0
    assert filled.key_of(MARIE) is None
    assert traces_in(home) == []


def test_a_batch_already_drained_stays_so_after_the_log_was_cut(ledger, table, at, held):
    ledger.append(table(rows_of(MARIE, 0)), source="s", at=at)
    ledger.accept(b"x", source="web", at=at)
    decode = lambda _, __: Decoded(table=table(rows_of(PAUL, 0)))  # noqa: E731
    waiting = read_next(ledger._inbox, 0, (ledger._committer.connection, decode))
    ledger.drain(decode, at=at)
    ledger.erase(keys_of(ledger), at=at)
    kept = _keep_read(ledger._committer, waiting, at)
    assert (kept.kept, len(held(ledger))) == (0, 1)
