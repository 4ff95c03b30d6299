"""Efforts and open issues, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verite.ledger.efforts import BITS, EffortRules
from verite.ledger.engines.marking import mark_runs
from verite.measure import Definitions
from verite.measure.feeling.marks import EFFORTS, mark_efforts
from verite.words.customer import Mark

RowsOf = Callable[[list[dict[str, object]]], Any]
DAY_US = 86_400_000_000
CONTACT = {"person": 0, "kind": "contact", "channel": "phone", "case_id": "a", "motive": "panne",
           "agent": "A", "outcome": "resolved"}  # fmt: skip


def marked(rows: Any, effort: str) -> list[int]:
    found = mark_efforts(rows, Definitions(), slice(0, rows.rows), rows.person)
    return [int(mark) for mark in found.marks[:, EFFORTS.index(effort)]]


def test_back_for_the_same_motive_within_a_week_is_a_repeat(rows_of: RowsOf) -> None:
    rows = rows_of([{**CONTACT, "day": 1}, {**CONTACT, "day": 7}, {**CONTACT, "day": 20}])
    assert marked(rows, "repeats") == [0, 1, 0]


def test_another_person_repeats_nothing(rows_of: RowsOf) -> None:
    rows = rows_of([{**CONTACT, "day": 1}, {**CONTACT, "day": 2, "person": 1}])
    assert marked(rows, "repeats") == [0, 0]


def test_another_agent_without_a_transfer_hears_the_story_again(rows_of: RowsOf) -> None:
    rows = rows_of([
        {**CONTACT, "day": 1}, {**CONTACT, "day": 2, "agent": "B", "outcome": "transferred"},
        {**CONTACT, "day": 2.05, "agent": "C"},
    ])  # fmt: skip
    assert marked(rows, "retold") == [0, 1, 0]
    assert marked(rows, "transfers") == [0, 1, 0]


def test_the_story_of_a_person_and_their_feeling_follow_the_same_rules(rows_of: RowsOf) -> None:
    told_twice = [
        {**CONTACT, "day": 1, "agent": "A"}, {**CONTACT, "day": 2, "agent": "B"},
        {**CONTACT, "day": 3, "agent": "A"},
    ]  # fmt: skip
    rows = rows_of(told_twice)
    found = mark_runs(rows, EffortRules(), slice(0, 3), rows.starts).marks
    assert marked(rows, "retold") == ((found & BITS[Mark.RETOLD]) > 0).astype(int).tolist()
    assert marked(rows, "retold") == [0, 1, 0]  # the third heard it already


def test_a_case_that_goes_on_elsewhere_is_a_switch(rows_of: RowsOf) -> None:
    rows = rows_of([{**CONTACT, "day": 1}, {**CONTACT, "day": 2, "channel": "chat"}])
    assert marked(rows, "switches") == [0, 1]


def test_a_menu_heard_once_more_in_a_case_is_a_loop(rows_of: RowsOf) -> None:
    menu = {"person": 0, "kind": "other", "case_id": "a", "menus": 2}
    assert marked(rows_of([{**menu, "day": 1}, {**menu, "day": 2}]), "menus_again") == [0, 1]


def test_an_issue_is_open_until_its_case_is_resolved(rows_of: RowsOf) -> None:
    rows = rows_of([{**CONTACT, "day": 1, "outcome": "unresolved"}, {**CONTACT, "day": 4}])
    found = mark_efforts(rows, Definitions(), slice(0, 2), rows.person)
    assert (found.open_until / DAY_US).tolist() == [4.0, 0.0]


def test_an_issue_that_nobody_speaks_of_is_open_for_a_month(rows_of: RowsOf) -> None:
    rows = rows_of([{**CONTACT, "day": 1, "outcome": "unresolved"}])
    found = mark_efforts(rows, Definitions(), slice(0, 1), rows.person)
    assert (found.open_until / DAY_US).tolist() == [31.0]
