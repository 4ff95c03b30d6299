"""Time to resolution: reopening, open cases, bots, opening hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from verite.measure import Definitions, measure
from verite.measure.hours import Hours

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(days=60)
MINUTE = timedelta(minutes=1)


def _row(study):
    return measure(study, ("resolution",)).rows[0]


def _companion(row, name):
    return next(beside.estimate for beside in row.companions if beside.name == name)


def _cases(contact, minutes, **more):
    return [
        contact(f"p{i}", MONDAY, case_id=f"c{i}", ended_at=MONDAY + m * MINUTE,
                outcome="resolved") | more
        for i, m in enumerate(minutes)
    ]  # fmt: skip


def test_a_case_lasts_from_its_first_contact_to_the_end_of_its_resolution(study_of, contact):
    rows = _cases(contact, range(1, 32))
    found = _row(study_of(rows, as_of=LATER)).estimate
    assert (found.value, found.unit.value, found.method) == (16 * 60, "s", "kaplan_meier")


def test_a_case_reopened_within_a_week_was_not_resolved_yet(study_of, contact):
    rows = _cases(contact, [15] * 30)
    for i in range(30):
        back = MONDAY + timedelta(days=6)
        rows.append(contact(f"p{i}", back, case_id=f"c{i}", ended_at=back + 5 * MINUTE,
                            outcome="resolved"))  # fmt: skip
    found = _row(study_of(rows, as_of=LATER)).estimate
    assert found.value == (6 * 24 * 60 + 5) * 60


def test_a_message_of_ours_does_not_reopen_a_case(study_of, contact):
    rows = _cases(contact, [15] * 30)
    rows += [contact(f"p{i}", MONDAY + timedelta(days=1), case_id=f"c{i}", direction="outbound")
             for i in range(30)]  # fmt: skip
    assert _row(study_of(rows, as_of=LATER)).estimate.value == 900.0


def test_open_cases_are_censored_and_never_dropped(study_of, contact):
    rows = _cases(contact, [10] * 20)
    rows += [contact(f"o{i}", MONDAY, case_id=f"o{i}") for i in range(21)]
    found = _row(study_of(rows, as_of=LATER))
    assert found.estimate.value is None  # fewer than half are resolved: the median is not known
    assert found.estimate.status.value == "unknown"
    assert found.estimate.n == 41
    assert _companion(found, "open").value == pytest.approx(100 * 21 / 41)


def test_the_time_with_a_bot_is_apart(study_of, contact):
    rows = []
    for i in range(30):
        rows.append(contact(f"p{i}", MONDAY - 20 * MINUTE, case_id=f"c{i}", channel="bot"))
    rows += _cases(contact, [15] * 30, channel="phone")
    found = _row(study_of(rows, as_of=LATER))
    assert found.estimate.value == 900.0
    assert _companion(found, "bot").value == 1200.0


def test_nights_and_holidays_do_not_count_where_hours_are_set(study_of, contact):
    """“5 days” for 10 minutes: opened Friday 17:55, answered Tuesday 9:05, Monday closed."""
    friday = datetime(2026, 4, 3, 15, 55, tzinfo=UTC)  # 17:55 in Paris
    tuesday = datetime(2026, 4, 7, 7, 5, tzinfo=UTC)
    nine_to_six = ((9 * 60, 18 * 60),)
    hours = Hours(week=(nine_to_six,) * 5 + ((), ()), closed=(date(2026, 4, 6),))
    rows = [
        contact(f"p{i}", friday, case_id=f"c{i}", ended_at=tuesday, outcome="resolved", site="Lyon")
        for i in range(30)
    ]
    definitions = Definitions(hours=(("default", hours),))
    study = study_of(rows, as_of=LATER, definitions=definitions, zone="Europe/Paris")
    assert _row(study).estimate.value == 600.0


def test_a_resolution_without_an_end_lasts_its_wait_and_its_talk(study_of, contact):
    rows = [
        contact(f"p{i}", MONDAY, case_id=f"c{i}", wait_s=60, duration_s=240, outcome="resolved")
        for i in range(30)
    ]
    assert _row(study_of(rows, as_of=LATER)).estimate.value == 300.0


def _two_tickets(contact, i, motives=("panne", "panne")):
    """Two tickets of one person: opened an hour apart, resolved after three and four hours."""
    first, second = MONDAY, MONDAY + 60 * MINUTE
    return [
        contact(f"p{i}", first, case_id=f"a{i}", motive=motives[0],
                ended_at=MONDAY + 180 * MINUTE, outcome="resolved"),
        contact(f"p{i}", second, case_id=f"b{i}", motive=motives[1],
                ended_at=MONDAY + 240 * MINUTE, outcome="resolved"),
    ]  # fmt: skip


def test_customers_are_counted_apart_from_their_tickets(study_of, contact):
    rows = [row for i in range(30) for row in _two_tickets(contact, i)]
    found = _row(study_of(rows, as_of=LATER)).estimate
    assert (found.n, found.people) == (60, 30)


def test_overlapping_tickets_for_one_motive_count_once_when_asked(study_of, contact):
    rows = [row for i in range(30) for row in _two_tickets(contact, i)]
    once = Definitions(one_case_per_motive=True)
    found = _row(study_of(rows, as_of=LATER, definitions=once)).estimate
    assert (found.n, found.people, found.value) == (30, 30, 240 * 60)


def test_overlapping_tickets_for_two_motives_stay_apart(study_of, contact):
    rows = [
        row for i in range(30) for row in _two_tickets(contact, i, motives=("panne", "facture"))
    ]
    once = Definitions(one_case_per_motive=True)
    assert _row(study_of(rows, as_of=LATER, definitions=once)).estimate.n == 60


def test_tickets_one_after_the_other_stay_apart(study_of, contact):
    rows = []
    for i in range(30):
        rows += _cases(contact, [15], motive="panne", person=f"p{i}", case_id=f"a{i}")
        rows += [contact(f"p{i}", MONDAY + timedelta(days=30), case_id=f"b{i}", motive="panne")]
    once = Definitions(one_case_per_motive=True)
    assert _row(study_of(rows, as_of=LATER, definitions=once)).estimate.n == 60
