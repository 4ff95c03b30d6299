"""The inbox and its drain: confirmed batches, each counted once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from verite.ledger.ledger import Decoded, Ledger, Refusal
from verite.words.errors import BadInput, HomeError


@pytest.fixture
def decode(table):
    def read(payload, source):
        if payload == b"unreadable":
            raise BadInput("bad_json", fields={"source": source})
        rows = [json.loads(line) for line in payload.splitlines()]
        bad = [
            Refusal(
                file=source, line=n, reason="bad_time", detail=None, raw=str(row), identity=None
            )
            for n, row in enumerate(rows)
            if "bad" in row
        ]
        said = [row for row in rows if "bad" not in row and "link" not in row]
        links = [tuple(row["link"]) for row in rows if "link" in row]
        return Decoded(table=table(said), refusals=bad, links=links)

    return read


def batch(*rows):
    return "\n".join(json.dumps(row) for row in rows).encode()


def test_accepted_batches_wait_in_order_and_survive_a_new_opening(home, at):
    with Ledger.open(home) as ledger:
        for n in range(3):
            ledger.accept(b"%d" % n, source="web", at=at)
    with Ledger.open(home) as ledger:
        assert ledger.inbox_count == 3


def test_a_drain_keeps_refuses_and_forgets_as_one(ledger, decode, held, at):
    ledger.accept(batch({"message_id": "a"}, {"bad": 1}), source="web", at=at)
    ledger.accept(batch({"message_id": "b"}, {"message_id": "a", "ts_us": 5}), source="app", at=at)
    kept = ledger.drain(decode, at=at)
    assert (kept.kept, kept.conflicts, kept.refused) == (2, 1, 1)
    assert (ledger.inbox_count, ledger.quarantine_count) == (0, 2)
    assert sorted(source for (source,) in held(ledger, "source")) == ["app", "web"]


def test_an_empty_inbox_drains_to_nothing(ledger, decode, at):
    assert ledger.drain(decode, at=at).kept == 0


def test_an_unreadable_batch_goes_to_quarantine_whole(ledger, decode, at):
    ledger.accept(b"unreadable", source="web", at=at)
    assert ledger.drain(decode, at=at).refused == 1
    (refusal,) = ledger.quarantined(limit=5)
    assert (refusal.reason, refusal.raw, ledger.inbox_count) == ("bad_json", "unreadable", 0)


def test_batches_with_other_segments_drain_together(ledger, decode, held, at):
    ledger.accept(batch({"message_id": "a", "segment_offer": "pro"}), source="web", at=at)
    ledger.accept(batch({"message_id": "b", "segment_city": "Lyon"}), source="web", at=at)
    assert ledger.drain(decode, at=at).kept == 2
    assert ledger.version == 1
    assert len(held(ledger, "segment_offer, segment_city")) == 2


def test_a_drain_that_died_after_its_commit_changes_nothing_at_the_next(
    ledger, home, decode, held, at, monkeypatch
):
    ledger.accept(batch({"message_id": "a"}), source="web", at=at)

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr("verite.ledger.mark.settle", die)
        with pytest.raises(KeyboardInterrupt):
            ledger.drain(decode, at=at)
    assert (ledger.version, ledger.inbox_count) == (-1, 1)
    with Ledger.open(home) as again:
        assert again.drain(decode, at=at).kept == 1
        assert (len(held(again)), again.inbox_count) == (1, 0)


def test_a_batch_already_in_the_log_is_only_forgotten(ledger, home, decode, held, at):
    payload = batch({"message_id": "a"})
    ledger.accept(payload, source="web", at=at)
    ledger.drain(decode, at=at)
    with ledger._store.writing() as cursor:  # as if the same numbered batch had come back
        cursor.execute("INSERT INTO batches VALUES (1, 'web', 'x', ?)", [payload])
    assert ledger.drain(decode, at=at).duplicates == 1
    assert (ledger.inbox_count, len(held(ledger))) == (0, 1)


def test_many_callers_are_all_answered(ledger, at):
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: ledger.accept(b"%d" % n, source="web", at=at), range(200)))
    assert ledger.inbox_count == 200


def test_a_closed_home_takes_no_batch(home, at):
    ledger = Ledger.open(home)
    ledger.close()
    with pytest.raises(HomeError, match="home_closed"):
        ledger.accept(b"x", source="web", at=at)


def test_the_numbers_of_batches_are_never_used_again(ledger, decode, at):
    numbers = []
    for n in range(3):
        ledger.accept(batch({"message_id": str(n)}), source="web", at=at)
        numbers += [one.number for one in ledger._inbox.waiting(limit=9, size=999)]
        ledger.drain(decode, at=at)
    assert numbers == [1, 2, 3]


def test_a_batch_of_impossible_rows_does_not_hold_up_the_others(ledger, decode, held, at):
    ledger.accept(batch({"message_id": "a", "identity": None}), source="web", at=at)
    ledger.accept(batch({"message_id": "b"}), source="web", at=at)
    kept = ledger.drain(decode, at=at)
    assert (kept.kept, kept.refused, ledger.inbox_count) == (1, 1, 0)
    assert ledger.quarantined(limit=1)[0].reason == "empty_required"


def test_two_drains_at_once_count_a_batch_once(ledger, home, decode, at):
    ledger.accept(batch({"message_id": "a"}, {"bad": 1}), source="web", at=at)
    with Ledger.open(home) as other:

        def slow(payload, source):
            other.drain(decode, at=at)
            return decode(payload, source)

        kept = ledger.drain(slow, at=at)
    assert (kept.kept, kept.duplicates, kept.refused) == (0, 0, 0)
    assert (ledger.inbox_count, ledger.quarantine_count, ledger.version) == (0, 1, 1)


def test_what_another_drain_leaves_of_a_slice_is_kept_before_the_next_slice(
    ledger, decode, held, at, monkeypatch
):
    monkeypatch.setattr("verite.ledger.decoding._BATCHES_AT_ONCE", 2)
    for name in "abcdef":
        ledger.accept(batch({"message_id": name}), source="web", at=at)

    def robbed(payload, source):
        with ledger._store.writing() as cursor:  # as if another process had settled it
            cursor.execute("DELETE FROM batches WHERE batch = 1")
        return decode(payload, source)

    assert ledger.drain(robbed, at=at).kept == 5
    assert (ledger.inbox_count, len(held(ledger))) == (0, 5)


def test_a_caller_that_gives_up_does_not_stop_the_others(ledger, at):
    promises = [ledger.offer(b"x", source="s", at=at) for _ in range(200)]
    for promise in promises:
        promise.cancel()
    ledger.accept(b"y", source="s", at=at)
    assert ledger.inbox_count >= 1


def test_links_told_beside_rows_are_kept_and_counted(ledger, decode, at):
    told = {"link": ["user:1", "anon:1", "identify"]}
    ledger.accept(batch(told, {"message_id": "a"}), source="web", at=at)
    kept = ledger.drain(decode, at=at)
    assert (kept.kept, kept.linked, ledger.people_version) == (1, 1, 1)
    assert ledger.identities_of(ledger.key_of("anon:1")) == ("anon:1", "user:1")


def test_a_batch_of_links_alone_leaves_the_inbox_and_no_new_version(ledger, decode, at):
    ledger.accept(batch({"link": ["user:1", "anon:1", "identify"]}), source="web", at=at)
    assert ledger.drain(decode, at=at).linked == 1
    assert (ledger.inbox_count, ledger.version, ledger.identity_count) == (0, -1, 2)


def test_links_are_on_the_disk_before_the_inbox_forgets(ledger, home, decode, at, monkeypatch):
    ledger.accept(batch({"link": ["user:1", "anon:1", "identify"]}), source="web", at=at)

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr("verite.ledger.mark.settle", die)
        with pytest.raises(KeyboardInterrupt):
            ledger.drain(decode, at=at)
    with Ledger.open(home) as again:
        assert (again.people_version, again.inbox_count) == (1, 1)
        assert again.drain(decode, at=at).linked == 1
        assert (again.people_version, again.inbox_count, again.identity_count) == (1, 0, 2)
