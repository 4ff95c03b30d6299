"""The chat-then-phone story of seed 001 is in the files, event by event."""

from __future__ import annotations

from itertools import pairwise

import duckdb

from verite.demo.planted import PLANTED

Table = duckdb.DuckDBPyConnection
STORY = f"identity = '{PLANTED.golden_identity}' AND motive = 'no_connection'"
EVERYTHING = f"identity = '{PLANTED.golden_identity}' AND source IN ('chat', 'phone')"


def story(table: Table, what: str) -> object:
    found = table.execute(f"SELECT {what} FROM interactions WHERE {EVERYTHING}").fetchone()
    assert found is not None
    return found[0]


def test_the_events_come_in_the_order_of_the_story(table: Table) -> None:
    lived = table.execute(
        f"""SELECT touchpoint, coalesce(step, outcome) FROM interactions
        WHERE {EVERYTHING} ORDER BY "at" """
    ).fetchall()
    assert lived == [
        ("chat", "abandoned"),
        ("chat", "restart_box"),
        ("chat", "check_lights"),
        ("ivr", "transferred"),
        ("phone_agent", "transferred"),
        ("phone_agent", "restart_box"),
        ("phone_agent", "check_lights"),
        ("network_transfer", "transfer_failed"),
        ("ivr", "unresolved"),
    ]


def test_the_customer_waits_20_then_15_then_20_minutes(table: Table) -> None:
    assert story(table, 'list(wait_s ORDER BY "at") FILTER (wait_s IS NOT NULL)') == [
        1200,
        900,
        1200,
    ]


def test_two_agents_are_reached_and_a_third_never(table: Table) -> None:
    assert story(table, "count(DISTINCT agent)") == 2
    assert story(table, "count(*) FILTER (kind = 'handover' AND agent IS NULL)") == 1


def test_the_customer_changes_channel_once(table: Table) -> None:
    channels = story(table, 'list(channel ORDER BY "at")')
    assert isinstance(channels, list)
    assert sum(a != b for a, b in pairwise(channels)) == 1


def test_two_steps_are_asked_again_and_the_menu_is_heard_twice(table: Table) -> None:
    assert story(table, "count(step) - count(DISTINCT step)") == 2
    assert story(table, "sum(menus)") == 2


def test_the_story_is_told_twice_in_one_case_and_nothing_is_solved(table: Table) -> None:
    assert story(table, "count(DISTINCT case_id)") == 1
    assert story(table, "count(text)") == 2
    assert story(table, "count(*) FILTER (outcome = 'resolved')") == 0


def test_nothing_else_troubles_the_golden_customer(table: Table) -> None:
    other = table.execute(
        f"""SELECT DISTINCT touchpoint FROM interactions
        WHERE identity = '{PLANTED.golden_identity}' AND NOT ({EVERYTHING})"""
    ).fetchall()
    assert {touchpoint for (touchpoint,) in other} <= {"invoice", "box_use"}
