"""Shares by hour and day, worst hours, drift: on contacts with planted nights."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from verite.measure.promises import keep_promises
from verite.stats.intervals import normal_quantile
from verite.stats.shares import wilson
from verite.words.asked import Filters
from verite.words.estimate import Status
from verite.words.promises import Lapse, Promise, PromiseKind, PromiseRecord, Standing

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
NIGHT = {22, 23, 0, 1, 2, 3, 4, 5, 6}
OPEN = Promise(key="open", fr="Ouvert", en="Open", kind=PromiseKind.OPEN, target=90.0)


def keep(study, one: Promise = OPEN, where: Filters | None = None):
    record = PromiseRecord(promise=one, version=1, by="a", at=MONDAY)
    return keep_promises(study, (record,), where=where or Filters()).rows[0]


def year_of(contact, share, *, weeks: int = 20, per_hour: int = 1, seed: int = 1):
    """Contacts at every hour of every day; `share(at)` is the chance to be answered."""
    chance, rows = random.Random(seed), []
    for hour in range(weeks * 168):
        at = MONDAY + timedelta(hours=hour, minutes=7)
        for k in range(per_hour):
            here = {"outcome": "done", "agent": "x"}
            if chance.random() >= share(at):
                here = {"outcome": "abandoned"}
            rows.append(contact(f"p{hour}-{k}", at, channel="phone", wait_s=60, **here))
    return rows


@pytest.fixture(scope="module")
def night(contact_of):
    return year_of(contact_of, lambda at: 0.6 if at.hour in NIGHT else 0.98)


@pytest.fixture(scope="module")
def contact_of():
    def make(person, at, **more):
        return {"person": person, "at": at, "kind": "contact", "direction": "inbound", **more}

    return make


def test_the_night_fails_at_night_and_only_there(study_of, night):
    found = keep(study_of(night))
    broken = {int(one.by[0].value) for one in found.hours if one.standing is Standing.BROKEN}
    kept = {int(one.by[0].value) for one in found.hours if one.standing is Standing.KEPT}
    assert broken == NIGHT
    assert kept | broken == set(range(24))
    assert {int(one.cell.by[0].value) for one in found.worst} == NIGHT
    assert found.tested == 24


def test_the_hours_are_those_of_the_home(study_of, night):
    there = {one.by[0].value: one.kept.value for one in keep(study_of(night)).hours}
    tokyo = {one.by[0].value: one.kept.value
             for one in keep(study_of(night, zone="Asia/Tokyo")).hours}  # fmt: skip
    assert tokyo["09"] == there["00"]


def test_a_share_bears_wilsons_interval_and_its_n(study_of, night):
    found = keep(study_of(night)).whole
    exact = wilson(found.value / 100, found.n, normal_quantile(0.95))
    assert (found.n, found.people) == (20 * 168, 20 * 168)
    assert (found.low, found.high) == pytest.approx((100 * exact.low, 100 * exact.high))


def test_persons_who_come_back_make_the_interval_wider(study_of, contact_of):
    rows = []
    for k in range(40):
        for day in range(10):
            fate = {"agent": "x"} if k % 2 else {"outcome": "abandoned"}
            at = MONDAY + timedelta(days=day)
            rows.append(contact_of(f"p{k}", at, channel="phone", wait_s=60, **fate))
    found = keep(study_of(rows)).whole
    alone = wilson(0.5, 40, normal_quantile(0.95))  # forty persons, not four hundred contacts
    assert found.high - found.low >= 100 * (alone.high - alone.low)
    assert found.method == "wilson_clustered"


def test_few_are_bounds_alone_and_fewer_are_hidden_not_to_be_had_by_subtraction(
    study_of, contact_of
):
    rows = []
    for hour, count in ((9, 60), (10, 12), (11, 3)):
        for k in range(count):
            at = MONDAY + timedelta(hours=hour)
            rows.append(contact_of(f"{hour}-{k}", at, channel="phone", wait_s=9, agent="x"))
    found = keep(study_of(rows))
    status = {one.by[0].value: one.kept.status for one in found.hours}
    # 11 h is hidden; with 9 h and the total its count could be had: 10 h is hidden too.
    assert status == {"09": Status.OK, "10": Status.HIDDEN, "11": Status.HIDDEN}
    slots = {one.by[1].value: one for one in found.slots}
    assert {key: one.kept.status for key, one in slots.items()} == status
    assert slots["11"].standing is None


def test_when_all_hours_are_alike_seldom_is_one_named(study_of, contact_of):
    """Twenty worlds without a bad hour: at 5 % false discoveries, about one names some."""
    named = 0
    for seed in range(20):
        rows = year_of(contact_of, lambda _: 0.8, weeks=4, seed=seed)
        named += bool(keep(study_of(rows)).worst)
    assert named <= 4  # binomial(20, .05): 5 and more once in 400 times


def test_a_promise_that_falls_rings_and_says_since_when(study_of, contact_of):
    fell = MONDAY + timedelta(weeks=22)
    rows = year_of(contact_of, lambda at: 0.75 if at >= fell else 0.95, weeks=26)
    end = MONDAY + timedelta(weeks=26)
    found = keep(study_of(rows, as_of=end))
    assert found.alarm is not None
    assert found.alarm.since == fell
    assert found.alarm.how is Lapse.BEYOND
    assert found.alarm.mean == pytest.approx(95, abs=2)


def test_a_promise_never_broken_before_rings_when_it_is(study_of, contact_of):
    fell = MONDAY + timedelta(weeks=24)
    rows = year_of(contact_of, lambda at: 0.9 if at >= fell else 1.1, weeks=26)
    found = keep(study_of(rows, as_of=MONDAY + timedelta(weeks=26)))
    assert found.alarm is not None
    assert found.alarm.since == fell


def test_a_steady_promise_does_not_ring(study_of, contact_of):
    rows = year_of(contact_of, lambda _: 0.9, weeks=26, seed=3)
    found = keep(study_of(rows, as_of=MONDAY + timedelta(weeks=26)))
    assert found.chart is not None
    assert found.alarm is None


def test_the_order_of_rows_and_a_filter_on_everything_change_nothing(study_of, night):
    one, other = keep(study_of(night)), keep(study_of(list(reversed(night))))
    assert one == other
    whole = Filters(since=MONDAY, channels=("phone",))
    assert keep(study_of(night), where=whole).whole == one.whole
