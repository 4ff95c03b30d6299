"""KPI | now | target | gap: golden case 2, the table of seed 003."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from verite.measure import set_against
from verite.words.estimate import Better, Status
from verite.words.measured import Target, TargetStatus

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
AS_OF = MONDAY + timedelta(days=40)
SEED = (
    Target(touchpoint="web_home", metric="bounce", target=30.0),
    Target(touchpoint="support", metric="resolution", target=600.0),
    Target(touchpoint="after_purchase", metric="csat", target=90.0),
)


@pytest.fixture
def planted(study_of, answer, contact):
    """180 of 400 visits bounce; 301 cases last 15 min; 320 of 400 answers are 4 or 5."""
    rows = []
    for i in range(400):
        visit = {"person": f"v{i}", "at": MONDAY, "kind": "visit", "touchpoint": "web_home",
                 "case_id": f"v{i}", "duration_s": 5 if i < 180 else 80}  # fmt: skip
        rows.append(visit)
        rows.append(answer(f"s{i}", "csat", 4 if i < 320 else 2, touchpoint="after_purchase"))
    for i in range(301):
        ended = MONDAY + timedelta(seconds=900 + (i - 150))
        rows.append(contact(f"c{i}", MONDAY, case_id=f"c{i}", touchpoint="support",
                            ended_at=ended, outcome="resolved"))  # fmt: skip
    return study_of(rows, as_of=AS_OF)


def test_golden_case_2_is_reproduced(planted):
    bounce, resolution, csat = set_against(planted, SEED).rows
    assert [row.now.value for row in (bounce, resolution, csat)] == [45.0, 900.0, 80.0]
    assert [row.gap for row in (bounce, resolution, csat)] == [15.0, 300.0, -10.0]
    assert [row.better for row in (bounce, resolution, csat)] == [
        Better.LOWER, Better.LOWER, Better.HIGHER,
    ]  # fmt: skip
    assert {row.status for row in (bounce, resolution, csat)} == {TargetStatus.MISSED}


def test_a_target_inside_the_interval_is_undecided(planted):
    near = Target(touchpoint="after_purchase", metric="csat", target=81.0)
    assert set_against(planted, (near,)).rows[0].status is TargetStatus.UNDECIDED


def test_a_target_that_the_whole_interval_beats_is_reached(planted):
    easy = (
        Target(touchpoint="web_home", metric="bounce", target=60.0),
        Target(touchpoint="after_purchase", metric="csat", target=70.0),
    )
    assert {row.status for row in set_against(planted, easy).rows} == {TargetStatus.REACHED}


def test_a_figure_told_from_outside_stands_until_data_answer(planted):
    told = Target(touchpoint="shop", metric="csat", target=90.0, now=80.0)
    (row,) = set_against(planted, (told,)).rows
    assert (row.now.value, row.now.method, row.now.n) == (80.0, "given", None)
    assert row.status is TargetStatus.UNKNOWN
    assert row.gap == -10.0


def test_a_rating_not_yet_heard_of_is_unknown_and_no_error(planted):
    (row,) = set_against(planted, (Target(touchpoint=None, metric="wifi", target=4.0),)).rows
    assert row.now.status is Status.UNKNOWN
    assert row.status is TargetStatus.UNKNOWN


def test_each_row_has_its_trend(planted):
    trend = set_against(planted, SEED).rows[0].trend
    assert trend.metric == "bounce"
    assert any(point.estimate.value == 45.0 for point in trend.points)
