"""Waits, answers, service level, repeats: what counts as offered, answered, left, come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from verite.measure import Definitions, measure

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(days=30)


def _one(study, metric, **asked):
    return measure(study, (metric,), **asked).rows[0]


def _companion(row, name):
    return next(beside.estimate for beside in row.companions if beside.name == name)


def test_wait_is_the_median_of_everybody_who_waited_bots_apart(study_of, contact):
    waits = list(range(1, 41))
    rows = [contact(f"p{s}", MONDAY, channel="phone", wait_s=s, agent="x") for s in waits[:20]]
    rows += [contact(f"p{s}", MONDAY, channel="phone", wait_s=s, outcome="abandoned")
             for s in waits[20:]]  # fmt: skip
    rows += [contact(f"b{s}", MONDAY, channel="bot", wait_s=0) for s in waits]
    row = _one(study_of(rows), "wait")
    assert row.estimate.value == 20.5
    assert row.estimate.n == 40
    assert _companion(row, "p90").value == pytest.approx(36.1)  # numpy.quantile(1..40, .9)
    assert _companion(row, "mean").value == 20.5


def test_waits_of_one_case_are_added_up(study_of, contact):
    rows = []
    for i in range(30):
        rows.append(contact(f"p{i}", MONDAY, channel="chat", wait_s=1200, case_id=f"c{i}"))
        rows.append(contact(f"p{i}", MONDAY + timedelta(hours=1), channel="phone", wait_s=900,
                            case_id=f"c{i}"))  # fmt: skip
    assert _companion(_one(study_of(rows), "wait"), "journey").value == 2100.0


def test_answered_and_abandoned_share_the_contacts_offered(study_of, contact):
    rows = [contact(f"a{i}", MONDAY, channel="phone", wait_s=30, agent="x") for i in range(60)]
    rows += [contact(f"l{i}", MONDAY, channel="phone", wait_s=90, outcome="abandoned")
             for i in range(30)]  # fmt: skip
    rows += [contact(f"s{i}", MONDAY, channel="phone", wait_s=3, outcome="abandoned")
             for i in range(10)]  # fmt: skip
    rows += [contact(f"o{i}", MONDAY, channel="phone", direction="outbound") for i in range(50)]
    study = study_of(rows)
    assert _one(study, "answered").estimate.value == pytest.approx(60.0)
    left = _one(study, "abandonment")
    assert left.estimate.value == pytest.approx(100 * 30 / 90)  # short ones are in neither count
    assert _companion(left, "short").value == pytest.approx(10.0)


def test_a_chat_given_up_after_an_agent_came_was_answered(study_of, contact):
    rows = [contact(f"a{i}", MONDAY, channel="chat", outcome="abandoned", agent="x")
            for i in range(30)]  # fmt: skip
    assert _one(study_of(rows), "answered").estimate.value == 100.0


def test_service_level_has_a_time_for_each_channel(study_of, contact):
    rows = [contact(f"p{i}", MONDAY, channel="phone", wait_s=19 + i % 3) for i in range(30)]
    rows += [contact(f"c{i}", MONDAY, channel="chat", wait_s=59) for i in range(30)]
    rows += [contact(f"x{i}", MONDAY, channel="fax", wait_s=1) for i in range(30)]
    whole, chat, phone = measure(study_of(rows), ("service_level",), by=("channel",)).rows
    assert (chat.estimate.value, phone.estimate.n) == (100.0, 30)
    assert phone.estimate.value == pytest.approx(100 * 20 / 30)  # 19 and 20 s are in time, 21 not
    assert whole.estimate.n == 60  # a channel without a time is in no count


def test_the_time_to_answer_is_a_setting(study_of, contact):
    rows = [contact(f"p{i}", MONDAY, channel="phone", wait_s=25) for i in range(30)]
    slower = Definitions(answer_within_s=(("phone", 30.0),))
    assert _one(study_of(rows), "service_level").estimate.value == 0.0
    assert _one(study_of(rows, definitions=slower), "service_level").estimate.value == 100.0


def test_handling_time_is_the_mean_of_answered_contacts(study_of, contact):
    rows = [contact(f"p{i}", MONDAY, channel="phone", duration_s=100 + i) for i in range(31)]
    rows.append(contact("gone", MONDAY, channel="phone", duration_s=9999, outcome="abandoned"))
    row = _one(study_of(rows), "handling_time")
    assert row.estimate.value == 115.0
    assert _companion(row, "median").value == 115.0


def test_a_contact_for_the_same_motive_on_any_channel_within_7_days_undoes_it(study_of, contact):
    rows = []
    for i in range(30):
        rows.append(contact(f"p{i}", MONDAY, channel="phone", motive="bill"))
        back = timedelta(days=7) if i < 12 else timedelta(days=7, seconds=1)
        rows.append(contact(f"p{i}", MONDAY + back, channel="email", motive="bill"))
    row = _one(study_of(rows, as_of=LATER), "fcr")
    assert row.estimate.value == pytest.approx(100 * 48 / 60)


def test_another_motive_is_a_repeat_but_no_failure(study_of, contact):
    rows = []
    for i in range(30):
        rows.append(contact(f"p{i}", MONDAY, channel="phone", motive="bill"))
        rows.append(contact(f"p{i}", MONDAY + timedelta(days=1), channel="phone", motive="move"))
    study = study_of(rows, as_of=LATER)
    assert _one(study, "fcr").estimate.value == 100.0
    assert _one(study, "repeat").estimate.value == 50.0


def test_a_contact_too_young_to_know_does_not_count(study_of, contact):
    rows = [contact(f"p{i}", MONDAY, channel="phone", motive="bill") for i in range(30)]
    rows += [contact(f"q{i}", LATER - timedelta(days=2), channel="phone", motive="bill")
             for i in range(30)]  # fmt: skip
    assert _one(study_of(rows, as_of=LATER), "fcr").estimate.n == 30


def test_someone_who_hung_up_was_not_helped_at_first_contact(study_of, contact):
    rows = [contact(f"p{i}", MONDAY, channel="phone", motive="bill") for i in range(30)]
    rows += [contact(f"q{i}", MONDAY, channel="phone", motive="bill", outcome="abandoned")
             for i in range(30)]  # fmt: skip
    assert _one(study_of(rows, as_of=LATER), "fcr").estimate.n == 30


def test_rows_after_as_of_are_not_read(study_of, contact):
    rows = [contact(f"p{i}", MONDAY, channel="phone", wait_s=10) for i in range(30)]
    rows += [contact(f"q{i}", LATER, channel="phone", wait_s=99) for i in range(30)]
    study = study_of(rows, as_of=MONDAY + timedelta(days=1))
    assert _one(study, "wait").estimate.n == 30
