"""The works council's consultation: recorded with its dates, withdrawn, never deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from verite.words.council import NOTE_AT_MOST, Consulted
from verite.words.errors import BadInput, WrongUse
from verite.words.member import CONSOLE, Member, Role

TOLD = Consulted(consulted_on=date(2026, 10, 1), informed_on=date(2026, 10, 5), note="PV 12")


def test_nothing_is_open_until_somebody_records_it(using: str, at: datetime) -> None:
    from verite.records.council.actions import record_consultation
    from verite.records.council.records import agents_are_open

    assert not agents_are_open(using=using)
    record_consultation(using=using, by=CONSOLE, consulted=TOLD, at=at)
    assert agents_are_open(using=using)


def test_what_is_withdrawn_closes_and_stays_on_record(using: str, at: datetime) -> None:
    from verite.records.council.actions import record_consultation, withdraw_consultation
    from verite.records.council.records import agents_are_open, list_consultations

    record_consultation(using=using, by=CONSOLE, consulted=TOLD, at=at)
    withdraw_consultation(using=using, by=CONSOLE, at=at + timedelta(days=1))
    again = replace(TOLD, note="PV 13")
    record_consultation(using=using, by=CONSOLE, consulted=again, at=at + timedelta(days=2))
    newest, first = list_consultations(using=using)
    assert (newest.consulted, newest.is_in_force) == (again, True)
    assert (first.consulted, first.by, first.withdrawn_by) == (TOLD, "console", "console")
    assert agents_are_open(using=using)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AGENT])
def test_only_an_owner_records_or_withdraws(using: str, at: datetime, role: Role) -> None:
    from verite.records.council.actions import record_consultation, withdraw_consultation

    bob = Member(id=2, email="bob@example.org", name="Bob", role=role)
    with pytest.raises(WrongUse, match="not_allowed"):
        record_consultation(using=using, by=bob, consulted=TOLD, at=at)
    record_consultation(using=using, by=CONSOLE, consulted=TOLD, at=at)
    with pytest.raises(WrongUse, match="not_allowed"):
        withdraw_consultation(using=using, by=bob, at=at)


def test_one_record_is_in_force_at_a_time(using: str, at: datetime) -> None:
    from verite.records.council.actions import record_consultation, withdraw_consultation

    with pytest.raises(WrongUse, match="council_not_recorded"):
        withdraw_consultation(using=using, by=CONSOLE, at=at)
    record_consultation(using=using, by=CONSOLE, consulted=TOLD, at=at)
    with pytest.raises(WrongUse, match="council_recorded_already"):
        record_consultation(using=using, by=CONSOLE, consulted=TOLD, at=at)


@pytest.mark.parametrize("field", ["consulted_on", "informed_on"])
def test_what_has_not_taken_place_is_not_recorded(using: str, at: datetime, field: str) -> None:
    from verite.records.council.actions import record_consultation

    later = replace(TOLD, **{field: at.date() + timedelta(days=1)})
    with pytest.raises(BadInput, match="council_day_to_come"):
        record_consultation(using=using, by=CONSOLE, consulted=later, at=at)


def test_each_step_leaves_an_audit_entry(using: str, at: datetime) -> None:
    from verite.records.audit.records import latest
    from verite.records.council.actions import record_consultation, withdraw_consultation

    record_consultation(using=using, by=CONSOLE, consulted=TOLD, at=at)
    withdraw_consultation(using=using, by=CONSOLE, at=at)
    told = [(entry.did, entry.after) for entry in latest(using=using)]
    assert told == [("withdraw_council", ""), ("record_council", "2026-10-01 2026-10-05 PV 12")]


def test_a_note_that_is_a_document_is_refused() -> None:
    with pytest.raises(BadInput, match="council_note_long"):
        replace(TOLD, note="x" * (NOTE_AT_MOST + 1))
