"""Compaction, checkpoints and vacuum: the same rows in other files."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from verite.ledger.durable import Lock
from verite.ledger.ledger import Ledger
from verite.words.columns import BUCKETS, FRESH

CELLS = "id_hi, id_lo, identity_key, ts_us, agent, segment_offer"


@pytest.fixture
def fill(ledger, table, at):
    counter = iter(range(10_000))

    def append(count=40):
        numbers = [next(counter) for _ in range(count)]
        rows = [
            {"message_id": str(n), "identity": f"user:{n % 7}", "agent": "a", "segment_offer": "b"}
            for n in numbers
        ]
        return ledger.append(table(rows), source="s", at=at)

    return append


def test_compaction_moves_rows_to_their_buckets_and_changes_none(ledger, fill, held):
    for _ in range(3):
        fill()
    before = held(ledger, CELLS)
    assert ledger.compact() == 3
    assert held(ledger, CELLS) == before
    buckets = {bucket for (bucket,) in held(ledger, "bucket")}
    assert FRESH not in buckets
    assert {key % BUCKETS == bucket for key, bucket in held(ledger, "identity_key, bucket")} == {
        True
    }


def test_each_bucket_file_is_sorted_by_identity_and_time(ledger, fill):
    import duckdb

    fill(100)
    ledger.compact()
    for path in ledger.files():
        rows = duckdb.execute(f"SELECT identity_key, ts_us FROM '{path}'").fetchall()
        assert rows == sorted(rows)


def test_nothing_fresh_is_nothing_to_do(ledger, fill):
    assert ledger.compact() == 0
    fill()
    ledger.compact()
    version = ledger.version
    assert (ledger.compact(), ledger.version) == (0, version)


def test_crowded_buckets_are_rewritten(ledger, fill, held):
    for _ in range(12):
        fill(7)
        ledger.compact()
    assert len(ledger.files()) <= 7 * 9
    assert len(held(ledger)) == 84


def test_small_files_that_crowd_a_bucket_leave_a_large_one_beside_them_alone(ledger, fill, held):
    fill(4000)
    ledger.compact()
    large = set(ledger.files())
    for _ in range(8):
        fill(7)
        ledger.compact(threads=1)
    assert large < set(ledger.files())
    assert len(ledger.files()) <= len(large) + 7 * 8
    assert len(held(ledger)) == 4056


def test_vacuum_takes_what_no_version_holds(ledger, fill, held, home):
    fill()
    ledger.compact()
    (home / "ledger" / f"bucket={FRESH}" / "part-orphan.parquet").write_bytes(b"left by the dead")
    before = held(ledger, CELLS)
    assert ledger.vacuum() == 2
    assert held(ledger, CELLS) == before
    on_disk = {str(path) for path in (home / "ledger").glob("bucket=*/*.parquet")}
    assert on_disk == set(ledger.files())


def test_an_append_after_a_checkpoint_and_a_vacuum_still_knows_every_id(
    ledger, fill, home, table, at, held
):
    fill(20)
    ledger.compact()
    ledger.vacuum()
    with Ledger.open(home) as again:
        again.append(table([{"message_id": "new"}]), source="s", at=at)
        assert len(held(again)) == 21
        assert again.append(table([{"message_id": "new"}]), source="s", at=at).duplicates == 1


def test_two_maintainers_do_not_work_at_once(ledger, fill, home):
    fill()
    lock = Lock(home / "maintainer.lock")
    with lock.held():
        assert (ledger.compact(), ledger.vacuum()) == (0, 0)
    assert ledger.compact() == 1


@pytest.mark.parametrize("moment", ["sync_version", "checkpoint", "clean_log"])
def test_a_compaction_that_dies_leaves_the_ledger_as_it_was(
    ledger, fill, held, home, monkeypatch, moment
):
    fill()
    fill()
    before = held(ledger, CELLS)

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(f"verite.ledger.delta.InteractionTable.{moment}", die)
        with pytest.raises(KeyboardInterrupt):
            ledger.compact()
    with Ledger.open(home) as again:
        assert held(again, CELLS) == before
        again.compact()
        again.vacuum()
        assert held(again, CELLS) == before


def test_a_torn_checkpoint_above_its_mark_is_not_read(ledger, fill, held, home, monkeypatch):
    fill()
    with monkeypatch.context() as killed:
        killed.setattr("verite.ledger.mark.set_checkpoint", None)
        with pytest.raises(TypeError):
            ledger.compact()
    for path in (home / "ledger" / "_delta_log").glob("*checkpoint*"):
        path.write_bytes(b"")
    with Ledger.open(home) as again:
        assert len(held(again)) == 40


@pytest.mark.parametrize("spelled", ["relative", "linked"])
def test_vacuum_spares_what_is_held_however_the_home_is_spelled(
    home, table, at, tmp_path, monkeypatch, spelled
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "linked").symlink_to(home)
    path = Path("home") if spelled == "relative" else tmp_path / "linked"
    with Ledger.open(path) as ledger:
        ledger.append(table([{}]), source="s", at=at)
        assert ledger.vacuum() == 0
        assert ledger.compact() == 1
        ledger.vacuum()
        assert all(Path(name).exists() for name in ledger.files())


def test_two_threads_of_one_ledger_take_turns(ledger):
    committer = ledger._committer
    entered, left = Event(), Event()

    def wait_inside():
        with committer.committing():
            entered.set()
            left.wait(5)

    def enter_and_leave():
        with committer.committing():
            pass

    first = Thread(target=wait_inside)
    first.start()
    entered.wait(5)
    second = Thread(target=enter_and_leave, daemon=True)
    second.start()
    second.join(0.3)
    assert second.is_alive()
    left.set()
    first.join(5)
    second.join(5)
    assert not second.is_alive()
