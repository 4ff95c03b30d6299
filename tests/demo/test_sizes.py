"""Clairvoie has a credible size: customers, contacts, losses, answers, and its peaks."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from verite.demo.clock import DAY_S, YEAR_S, month_starts
from verite.demo.year import Year

Table = duckdb.DuckDBPyConnection
ASSISTED = """kind IN ('contact', 'complaint') AND direction = 'inbound' AND channel <> 'bot'"""


def one(table: Table, question: str) -> float:
    found = table.execute(question).fetchone()
    assert found is not None
    return float(found[0])


def active(year: Year) -> np.ndarray:
    starts = month_starts() * DAY_S
    here = [(year.people.joined * DAY_S <= s) & (year.left_at > s) for s in starts]
    return np.array([month.sum() for month in here])


def by_month(table: Table, condition: str) -> np.ndarray:
    found = table.execute(
        f"""SELECT count(*) FILTER ({condition}) FROM interactions
        GROUP BY date_trunc('month', local) ORDER BY date_trunc('month', local)"""
    ).fetchall()
    return np.array([row[0] for row in found])


def test_about_400_000_interactions_of_20_000_customers(table: Table, year: Year) -> None:
    assert 360_000 <= one(table, "SELECT count(*) FROM interactions") <= 440_000
    assert len(year.people) == 20_000
    assert 0.07 < year.people.is_pro.mean() < 0.09


def test_the_year_ends_on_the_last_day_of_october_in_paris(table: Table) -> None:
    first, last = table.execute(
        "SELECT min(local)::VARCHAR, max(local)::VARCHAR FROM interactions"
    ).fetchone()  # type: ignore[misc]
    assert first.startswith("2025-11-01")
    assert last.startswith("2026-10-31")


def test_one_customer_in_a_hundred_leaves_by_choice_each_month(table: Table, year: Year) -> None:
    left = by_month(table, "touchpoint = 'termination' AND motive = 'voluntary'")
    shares = left / active(year)
    assert 0.010 <= shares.mean() <= 0.015
    assert shares[3:].mean() < shares[2]  # January, when prices rise, loses most
    otherwise = by_month(table, "touchpoint = 'termination' AND motive <> 'voluntary'")
    assert 0.002 <= (otherwise / active(year)).mean() <= 0.006


def test_three_customers_in_ten_need_help_each_month(table: Table, year: Year) -> None:
    contacts = by_month(table, ASSISTED)
    assert 0.27 <= (contacts / active(year)).mean() <= 0.33


def test_august_is_quiet_and_january_is_not(table: Table) -> None:
    contacts = by_month(table, ASSISTED)
    assert contacts[9] < 0.75 * np.median(contacts)
    assert contacts[2] > 1.35 * np.median(contacts)
    complaints = by_month(table, "kind = 'complaint'")
    assert complaints[2] > 1.4 * np.median(complaints)


def test_mondays_and_evenings_are_busiest(table: Table) -> None:
    days = table.execute(
        f"""SELECT count(*) FROM interactions WHERE {ASSISTED}
        GROUP BY isodow(local) ORDER BY isodow(local)"""
    ).fetchall()
    assert days[0][0] == max(days)[0]
    hours = table.execute(
        f"""SELECT hour(local) FROM interactions WHERE {ASSISTED}
        GROUP BY 1 ORDER BY count(*) DESC LIMIT 2"""
    ).fetchall()
    assert {hour for (hour,) in hours} == {18, 19}


@pytest.mark.parametrize("touchpoint", ["survey_contact", "survey_relational"])
def test_one_invitation_in_eight_is_answered(table: Table, touchpoint: str) -> None:
    asked = one(table, f"SELECT count(*) FROM interactions WHERE touchpoint = '{touchpoint}'")
    relational = "metric = 'nps' AND touchpoint IS NULL"
    after = "metric = 'csat'"
    condition = relational if touchpoint == "survey_relational" else after
    answered = one(table, f"SELECT count(*) FROM interactions WHERE {condition}")
    assert 0.08 <= answered / asked <= 0.15


def test_nobody_is_asked_about_the_brand_twice_in_ninety_days(table: Table) -> None:
    closest = one(
        table,
        """SELECT min(gap) FROM (SELECT date_diff('day', lag("at") OVER (PARTITION BY identity
        ORDER BY "at"), "at") AS gap FROM interactions WHERE touchpoint = 'survey_relational')""",
    )
    assert closest >= 90


def test_every_channel_team_and_metric_is_alive(table: Table) -> None:
    channels = {
        row[0] for row in table.execute("SELECT DISTINCT channel FROM interactions").fetchall()
    }
    assert {"web", "app", "phone", "chat", "bot", "email", "store", "social", "review", "field",
            "sms", "post", "iot"} <= channels  # fmt: skip
    teams = table.execute(
        """SELECT team, count(DISTINCT agent) FROM interactions
        WHERE team IS NOT NULL GROUP BY team"""
    ).fetchall()
    assert len(teams) >= 8
    assert all(agents >= 5 for _, agents in teams)
    assert one(table, "SELECT count(DISTINCT metric) FROM interactions") >= 4


def test_every_old_customer_shows_use_in_the_first_days(year: Year) -> None:
    old = np.flatnonzero(year.people.joined < 0)
    early = np.unique(year.lived.person[year.lived.t < 6 * DAY_S])
    assert np.isin(old, early).mean() > 0.99
    assert year.lived.t.max() < YEAR_S


def test_waits_end_before_the_contact_does(table: Table) -> None:
    assert one(table, 'SELECT count(*) FROM interactions WHERE ended_at::TIMESTAMPTZ < "at"') == 0


def test_an_email_handled_at_night_or_by_day_waits_alike(table: Table) -> None:
    """The broken promise is that of chat and phone, not of e-mail."""
    ratio = one(
        table,
        """SELECT median(wait_s) FILTER (hour(local) >= 22 OR hour(local) < 7)
        / median(wait_s) FILTER (hour(local) BETWEEN 7 AND 21) FROM interactions
        WHERE channel = 'email' AND kind = 'contact' AND direction = 'inbound'""",
    )
    assert 0.8 < ratio < 1.2
