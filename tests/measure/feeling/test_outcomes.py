"""Who is at risk when, and what counts as the outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from verite.measure import Definitions
from verite.measure.feeling.choosing import blocks
from verite.measure.feeling.fitting import told_before
from verite.measure.feeling.material import gather, trace_everyone
from verite.measure.feeling.outcomes import Periods, dates_of, periods_of
from verite.measure.feeling.traces import persons_of_rows, trace
from verite.words.feeling import FeelingAsked, FeelingOutcome

RowsOf = Callable[[list[dict[str, object]]], Any]
DAY_US = 86_400_000_000


def periods(rows: Any, until: int = 240, outcome: str = "churn", days: int = 30) -> Periods:
    traces = trace(rows, Definitions(), slice(0, rows.rows), persons_of_rows(rows))
    asked = FeelingAsked(outcome=FeelingOutcome(outcome), days=days)
    return periods_of(rows, Definitions(), asked, traces, until * DAY_US)


def came(found: Periods, person: int) -> list[tuple[int, bool]]:
    lines = found.person == person
    days = found.dates[found.date[lines]] // DAY_US
    return list(zip(days.tolist(), found.came[lines].tolist(), strict=True))


def customer(person: int, day: float = 0) -> dict[str, object]:
    return {"person": person, "day": day, "kind": "delivery"}


def leaving(person: int, day: float, motive: str) -> dict[str, object]:
    return {"person": person, "day": day, "kind": "other", "touchpoint": "termination",
            "motive": motive}  # fmt: skip


def test_dates_leave_room_for_the_outcome_and_for_history() -> None:
    days = dates_of(0, 240 * DAY_US, 30) // DAY_US
    assert days.tolist() == [60, 90, 120, 150, 180, 210]


def test_one_who_chose_to_leave_is_at_risk_until_then(rows_of: RowsOf) -> None:
    found = periods(rows_of([customer(0), leaving(0, 130, "voluntary")]))
    assert came(found, 0) == [(60, False), (90, False), (120, True)]


def test_one_who_moved_is_censored_and_counted(rows_of: RowsOf) -> None:
    found = periods(rows_of([customer(0), leaving(0, 130, "move")]))
    assert came(found, 0) == [(60, False), (90, False)]
    assert found.left_otherwise == 1


def test_nobody_is_at_risk_before_being_a_customer(rows_of: RowsOf) -> None:
    rows = rows_of([{"person": 0, "day": 0, "kind": "visit"}, customer(0, 185)])
    assert came(periods(rows), 0) == [(210, False)]


def test_no_purchase_within_the_days_is_the_outcome_of_repurchase(rows_of: RowsOf) -> None:
    buys = [{"person": 0, "day": day, "kind": "purchase"} for day in (0, 70, 160)]
    found = periods(rows_of(buys), outcome="repurchase")
    told = [(60, False), (90, True), (120, True), (150, False), (180, True), (210, True)]
    assert came(found, 0) == told


def test_the_next_score_counts_when_it_was_given_within_the_days(rows_of: RowsOf) -> None:
    score = {"person": 0, "kind": "feedback", "metric": "nps", "scale_min": 0, "scale_max": 10}
    rows = rows_of([customer(0), {**score, "day": 65, "score": 6}, {**score, "day": 185,
                                                                     "score": 7}])  # fmt: skip
    assert came(periods(rows, outcome="score"), 0) == [(60, True), (180, False)]


def test_relational_answers_come_before_those_after_a_contact(rows_of: RowsOf) -> None:
    score = {"person": 0, "kind": "feedback", "metric": "nps", "scale_min": 0, "scale_max": 10}
    rows = rows_of([customer(0), {**score, "day": 65, "score": 10},
                    {**score, "day": 95, "score": 0, "touchpoint": "chat"}])  # fmt: skip
    assert came(periods(rows, outcome="score"), 0) == [(60, False)]


def test_lines_kept_stand_for_those_left_out(rows_of: RowsOf, monkeypatch: Any) -> None:
    rows = rows_of([customer(person) for person in range(400)])
    whole = periods(rows)
    monkeypatch.setattr("verite.measure.feeling.outcomes.LINES_AT_MOST", 600)
    some = periods(rows)
    assert len(some.person) < len(whole.person) == 2400
    assert np.isclose(some.weight.sum(), 2400, rtol=0.1)


def test_the_law_is_learnt_from_what_was_known_when_the_trial_began(world: Any, law: Any) -> None:
    runs, definitions, asked = world(law(people=1500)), Definitions(), FeelingAsked(days=90)
    traces = trace_everyone(runs, definitions)
    material = gather(runs, traces, definitions, asked, 365 * DAY_US)
    weekly = gather(runs, traces, definitions, replace(asked, days=7), 365 * DAY_US)
    trial = int(material.periods.dates[material.first_trial])
    found = told_before(weekly, trial)
    ends = weekly.periods.dates + 7 * DAY_US
    assert weekly.first_trial > found.first_trial > 0
    assert ends[found.first_trial - 1] <= trial < ends[found.first_trial]
    assert all(last <= found.first_trial for _, last in blocks(found))
