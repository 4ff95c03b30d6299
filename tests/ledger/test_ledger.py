"""Appending: once each, durable, the same for ever."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from verite.ledger.durable import Lock
from verite.ledger.ledger import Kept, Ledger
from verite.words.columns import FRESH, KEPT
from verite.words.errors import BadInput, HomeError, WrongUse


def test_an_empty_ledger_has_no_version_and_no_file(ledger):
    assert (ledger.version, ledger.files(), ledger.identity_count) == (-1, (), 0)


def test_rows_are_kept_with_surrogate_keys_days_and_months(ledger, table, held, at):
    rows = table([{"message_id": "x", "ts_us": -1}, {"message_id": "y", "ts_us": 86_400_000_000}])
    kept = ledger.append(rows, source="crm.csv", at=at)
    assert kept == Kept(kept=2, duplicates=0, conflicts=0, version=ledger.version)
    key = ledger.key_of("user:a")
    assert held(ledger, "day, month, source, identity_key, bucket") == [
        (-1, 196912, "crm.csv", key, FRESH),
        (1, 197001, "crm.csv", key, FRESH),
    ]


def test_an_interaction_id_is_the_md5_of_its_message_id(ledger, table, held, at):
    ledger.append(table([{"message_id": "order-1"}]), source="s", at=at)
    digest = hashlib.md5(b"order-1").digest()
    halves = [int.from_bytes(digest[i : i + 8], "big", signed=True) for i in (0, 8)]
    assert held(ledger) == [tuple(halves)]


def test_the_same_table_again_changes_nothing(ledger, table, held, at):
    rows = table([{"message_id": f"m{n}", "score": n / 7} for n in range(50)])
    first = ledger.append(rows, source="s", at=at)
    again = ledger.append(rows, source="renamed.csv", at=at)
    assert again == Kept(kept=0, duplicates=50, conflicts=0, version=first.version)
    assert len(held(ledger)) == 50


def test_the_same_row_twice_in_one_table_is_kept_once(ledger, table, held, at):
    row = {"message_id": "m", "ts_us": 1}
    kept = ledger.append(table([row, row, row]), source="s", at=at)
    assert (kept.kept, kept.duplicates, len(held(ledger))) == (1, 2, 1)


def test_an_id_that_says_something_else_goes_to_quarantine_as_a_conflict(ledger, table, at):
    rows = [
        {"message_id": "m", "ts_us": 1, "agent": "Ana"},
        {"message_id": "m", "ts_us": 1, "agent": "Bob"},
    ]
    kept = ledger.append(table(rows), source="crm.csv", at=at)
    assert (kept.kept, kept.conflicts) == (1, 1)
    (refusal,) = ledger.quarantined(limit=10)
    assert (refusal.reason, refusal.file, refusal.identity) == ("conflict", "crm.csv", "user:a")
    assert json.loads(refusal.raw)["agent"] == "Bob"


def test_a_value_that_moves_to_another_column_is_a_conflict(ledger, table, at):
    ledger.append(table([{"message_id": "m", "ts_us": 1, "agent": "Ana"}]), source="s", at=at)
    moved = table([{"message_id": "m", "ts_us": 1, "team": "Ana"}])
    assert ledger.append(moved, source="s", at=at).conflicts == 1


def test_an_absent_segment_says_the_same_as_an_empty_one(ledger, table, at):
    plain = {"message_id": "m", "ts_us": 1}
    ledger.append(table([plain]), source="s", at=at)
    wider = table([plain, {"message_id": "n", "segment_offer": "pro"}])
    kept = ledger.append(wider, source="s", at=at)
    assert (kept.kept, kept.duplicates) == (1, 1)


def test_a_new_segment_widens_the_ledger_and_old_tables_still_fit(ledger, table, held, at):
    ledger.append(table([{"message_id": "a"}]), source="s", at=at)
    ledger.append(table([{"message_id": "b", "segment_offer": "pro"}]), source="s", at=at)
    ledger.append(table([{"message_id": "c", "segment_age": "50"}]), source="s", at=at)
    ledger.append(table([{"message_id": "d"}]), source="s", at=at)
    found = held(ledger, "segment_offer, segment_age")
    assert sorted(map(str, found)) == sorted(
        map(str, [(None, "50"), (None, None), (None, None), ("pro", None)])
    )


def test_every_kept_column_is_stored(ledger, table, held, at):
    ledger.append(table([{}]), source="s", at=at)
    (row,) = held(ledger, ", ".join(KEPT))
    assert len(row) == len(KEPT)


def test_text_columns_leave_no_statistics_in_the_log(ledger, table, home, at):
    ledger.append(table([{"agent": "Marie Dupont", "text": "bonjour"}]), source="s", at=at)
    log = "".join(p.read_text() for p in (home / "ledger" / "_delta_log").glob("*.json"))
    assert "Marie" not in log
    assert "minValues" in log


def test_names_of_customers_are_nowhere_in_the_ledger(ledger, table, home, at):
    ledger.append(table([{"identity": "email:marie@example.org"}]), source="s", at=at)
    bytes_of_ledger = b"".join(p.read_bytes() for p in (home / "ledger").rglob("*") if p.is_file())
    assert b"marie" not in bytes_of_ledger


def test_a_row_without_identity_is_refused_as_a_whole(ledger, table, at):
    with pytest.raises(BadInput, match="empty_required"):
        ledger.append(table([{"identity": None}]), source="s", at=at)


def test_a_column_that_nobody_knows_is_refused(ledger, table, at):
    rows = table([{}])
    with pytest.raises(WrongUse, match="unknown_columns"):
        ledger.append(rows.append_column("hat", rows.column("agent")), source="s", at=at)


def test_an_empty_table_keeps_nothing(ledger, table, at):
    assert ledger.append(table([]), source="s", at=at).kept == 0


def test_two_ledgers_of_one_home_see_each_other(ledger, home, table, held, at):
    with Ledger.open(home) as other:
        ledger.append(table([{"message_id": "a", "identity": "user:1"}]), source="s", at=at)
        other.append(table([{"message_id": "b", "identity": "user:1"}]), source="s", at=at)
        again = ledger.append(table([{"message_id": "b", "identity": "user:1", "ts_us": 7}]),
                              source="s", at=at)  # fmt: skip
        assert again.conflicts == 1
        assert held(other) == held(ledger)
        assert other.identity_count == 1


def test_appends_from_many_threads_lose_nothing(ledger, table, held, at):
    tables = [table([{"message_id": f"{n}-{i}"} for i in range(3)]) for n in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda rows: ledger.append(rows, source="s", at=at), tables))
    assert len(set(held(ledger))) == len(held(ledger)) == 24


def test_a_home_that_does_not_exist_is_said_so(tmp_path):
    with pytest.raises(HomeError, match="no_home"):
        Ledger.open(tmp_path / "nowhere")


def test_opening_does_not_wait_for_a_commit_under_way(home):
    lock = Lock(home / "ledger.lock")
    with lock.held(), Ledger.open(home) as opened:
        assert opened.version == -1


def test_a_failed_fsync_is_not_retried_until_the_home_is_opened_again(
    ledger, home, table, held, at, monkeypatch
):
    ledger.append(table([{"message_id": "a"}]), source="s", at=at)

    def fail(descriptor):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr("verite.ledger.durable.os.fsync", fail)
        with pytest.raises(HomeError, match="fsync_failed"):
            ledger.append(table([{"message_id": "b"}]), source="s", at=at)
    with pytest.raises(HomeError, match="fsync_failed"):
        ledger.append(table([{"message_id": "b"}]), source="s", at=at)
    assert len(held(ledger)) == 1
    with Ledger.open(home) as again:
        assert again.append(table([{"message_id": "b"}]), source="s", at=at).kept == 1
        assert len(held(again)) == 2


def test_a_full_disk_is_said_and_the_next_append_works(ledger, table, at, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("deltalake.write_deltalake", full)
        with pytest.raises(HomeError, match="disk_full"):
            ledger.append(table([{}]), source="s", at=at)
    assert ledger.append(table([{}]), source="s", at=at).kept == 1


def test_entries_above_the_mark_are_removed_at_open(ledger, home, table, held, at):
    ledger.append(table([{"message_id": "a"}]), source="s", at=at)
    version = ledger.version
    for extra in (version + 1, version + 2):
        (home / "ledger" / "_delta_log" / f"{extra:020d}.json").write_text("torn")
    with Ledger.open(home) as again:
        assert again.version == version
        assert again.append(table([{"message_id": "b"}]), source="s", at=at).kept == 1
        assert len(held(again)) == 2


def test_a_damaged_log_is_said_so(ledger, home, table, at):
    ledger.append(table([{}]), source="s", at=at)
    for path in (home / "ledger" / "_delta_log").glob("*.json"):
        path.write_text("not a log")
    with Ledger.open(home) as again, pytest.raises(HomeError, match="home_corrupt"):
        again.files()


def test_a_reader_of_a_version_is_not_disturbed_by_later_rows(ledger, table, at):
    ledger.append(table([{"message_id": "a"}]), source="s", at=at)
    with ledger.reading() as snapshot:
        ledger.append(table([{"message_id": "b"}]), source="s", at=at)
        assert (snapshot.version, len(snapshot.files)) == (1, 1)
        assert ledger.vacuum() == 0
