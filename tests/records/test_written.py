"""Targets, maps and imports: written by actions, with rights and an audit entry."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime

import pytest

from verite.words.errors import BadInput, WrongUse
from verite.words.measured import Target
from verite.words.member import CONSOLE, Member, Role

NPS = Target(touchpoint=None, metric="nps", target=30)
BOB = Member(id=2, email="bob@example.org", name="Bob", role=Role.AGENT)


def test_targets_come_back_as_they_were_set(using: str, at: datetime) -> None:
    from verite.records.measure.actions import set_targets
    from verite.records.measure.records import list_targets

    wishes = (NPS, Target(touchpoint="chat", metric="wait", target=120, now=300, label="Chat"))
    set_targets(wishes, by=CONSOLE, at=at, using=using)
    assert list_targets(using=using) == wishes


def test_an_agent_sets_no_target(using: str, at: datetime) -> None:
    from verite.records.measure.actions import set_targets

    with pytest.raises(WrongUse, match="not_allowed"):
        set_targets([NPS], by=BOB, at=at, using=using)


def test_each_change_of_targets_leaves_what_was_before(using: str, at: datetime) -> None:
    from verite.records.audit.records import latest
    from verite.records.measure.actions import change_target, drop_target

    change_target(NPS, by=CONSOLE, at=at, using=using)
    change_target(replace(NPS, target=40), by=CONSOLE, at=at, using=using)
    drop_target(using=using, by=CONSOLE, touchpoint=None, metric="nps", at=at)
    told = [(entry.before, entry.after) for entry in latest(using=using)]
    assert told == [("* nps 40", ""), ("* nps 30", "* nps 40"), ("", "* nps 30")]


@pytest.mark.parametrize("wishes", [[NPS, NPS], [replace(NPS, target=math.nan)]])
def test_two_targets_for_one_kpi_or_no_number_are_refused(
    wishes: list[Target], using: str, at: datetime
) -> None:
    from verite.records.measure.actions import set_targets

    with pytest.raises(BadInput, match="target_"):
        set_targets(wishes, by=CONSOLE, at=at, using=using)


def test_a_failed_change_leaves_neither_targets_nor_entry(
    using: str, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verite.records.audit.records import latest
    from verite.records.measure import actions
    from verite.records.measure.records import list_targets

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "note", fail)
    with pytest.raises(RuntimeError):
        actions.set_targets([NPS], by=CONSOLE, at=at, using=using)
    assert (list_targets(using=using), latest(using=using)) == ((), ())


def test_the_first_design_is_active_and_versions_grow(using: str, at: datetime) -> None:
    from verite.loop.map import shipped
    from verite.records.map.actions import activate_design, keep_design
    from verite.records.map.records import active_design, list_designs

    one, two = shipped()[:2]
    assert keep_design(one, by=CONSOLE, at=at, using=using) == 1
    assert keep_design(one, by=CONSOLE, at=at, using=using) == 2
    assert keep_design(two, by=CONSOLE, at=at, using=using) == 1
    active = active_design(using=using)
    assert active is not None
    assert (active.key, active.version) == (one.key, 2)
    activate_design(two.key, by=CONSOLE, at=at, using=using)
    assert [design.key for design in list_designs(using=using)] == [two.key, one.key]


def test_an_unknown_design_cannot_be_activated(using: str, at: datetime) -> None:
    from verite.records.map.actions import activate_design

    with pytest.raises(BadInput, match="design_not_kept"):
        activate_design("none", by=CONSOLE, at=at, using=using)


def test_the_owner_of_a_touchpoint_is_named_and_removed(using: str, at: datetime) -> None:
    from verite.records.map.actions import name_owner
    from verite.records.map.records import owners

    name_owner(using=using, by=CONSOLE, touchpoint="chat", owner=" Relation client ", at=at)
    assert owners(using=using) == {"chat": "Relation client"}
    name_owner(using=using, by=CONSOLE, touchpoint="chat", owner="", at=at)
    assert owners(using=using) == {}


def test_an_import_is_followed_from_upload_to_end(using: str, at: datetime) -> None:
    from verite.records.listen.actions import (
        Outcome,
        end_import,
        register_upload,
        start_import,
        tell_progress,
    )
    from verite.records.listen.records import Counts, ImportState, import_with

    token = register_upload(using=using, by=CONSOLE, file="a.csv", size=9, at=at).token
    start_import(using=using, by=CONSOLE, token=token, at=at)
    tell_progress(using=using, token=token, done=5, total=10)
    counts = Counts(read=10, kept=8, duplicates=1, quarantined=1)
    end_import(using=using, by=CONSOLE, token=token, outcome=Outcome(counts=counts), at=at)
    record = import_with(token, using=using)
    assert record is not None
    assert (record.state, record.counts, record.done) == (ImportState.DONE, counts, 5)


def test_an_import_starts_once(using: str, at: datetime) -> None:
    from verite.records.listen.actions import register_upload, start_import

    token = register_upload(using=using, by=CONSOLE, file="a.csv", size=9, at=at).token
    start_import(using=using, by=CONSOLE, token=token, at=at)
    with pytest.raises(BadInput, match="import_not_waiting"):
        start_import(using=using, by=CONSOLE, token=token, at=at)


def test_an_import_that_a_stopped_server_left_is_told_so(using: str, at: datetime) -> None:
    from verite.records.listen.actions import register_upload, start_import, stop_orphans
    from verite.records.listen.records import ImportState, latest_imports

    token = register_upload(using=using, by=CONSOLE, file="a.csv", size=9, at=at).token
    start_import(using=using, by=CONSOLE, token=token, at=at)
    assert stop_orphans(using=using, error="interrupted") == 1
    assert latest_imports(using=using)[0].state is ImportState.FAILED
