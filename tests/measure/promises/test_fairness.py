"""Recent weeks, stray cases and promises always kept: what must not bend a share nor ring."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from verite.measure.promises import keep_promises
from verite.measure.promises.fates import Fate
from verite.measure.promises.judging import judge
from verite.measure.study import question
from verite.words.asked import Filters
from verite.words.control import Side
from verite.words.promises import ALWAYS, Event, Promise, PromiseKind, PromiseRecord

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
DAY = timedelta(days=1)
ORDERED, DELIVERED = Event(kind="purchase"), Event(kind="delivery")
TEN_DAYS = Promise(
    key="one", fr="Un", en="One", kind=PromiseKind.FOLLOWED, target=90.0,
    start=ORDERED, end=DELIVERED, within_s=10 * 86_400.0,
)  # fmt: skip


def kept(study, one: Promise):
    record = PromiseRecord(promise=one, version=1, by="a", at=MONDAY)
    return keep_promises(study, (record,), where=Filters()).rows[0]


def fates(study, one: Promise) -> list[str]:
    return [Fate(fate).name for fate in judge(question(study, Filters()), one).fates]


def orders(weeks: int, share, *, case, delivered_case):
    """Seventy orders a week; `share(at)` of them come within 1 to 10 days, the others after 15."""
    chance, rows = random.Random(1), []
    for k in range(70 * weeks):
        at = MONDAY + k * DAY / 10
        days = chance.uniform(1, 10) if chance.random() < share(at) else 15
        rows.append({"person": f"p{k}", "at": at, "kind": "purchase", **case(k)})
        rows.append(
            {"person": f"p{k}", "at": at + days * DAY, "kind": "delivery", **delivered_case(k)}
        )
    return rows


def same(k: int) -> dict[str, str]:
    return {"case_id": f"c{k}"}


def test_recent_weeks_are_not_judged_on_their_successes_alone(study_of):
    """80 % kept; 40 % in the last two weeks, where only what came early is known to be kept."""
    end = MONDAY + timedelta(weeks=20)
    fell = end - timedelta(weeks=2)
    rows = orders(20, lambda at: 0.4 if at >= fell else 0.8, case=same, delivered_case=same)
    study = study_of([row for row in rows if row["at"] < end], as_of=end)
    found = kept(study, TEN_DAYS)
    assert found.counts.open == 100  # the orders of the last ten days, whatever became of them
    assert found.weeks[-1].by[0].value == (end - timedelta(weeks=2)).date().isoformat()
    assert found.weeks[-1].kept.value == pytest.approx(40, abs=16)
    assert found.whole.value == pytest.approx(79, abs=3)


def test_a_date_still_to_come_is_open_even_where_the_delivery_came_early(study_of):
    rows = []
    for name, days in (("a", 1), ("b", 2), ("c", None)):
        rows.append({"person": name, "at": MONDAY, "kind": "purchase", "case_id": name,
                     "segment_due": "2026-01-31"})  # fmt: skip
        if days:
            rows.append({"person": name, "at": MONDAY + days * DAY, "kind": "delivery",
                         "case_id": name})  # fmt: skip
    one = Promise(key="one", fr="Un", en="One", kind=PromiseKind.BY_DATE, target=90.0,
                  start=ORDERED, end=DELIVERED, due="due")  # fmt: skip
    assert fates(study_of(rows, as_of=MONDAY + 5 * DAY), one) == ["OPEN"] * 3


def test_an_event_that_bears_its_own_date_is_judged_when_it_comes(study_of):
    """Of the deliveries of a week none is missing: early ones are kept at once."""
    rows = [
        {"person": "a", "at": MONDAY, "kind": "delivery", "segment_due": "2026-01-31"},
        {"person": "b", "at": MONDAY, "kind": "delivery", "segment_due": "2026-01-02"},
    ]
    one = Promise(key="one", fr="Un", en="One", kind=PromiseKind.BY_DATE, target=90.0,
                  end=DELIVERED, due="due")  # fmt: skip
    assert fates(study_of(rows, as_of=MONDAY + 5 * DAY), one) == ["KEPT", "BROKEN"]


def test_a_case_solved_early_is_open_until_its_time_is_over(study_of, contact):
    rows = [contact("a", MONDAY, case_id="a", outcome="resolved"),
            contact("b", MONDAY + 6 * DAY, case_id="b", outcome="resolved"),
            contact("c", MONDAY + 6 * DAY, case_id="c")]  # fmt: skip
    one = Promise(key="one", fr="Un", en="One", kind=PromiseKind.SOLVED, target=90.0,
                  hours=ALWAYS, within_s=3 * 86_400.0)  # fmt: skip
    assert fates(study_of(rows, as_of=MONDAY + 7 * DAY), one) == ["KEPT", "OPEN", "OPEN"]


@pytest.mark.parametrize("bearing", [0, 1, 350])
def test_a_delivery_that_bears_a_case_does_not_break_those_that_bear_none(study_of, bearing):
    rows = orders(
        10, lambda _: 0.8, case=same, delivered_case=lambda k: same(k) if k < bearing else {}
    )
    found = kept(study_of(rows, as_of=MONDAY + timedelta(weeks=20)), TEN_DAYS)
    assert found.whole.n == 700
    assert found.whole.value == pytest.approx(80, abs=4)


def test_a_delivery_of_another_case_does_not_keep_this_one(study_of):
    rows = [
        {"person": "a", "at": MONDAY, "kind": "purchase", "case_id": "one"},
        {"person": "a", "at": MONDAY + DAY, "kind": "delivery", "case_id": "other"},
    ]
    assert fates(study_of(rows, as_of=MONDAY + 20 * DAY), TEN_DAYS) == ["WAITING"]


@pytest.mark.parametrize("outcome", ["done", "abandoned"])
def test_a_promise_always_kept_or_never_has_no_signal_in_its_steady_weeks(
    study_of, contact, outcome
):
    """Above "always", and below "never", nothing: eight weeks on that side are all its weeks."""
    who = {"agent": "x"} if outcome == "done" else {}
    rows = [
        contact(f"p{k}", MONDAY + k * DAY / 10, channel="phone", wait_s=60, outcome=outcome, **who)
        for k in range(26 * 70)
    ]
    one = Promise(key="one", fr="Un", en="One", kind=PromiseKind.OPEN, target=90.0)
    found = kept(study_of(rows, as_of=MONDAY + timedelta(weeks=26)), one)
    assert found.chart is not None
    assert {point.side for point in found.chart.points} == {Side.INSIDE}
    assert not any(point.broken for point in found.chart.points)
    assert found.alarm is None
