"""What becomes of each contact, case or event: kept, broken, or said to be neither."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from verite.measure.promises import keep_promises
from verite.measure.promises.fates import Fate
from verite.measure.promises.judging import judge
from verite.measure.study import question
from verite.words.asked import Filters
from verite.words.promises import ALWAYS, Event, Promise, PromiseKind, PromiseRecord

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def promise(kind: PromiseKind, **more) -> Promise:
    return Promise(key="one", fr="Un", en="One", kind=kind, target=90.0, **more)


QUICK = promise(PromiseKind.ANSWERED, within_s=600.0, channels=("phone",))


def fates(study, one: Promise, where: Filters | None = None) -> list[str]:
    found = judge(question(study, where or Filters()), one)
    return [Fate(fate).name for fate in found.fates]


def kept(study, one: Promise):
    record = PromiseRecord(promise=one, version=1, by="a", at=MONDAY)
    return keep_promises(study, (record,), where=Filters()).rows[0]


def test_a_wait_within_the_time_keeps_it_a_longer_one_breaks_it(study_of, contact):
    rows = [
        contact("a", MONDAY, channel="phone", wait_s=600, agent="x"),
        contact("b", MONDAY, channel="phone", wait_s=601, agent="x"),
        contact("c", MONDAY, channel="phone", wait_s=900, outcome="abandoned"),
        contact("d", MONDAY, channel="phone", wait_s=60, outcome="abandoned"),
        contact("e", MONDAY, channel="phone", agent="x", outcome="resolved"),
        contact("f", MONDAY, channel="chat", wait_s=5, agent="x"),
        contact("g", MONDAY, channel="phone", wait_s=5, agent="x", direction="outbound"),
    ]
    assert fates(study_of(rows), QUICK) == ["KEPT", "BROKEN", "BROKEN", "LEFT", "UNTOLD"]


def test_who_still_waits_past_the_time_is_broken_already_and_who_does_not_yet_is_open(
    study_of, contact
):
    """At 10:00, one waits since 9:00 and one since 9:55; the channel tells waits otherwise."""
    rows = [contact(f"p{k}", MONDAY, channel="phone", wait_s=5, agent="x") for k in range(6)]
    rows.append(contact("x", MONDAY, channel="phone"))
    rows.append(contact("y", MONDAY + timedelta(minutes=55), channel="phone"))
    study = study_of(rows, as_of=MONDAY + timedelta(hours=1))
    assert fates(study, QUICK)[-2:] == ["WAITING", "OPEN"]
    counts = kept(study, QUICK).counts
    assert (counts.judged, counts.kept, counts.waiting, counts.open) == (7, 6, 1, 1)


def test_a_channel_that_never_tells_waits_breaks_nothing_by_its_silence(study_of, contact):
    rows = [contact(f"p{k}", MONDAY, channel="phone") for k in range(6)]
    study = study_of(rows, as_of=MONDAY + timedelta(days=2))
    assert set(fates(study, QUICK)) == {"UNTOLD"}
    found = kept(study, QUICK)
    assert found.lack == "nothing_known"
    assert found.whole.value is None


def test_open_is_kept_by_any_answer_and_seconds_on_the_line_are_no_refusal(study_of, contact):
    rows = [
        contact("a", MONDAY, channel="phone", wait_s=3000, agent="x"),
        contact("b", MONDAY, channel="phone", wait_s=60, outcome="abandoned"),
        contact("c", MONDAY, channel="phone", wait_s=3, outcome="abandoned"),
    ]
    assert fates(study_of(rows), promise(PromiseKind.OPEN)) == ["KEPT", "BROKEN", "LEFT"]


def test_hours_promised_are_those_of_the_wall_clock_summer_and_winter(study_of, contact):
    """8-20 h on Mondays in Paris: 6:30 UTC is in before the clocks change, 7:30 in winter."""
    week = (((480, 1200),), (), (), (), (), (), ())
    winter, summer = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 7, 6, tzinfo=UTC)
    half = timedelta(minutes=30)
    rows = [
        contact("a", winter + timedelta(hours=6) + half, channel="phone", wait_s=9, agent="x"),
        contact("b", winter + timedelta(hours=7) + half, channel="phone", wait_s=9, agent="x"),
        contact("c", summer + timedelta(hours=6) + half, channel="phone", wait_s=9, agent="x"),
        contact("d", summer + timedelta(hours=18), channel="phone", wait_s=9, agent="x"),
        contact("e", summer + timedelta(days=1), channel="phone", wait_s=9, agent="x"),
    ]
    study = study_of(rows, zone="Europe/Paris")
    one = promise(PromiseKind.OPEN, hours=week)
    found = judge(question(study, Filters()), one)
    assert [study.timeline.held[row]["person"] for row in found.rows] == ["b", "c"]


def event(person: str, at: datetime, kind: str, **more):
    return {"person": person, "at": at, "kind": kind, **more}


def test_a_date_given_is_kept_until_midnight_and_what_never_came_is_broken(study_of):
    day = timedelta(days=1)
    rows = []
    for name, came in (("a", MONDAY + 2 * day + timedelta(hours=14)), ("b", MONDAY + 3 * day),
                       ("c", None)):  # fmt: skip
        rows.append(event(name, MONDAY, "purchase", case_id=name, segment_due="2026-03-04"))
        if came is not None:
            rows.append(event(name, came, "delivery", case_id=name))
    rows.append(event("d", MONDAY, "purchase", case_id="d", segment_due="2026-03-30"))
    rows.append(event("e", MONDAY, "purchase", case_id="e"))
    rows.append(event("f", MONDAY, "purchase", case_id="f", segment_due="as soon as may be"))
    one = promise(PromiseKind.BY_DATE, start=Event(kind="purchase"), end=Event(kind="delivery"),
                  due="due")  # fmt: skip
    study = study_of(rows, as_of=MONDAY + 7 * day)
    assert fates(study, one) == ["KEPT", "BROKEN", "WAITING", "OPEN", "UNTOLD", "UNTOLD"]


def test_one_event_follows_another_in_its_case_else_of_its_person(study_of):
    hour = timedelta(hours=1)
    rows = [
        event("a", MONDAY, "purchase"),
        event("a", MONDAY + hour, "delivery"),
        event("b", MONDAY, "purchase", case_id="B1"),
        event("b", MONDAY + hour, "delivery", case_id="B2"),
        event("b", MONDAY + 9 * hour, "delivery", case_id="B1"),
    ]
    one = promise(PromiseKind.FOLLOWED, start=Event(kind="purchase"), end=Event(kind="delivery"),
                  within_s=7200.0)  # fmt: skip
    study = study_of(rows, as_of=MONDAY + 24 * hour)
    assert fates(study, one) == ["KEPT", "BROKEN"]


def test_solved_counts_working_hours_only(study_of, contact):
    """From Monday 17:00 to Tuesday 10:00: two working hours of nine to six, not seventeen."""
    at = MONDAY + timedelta(hours=8)
    rows = [
        contact("a", at, channel="phone", case_id="A", agent="x", wait_s=0, duration_s=0),
        contact("a", at + timedelta(hours=17), channel="phone", case_id="A", agent="x", wait_s=0,
                duration_s=0, outcome="resolved"),
        contact("b", at, channel="phone", case_id="B", agent="x", outcome="unresolved"),
    ]  # fmt: skip
    study = study_of(rows, as_of=MONDAY + timedelta(days=20))
    working = ((( 540, 1080),),) * 5 + ((), ())  # fmt: skip
    one = promise(PromiseKind.SOLVED, within_s=3 * 3600.0, hours=working)
    assert fates(study, one) == ["KEPT", "WAITING"]
    night_and_day = promise(PromiseKind.SOLVED, within_s=3 * 3600.0, hours=ALWAYS)
    assert fates(study, night_and_day) == ["BROKEN", "WAITING"]


def test_filters_choose_among_what_is_judged(study_of, contact):
    rows = [contact(f"p{k}", MONDAY + timedelta(days=k), channel="phone", wait_s=9, agent="x")
            for k in range(6)]  # fmt: skip
    where = Filters(since=MONDAY + timedelta(days=4))
    assert len(fates(study_of(rows), QUICK, where)) == 2


def test_a_promise_with_no_data_says_which_part_is_missing(study_of, contact):
    study = study_of([contact("a", MONDAY, channel="phone", wait_s=9, agent="x")])
    lacks = {
        "no_data": promise(PromiseKind.OPEN, channels=("email",)),
        "no_such_touchpoint": promise(PromiseKind.OPEN, touchpoints=("desk",)),
        "no_such_event": promise(
            PromiseKind.FOLLOWED, within_s=9.0, start=Event(kind="visit"), end=Event(kind="use")
        ),
        "no_cases": promise(PromiseKind.SOLVED, within_s=9.0),
        "no_such_date": promise(
            PromiseKind.BY_DATE, start=Event(kind="contact"), end=Event(kind="contact"), due="due"
        ),
    }
    for code, one in lacks.items():
        found = kept(study, one)
        assert (found.lack, found.whole.value, found.standing) == (code, None, None)
