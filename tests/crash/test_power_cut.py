"""What a power cut may leave, judged with the real ledger: nothing lost, doubled or unreadable."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.crash.disk import Disk, Operation
from tests.crash.power_cut import explore, record_life
from tests.crash.recorder import has_strace
from tests.crash.verdict import judge

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not has_strace(), reason="strace is not installed (Debian package strace)"),
]


@pytest.fixture(scope="module")
def alone():
    return record_life("a")


def test_a_cut_at_any_moment_of_a_life_loses_and_doubles_nothing(alone):
    report = explore(alone, at_most=180)
    print(report)
    assert report.faults == ()
    assert report.tried >= 170
    assert len(report.confirmed) >= 6


def test_a_cut_while_two_processes_write_loses_and_doubles_nothing():
    report = explore(record_life("a", "b"), at_most=180)
    print(report)
    assert report.faults == ()
    assert report.tried >= 170
    assert len(report.confirmed) >= 8


def test_the_explorer_finds_what_a_ledger_without_fsync_would_lose(alone):
    """A control: were the syncs of the table left out, the same states would show it."""
    careless = [o for o in alone.operations if o.call != "sync" or "/ledger" not in o.path]
    report = explore(replace(alone, operations=careless), at_most=40)
    assert report.faults


def test_a_lost_and_a_doubled_row_would_be_seen(ledger_with_a_lost_row):
    assert judge(ledger_with_a_lost_row, ["a1", "a2"]).fault.startswith("lost")


@pytest.fixture
def ledger_with_a_lost_row(tmp_path):
    from tests.crash.workload import append

    from verite.ledger.ledger import Ledger

    Ledger.create(tmp_path / "home")
    with Ledger.open(tmp_path / "home") as ledger:
        append(ledger, "a1")
    return tmp_path / "home"


def states_of(*operations):
    disk = Disk("/h")
    for done in operations:
        disk.follow(done)
    return {s.kind: s.files for s in disk.states(random.Random(1), (), torn=1)}


def test_bytes_that_were_not_synced_are_lost():
    write = Operation("write", "/h/a", offset=0, data=b"x")
    assert states_of(write)["lazy"] == {"/h/a": b""}
    assert states_of(write, Operation("sync", "/h/a"))["lazy"] == {"/h/a": b"x"}


def test_a_name_lives_once_its_folder_was_synced():
    write, sync = Operation("write", "/h/a", offset=0, data=b"x"), Operation("sync", "/h/a")
    assert states_of(write, sync)["strict"] == {}
    assert states_of(write, sync, Operation("sync", "/h"))["strict"] == {"/h/a": b"x"}


def test_a_file_in_a_folder_whose_own_name_was_not_synced_is_lost():
    made = (Operation("mkdir", "/h/d"), Operation("write", "/h/d/a", offset=0, data=b"x"))
    synced = (*made, Operation("sync", "/h/d/a"), Operation("sync", "/h/d"))
    assert states_of(*synced)["strict"] == {}
    assert states_of(*synced, Operation("sync", "/h"))["strict"] == {"/h/d/a": b"x"}
