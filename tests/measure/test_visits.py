"""Visits: bounce and conversion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from verite.measure import measure

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(days=60)


def _page(person, at, **more):
    return {"person": person, "at": at, "kind": "visit", "channel": "web"} | more


def _value(study, metric):
    return measure(study, (metric,)).rows[0].estimate


def test_a_visit_of_one_short_page_is_a_bounce(study_of):
    rows = [_page(f"a{i}", MONDAY, duration_s=4, case_id=f"a{i}") for i in range(20)]
    rows += [_page(f"b{i}", MONDAY, duration_s=60, case_id=f"b{i}") for i in range(20)]
    for i in range(20):
        rows.append(_page(f"c{i}", MONDAY, duration_s=4, case_id=f"c{i}"))
        rows.append(_page(f"c{i}", MONDAY + timedelta(seconds=5), duration_s=2, case_id=f"c{i}"))
    found = _value(study_of(rows), "bounce")
    assert (found.value, found.n) == (pytest.approx(100 / 3), 60)


def test_a_visit_that_led_to_a_purchase_is_no_bounce(study_of):
    rows = []
    for i in range(30):
        rows.append(_page(f"a{i}", MONDAY, duration_s=4, case_id=f"a{i}"))
        rows.append({"person": f"a{i}", "at": MONDAY + timedelta(seconds=9), "kind": "purchase",
                     "case_id": f"a{i}"})  # fmt: skip
    assert _value(study_of(rows), "bounce").value == 0.0


def test_pages_without_a_case_make_a_visit_until_half_an_hour_of_silence(study_of):
    rows = []
    for i in range(30):
        rows.append(_page(f"a{i}", MONDAY))
        rows.append(_page(f"a{i}", MONDAY + timedelta(minutes=30)))
        rows.append(_page(f"a{i}", MONDAY + timedelta(minutes=61)))
    found = _value(study_of(rows), "bounce")
    assert (found.value, found.n) == (50.0, 60)


def test_a_visit_is_labelled_by_its_first_page(study_of):
    rows = []
    for i in range(30):
        rows.append(_page(f"a{i}", MONDAY, touchpoint="home", case_id=f"v{i}"))
        rows.append(_page(f"a{i}", MONDAY + timedelta(minutes=1), touchpoint="offers",
                          case_id=f"v{i}"))  # fmt: skip
    measured = measure(study_of(rows), ("bounce",), by=("touchpoint",))
    assert [[label.value for label in row.by] for row in measured.rows] == [[], ["home"]]


def test_visits_and_quotes_convert_when_a_purchase_follows_within_the_days_set(study_of):
    rows = []
    for i in range(40):
        rows.append(_page(f"a{i}", MONDAY, case_id=f"v{i}"))
        bought = MONDAY + (timedelta(days=7) if i < 10 else timedelta(days=8))
        rows.append({"person": f"a{i}", "at": bought, "kind": "purchase"})
    rows += [{"person": f"q{i}", "at": MONDAY, "kind": "other", "touchpoint": "quote"}
             for i in range(10)]  # fmt: skip
    found = _value(study_of(rows, as_of=LATER), "conversion")
    assert (found.value, found.n) == (pytest.approx(20.0), 50)


def test_a_visit_too_young_to_know_does_not_count(study_of):
    rows = [_page(f"a{i}", MONDAY, case_id=f"a{i}") for i in range(30)]
    rows += [_page(f"b{i}", LATER, case_id=f"b{i}") for i in range(30)]
    assert _value(study_of(rows), "conversion").n == 30


def test_purchases_of_others_convert_nobody(study_of):
    rows = [_page(f"a{i}", MONDAY, case_id=f"a{i}") for i in range(30)]
    rows += [{"person": f"b{i}", "at": MONDAY + timedelta(days=1), "kind": "purchase"}
             for i in range(30)]  # fmt: skip
    assert _value(study_of(rows, as_of=LATER), "conversion").value == 0.0
