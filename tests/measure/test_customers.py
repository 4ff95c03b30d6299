"""Retention: active at the start, still there at the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from verite.measure import measure
from verite.words.asked import Filters
from verite.words.errors import WrongUse

START = datetime(2026, 3, 1, tzinfo=UTC)
END = datetime(2026, 3, 31, tzinfo=UTC)
WINDOW = Filters(since=START, until=END)


def _customers(count, *, offer="solo"):
    return [
        {"person": f"p{i:02d}", "at": START - timedelta(days=40), "kind": "use",
         "touchpoint": "bill", "segment_offer": offer}
        for i in range(count)
    ]  # fmt: skip


def _loss(person, at, motive=None):
    return {"person": person, "at": at, "kind": "other", "touchpoint": "termination",
            "motive": motive}  # fmt: skip


def _kept(study, where=WINDOW):
    return measure(study, ("retention",), where=where).rows[0]


def test_a_termination_is_a_loss(study_of):
    rows = _customers(40) + [_loss(f"p{i:02d}", START + timedelta(days=i)) for i in range(4)]
    found = _kept(study_of(rows, as_of=END)).estimate
    assert (found.value, found.n) == (90.0, 40)


def test_a_move_a_death_and_an_unpaid_bill_are_apart(study_of):
    rows = _customers(40) + [
        _loss(f"p{i:02d}", START, motive)
        for i, motive in enumerate(["move", "death", "non_payment", "price"])
    ]
    found = _kept(study_of(rows, as_of=END))
    assert found.estimate.value == pytest.approx(100 * 36 / 37)
    assert found.companions[0].estimate.value == pytest.approx(100 * 3 / 40)


def test_who_had_left_before_or_came_later_is_not_counted(study_of):
    rows = [*_customers(40), _loss("p00", START - timedelta(days=5))]
    rows.append({"person": "new", "at": START + timedelta(days=1), "kind": "purchase"})
    assert _kept(study_of(rows, as_of=END)).estimate.n == 39


def test_a_prospect_is_no_customer(study_of):
    rows = [*_customers(30), {"person": "x", "at": START - timedelta(days=9), "kind": "visit"}]
    assert _kept(study_of(rows, as_of=END)).estimate.n == 30


def test_without_a_window_the_last_thirty_days_are_read(study_of):
    rows = [*_customers(40), _loss("p01", END - timedelta(days=3))]
    assert _kept(study_of(rows, as_of=END), Filters()).estimate.value == 97.5


def test_retention_by_week_is_refused_with_a_remedy(study_of):
    with pytest.raises(WrongUse, match="retention_by_time"):
        measure(study_of(_customers(30), as_of=END), ("retention",), by=("week",))
