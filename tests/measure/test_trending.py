"""Trends: whole periods, limits from the baseline, signals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from verite.measure import trend
from verite.words.asked import Filters
from verite.words.errors import WrongUse
from verite.words.measured import Signal

FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday


def _weeks(answer, good, size=40):
    """One survey a week: so many satisfied of `size`."""
    return [
        answer(f"p{week}-{i}", "csat", 5 if i < count else 1,
               at=FIRST + timedelta(weeks=week, hours=i))
        for week, count in enumerate(good)
        for i in range(size)
    ]  # fmt: skip


def _study(study_of, rows, weeks):
    return study_of(rows, as_of=datetime(2026, 1, 5, tzinfo=UTC) + timedelta(weeks=weeks))


def test_a_week_outside_the_usual_wobble_is_a_signal(study_of, answer):
    good = [30, 31, 29, 30, 32, 30, 29, 31, 30, 30, 31, 29, 30, 31, 30, 12]
    found = trend(_study(study_of, _weeks(answer, good), 16), "csat")
    assert len(found.points) == 16
    assert found.baseline_points == 12
    assert found.mean == pytest.approx(sum(good[:12]) / 12 / 40 * 100)
    assert [point.signal for point in found.points[12:]] == [Signal.INSIDE] * 3 + [Signal.BELOW]


def test_a_week_with_few_answers_has_no_value_and_counts_in_no_limit(study_of, answer):
    rows = [row for row in _weeks(answer, [30] * 16) if not row["person"].startswith("p3-")]
    rows += [answer("p3-x", "csat", 1, at=FIRST + timedelta(weeks=3))]
    found = trend(_study(study_of, rows, 16), "csat")
    assert found.points[3].estimate.value is None
    assert found.mean == 75.0


def test_weeks_start_on_monday_and_only_whole_ones_are_read(study_of, answer):
    rows = _weeks(answer, [30] * 5)
    study = study_of(rows, as_of=datetime(2026, 2, 4, tzinfo=UTC))  # a Wednesday
    found = trend(study, "csat", periods=4)
    assert found.points[-1].end == datetime(2026, 2, 2, tzinfo=UTC)
    assert all(point.start.weekday() == 0 for point in found.points)


def test_months_are_those_of_the_zone(study_of, answer):
    study = study_of(_weeks(answer, [30] * 5), as_of=datetime(2026, 4, 2, tzinfo=UTC),
                     zone="Europe/Paris")  # fmt: skip
    found = trend(study, "csat", periods=3, period="month")
    assert [point.start.astimezone(UTC).isoformat()[:16] for point in found.points] == [
        "2025-12-31T23:00",
        "2026-01-31T23:00",
        "2026-02-28T23:00",
    ]


def test_limits_stay_within_what_is_possible(study_of, answer):
    good = [40, 38, 40, 40, 37, 40, 40, 38, 40, 40, 40, 39]
    found = trend(_study(study_of, _weeks(answer, good), 12), "csat", periods=12)
    assert found.upper == 100.0


def test_an_nps_trend_shows_one_kind_only(study_of, answer):
    rows = [answer(f"r{i}", "nps", 10, at=FIRST) for i in range(40)]
    rows += [answer(f"t{i}", "nps", 0, at=FIRST, touchpoint="shop") for i in range(40)]
    study = _study(study_of, rows, 1)
    assert trend(study, "nps", periods=1).points[0].estimate.value == 100.0
    shop = Filters(touchpoints=("shop",))
    assert trend(study, "nps", periods=1, where=shop).points[0].estimate.value == -100.0
    only = trend(_study(study_of, rows[40:], 1), "nps", periods=1)
    assert only.points[0].estimate.value == -100.0


def test_retention_follows_month_by_month(study_of):
    rows = [{"person": f"p{i}", "at": FIRST - timedelta(days=60), "kind": "use"}
            for i in range(50)]  # fmt: skip
    rows += [{"person": f"p{i}", "at": datetime(2026, 2, 10 + i, tzinfo=UTC), "kind": "other",
              "touchpoint": "termination"} for i in range(5)]  # fmt: skip
    study = study_of(rows, as_of=datetime(2026, 4, 1, tzinfo=UTC))
    found = trend(study, "retention", periods=3, period="month")
    assert [point.estimate.value for point in found.points] == [100.0, 90.0, 100.0]


def test_another_period_is_refused(study_of):
    with pytest.raises(WrongUse, match="unknown_period"):
        trend(study_of([]), "csat", period="fortnight")


def test_a_trend_never_mixes_scales_of_five_and_of_seven(study_of, answer):
    rows = [answer(f"a{w}-{i}", "ces", 5, at=FIRST + timedelta(weeks=w))
            for w in range(2) for i in range(40)]  # fmt: skip
    rows += [answer(f"b{i}", "ces", 1, at=FIRST + timedelta(weeks=2), scale_max=7)
             for i in range(40)]  # fmt: skip
    found = trend(_study(study_of, rows, 3), "ces", periods=3)
    assert [point.estimate.value for point in found.points] == [100.0, 100.0, None]
