"""Every planted truth can be found again with plain statistics."""

from __future__ import annotations

import duckdb
import numpy as np
import numpy.typing as npt

from verite.demo.clock import DAY_S, YEAR_S, day_of
from verite.demo.loyalty import feeling_at
from verite.demo.planted import PLANTED
from verite.demo.vocabulary import VALUES, code
from verite.demo.year import Year

Table = duckdb.DuckDBPyConnection
Numbers = npt.NDArray[np.float64]
CSAT = "metric = 'csat' AND kind = 'feedback'"


def numbers(table: Table, question: str) -> dict[str, float]:
    return {str(key): float(value) for key, value in table.execute(question).fetchall()}


def relational(year: Year) -> tuple[Numbers, Numbers, Numbers]:
    """Who answered, when, and how they scored."""
    lived = year.lived
    here = (lived.whole("metric") == code("metric", "nps")) & (lived.whole("touchpoint") < 0)
    return lived.person[here], lived.t[here], lived.real("score")[here]


def recent(year: Year, touchpoint: str, days: int = 90) -> Numbers:
    """Mean feeling of the contacts at a touchpoint in the days before each relational answer."""
    lived = year.lived
    person, t, _ = relational(year)
    here = np.flatnonzero(
        (lived.whole("touchpoint") == code("touchpoint", touchpoint)) & (lived.person >= 0)
    )
    keys = lived.person[here] * 2 * YEAR_S + lived.t[here]
    order = np.argsort(keys)
    total = np.concatenate([[0.0], np.cumsum(lived.real("valence")[here][order])])
    until = np.searchsorted(keys[order], person * 2 * YEAR_S + t)
    since = np.searchsorted(keys[order], person * 2 * YEAR_S + np.maximum(t - days * DAY_S, 0))
    return (total[until] - total[since]) / np.maximum(until - since, 1)


def explained(parts: list[Numbers], score: Numbers) -> float:
    design = np.column_stack([np.ones(len(score)), *parts])
    fitted = design @ np.linalg.lstsq(design, score, rcond=None)[0]
    return float(1 - ((score - fitted) ** 2).sum() / ((score - score.mean()) ** 2).sum())


def test_three_moments_of_truth_explain_loyalty_most(year: Year) -> None:
    touchpoints = ["phone_agent", "chat", "help_email", "shop_help", "network_transfer",
                   "installation", "complaint", "outage", "price_notice", "delivery", "app_use",
                   "renewal", "social", "invoice"]  # fmt: skip
    _, _, score = relational(year)
    lived = {name: recent(year, name) for name in touchpoints}
    whole = explained(list(lived.values()), score)
    lost = {
        name: whole - explained([part for other, part in lived.items() if other != name], score)
        for name in touchpoints
    }
    first = sorted(lost, key=lambda name: -lost[name])[:3]
    assert set(first) == {PLANTED.friction, PLANTED.delight, PLANTED.disproportionate}


def test_the_friction_hurts_and_the_delight_pleases(year: Year) -> None:
    _, _, score = relational(year)
    hurt = recent(year, PLANTED.friction) < 0
    pleased = recent(year, PLANTED.delight) > 0
    assert score[hurt].mean() < score[~hurt].mean() - 1.0
    assert score[pleased].mean() > score[~pleased].mean() + 0.7


def test_complaints_are_rare_and_weigh_far_more_than_their_number(year: Year) -> None:
    share = (year.lived.whole("touchpoint") == code("touchpoint", "complaint")).mean()
    _, _, score = relational(year)
    hurt = recent(year, "complaint") < 0
    assert share < 0.01
    assert hurt.sum() >= 30
    assert score[hurt].mean() < score[~hurt].mean() - 2.0


def test_answers_give_back_the_half_life(year: Year) -> None:
    """The right memory explains the answers better than a shorter or a longer one."""
    person, t, score = relational(year)
    found = {}
    for days in (7, 20, 45, 100, 250):
        parts = [decayed(year, (person, t), days, sign) for sign in (-1, 1)]
        found[days] = explained(parts, score)
    assert max(found, key=lambda days: found[days]) == PLANTED.memory.half_life_days


def test_answers_give_back_the_asymmetry(year: Year) -> None:
    person, t, score = relational(year)
    bad, good = (decayed(year, (person, t), 45, sign) for sign in (-1, 1))
    design = np.column_stack([np.ones(len(score)), bad, good])
    slopes = np.linalg.lstsq(design, score, rcond=None)[0]
    assert 1.3 < slopes[1] / slopes[2] < 2.6  # planted 1.8; scores stop at 10


def decayed(year: Year, at: tuple[Numbers, Numbers], days: float, sign: int) -> Numbers:
    """The weighted sum of the good (1) or bad (-1) feelings, halved every `days`."""
    lived, (person, t) = year.lived, at
    here = np.flatnonzero((lived.person >= 0) & (sign * lived.real("valence") > 0))
    keys = lived.person[here] * 2 * YEAR_S + lived.t[here]
    order = np.argsort(keys)
    grown = lived.real("valence")[here] * lived.real("weight")[here]
    grown = (grown * 2.0 ** (lived.t[here] / (days * DAY_S)))[order]
    total = np.concatenate([[0.0], np.cumsum(grown)])
    until = np.searchsorted(keys[order], person * 2 * YEAR_S + t)
    since = np.searchsorted(keys[order], person * 2 * YEAR_S)
    return np.asarray((total[until] - total[since]) * 2.0 ** (-t / (days * DAY_S)))


def test_the_unhappy_leave_first(year: Year) -> None:
    everyone = np.arange(len(year.people))
    rates = []
    for week in range(10, 50, 5):
        monday = np.full(len(everyone), week * 7 * DAY_S)
        here = (year.left_at > monday) & (year.people.joined < 0)
        feeling = feeling_at(year.lived, everyone, monday)
        leaves = year.left_at < monday + 28 * DAY_S
        rates.append(
            [leaves[here & (feeling < -0.6)].mean(), leaves[here & (feeling > -0.1)].mean()]
        )
    unhappy, others = np.mean(rates, axis=0)
    assert unhappy > 2 * others


def test_one_channel_gives_another_experience(table: Table) -> None:
    means = numbers(
        table,
        f"""SELECT channel, avg(score) FROM interactions WHERE {CSAT} AND touchpoint IN
        ('phone_agent', 'chat', 'help_email', 'shop_help', 'social') AND team <> 'oriel'
        GROUP BY 1""",
    )
    assert len(means) == 5
    other = means.pop(PLANTED.other_channel)
    assert other < min(means.values()) - 0.5
    assert max(means.values()) - min(means.values()) < 0.35


def test_one_team_drifts_from_june_and_it_is_the_outsourced_one(table: Table) -> None:
    change = numbers(
        table,
        f"""SELECT team, avg(score) FILTER (local >= '2026-08-01') - avg(score)
        FILTER (local < '{PLANTED.drift.since}') FROM interactions
        WHERE {CSAT} AND team IS NOT NULL GROUP BY 1""",
    )
    assert min(change, key=lambda team: change[team]) == PLANTED.drift.team
    drift = change.pop(PLANTED.drift.team)
    assert drift < -0.7
    assert np.mean(list(change.values())) > -0.15
    assert (
        numbers(table, "SELECT site, count(DISTINCT team) FROM interactions GROUP BY 1")["oriel"]
        == 1
    )


def test_the_release_breaks_waits_and_menus_on_its_day(table: Table) -> None:
    """The split of the last 120 days that explains the daily mean best is the release."""
    for figure, touchpoint in (("menus", "ivr"), ("ln(wait_s + 1)", "phone_agent")):
        daily = table.execute(
            f"""SELECT avg({figure}) FROM interactions WHERE touchpoint = '{touchpoint}'
            AND local >= '2026-07-03' GROUP BY local::DATE ORDER BY local::DATE"""
        ).fetchnumpy()
        values = next(iter(daily.values()))
        spread = [
            values[:k].var() * k + values[k:].var() * (len(values) - k)
            for k in range(10, len(values) - 10)
        ]
        broke = day_of(PLANTED.release.on) - (365 - len(values))
        assert abs(int(np.argmin(spread)) + 10 - broke) <= 3


def test_transfers_rise_with_the_release_and_three_in_ten_fail(table: Table) -> None:
    share = numbers(
        table,
        f"""SELECT local >= '{PLANTED.release.on}',
        count(*) FILTER (touchpoint = 'network_transfer')
        / count(*) FILTER (touchpoint = 'phone_agent' AND motive IN
        ('no_connection', 'slow_wifi', 'equipment')) FROM interactions GROUP BY 1""",
    )
    assert 1.3 < share["True"] / share["False"] < 2.0
    failed = numbers(
        table,
        """SELECT 'failed', avg((outcome = 'transfer_failed')::INT) FROM interactions
        WHERE touchpoint = 'network_transfer'""",
    )
    assert 0.22 < failed["failed"] < 0.36


def test_the_promise_of_day_and_night_fails_at_night(table: Table) -> None:
    answered = numbers(
        table,
        """SELECT channel || if(hour(local) >= 22 OR hour(local) < 7, ' night', ' day'),
        avg((agent IS NOT NULL)::INT) FROM interactions
        WHERE channel IN ('chat', 'phone') AND kind = 'contact' AND direction = 'inbound'
        GROUP BY 1""",
    )
    for channel in PLANTED.promise.channels:
        assert answered[f"{channel} day"] > 0.92
        assert answered[f"{channel} night"] < answered[f"{channel} day"] - 0.2


def test_persons_are_seen_under_several_identities(table: Table, year: Year) -> None:
    seen = numbers(
        table,
        """SELECT split_part(identity, ':', 1), count(DISTINCT identity)
        FROM interactions GROUP BY 1""",
    )
    assert {"user", "email", "phone", "anon", "card", "social"} <= set(seen)
    tied = table.execute("SELECT count(*) FROM interactions WHERE aliases IS NOT NULL").fetchone()
    assert tied is not None
    assert tied[0] >= len(year.people) * 0.97
    known = numbers(table, """SELECT 'phone', avg((aliases LIKE '%phone:%')::INT) FROM interactions
        WHERE aliases IS NOT NULL""")  # fmt: skip
    assert abs(known["phone"] - PLANTED.known_by_phone_share) < 0.02


def test_one_touchpoint_is_on_no_map(table: Table) -> None:
    assert PLANTED.orphan in VALUES["touchpoint"]
    found = numbers(
        table,
        "SELECT touchpoint, count(*) FROM interactions WHERE touchpoint IS NOT NULL GROUP BY 1",
    )
    assert 100 < found[PLANTED.orphan] < 2000


def test_a_complaint_goes_to_the_mediator(table: Table) -> None:
    found = numbers(
        table,
        """SELECT touchpoint, count(DISTINCT case_id) FROM interactions
        WHERE kind = 'complaint' GROUP BY 1""",
    )
    assert 5 <= found["mediator"] <= 0.05 * found["complaint"]
