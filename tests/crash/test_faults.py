"""Failing disks and sudden deaths: what was confirmed stays, once; the home still opens."""

from __future__ import annotations

import pytest
from tests.crash.faults import (
    die_at_sync,
    fail_sync,
    fill_disk_at,
    fill_small_disk,
    kill_at_random,
    kill_collectors,
    kill_commands,
)
from tests.crash.recorder import has_strace

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not has_strace(), reason="strace is not installed (Debian package strace)"),
]


def check(accidents, words):
    """Nothing broken, typed last words, and the faults did strike at different moments."""
    assert [(one.name, one.verdict.fault) for one in accidents if one.verdict.fault] == []
    assert {one.words for one in accidents} <= words
    assert len({one.verdict.acknowledged for one in accidents}) > 1


def test_a_failing_fsync_loses_nothing_that_was_confirmed():
    check([fail_sync(n) for n in (1, 4, 18, 40)], {"", "fsync_failed", "disk_error"})


def test_a_death_at_an_fsync_loses_nothing_that_was_confirmed():
    check([die_at_sync(n) for n in (2, 9, 24, 41)], {""})


def test_a_disk_that_fills_up_is_refused_with_its_name():
    check([fill_disk_at(n) for n in (10, 60, 100)], {"", "disk_full", "fsync_failed", "disk_error"})


def test_a_small_disk_is_refused_and_the_home_still_opens():
    accidents = [fill_small_disk(size) for size in (100, 260, 600)]
    if None in accidents:
        pytest.skip("mounting a small disk takes root")
    check(accidents, {"", "disk_full"})


def test_a_home_killed_again_and_again_loses_nothing_that_was_confirmed():
    check(list(kill_at_random(12, seed=3)), {""})


def test_commands_killed_again_and_again_keep_every_row_once():
    """Every row read is kept, a duplicate or in quarantine, and the timeline shows the ledger."""
    check(list(kill_commands(8, seed=5)), {""})


def test_a_collector_killed_under_load_keeps_every_answered_event_once():
    check(list(kill_collectors(5, seed=7)), {""})
