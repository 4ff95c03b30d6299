"""Scores: what is counted, what is kept apart, what is withheld."""

from __future__ import annotations

import pytest

from verite.measure import measure
from verite.words.errors import WrongUse
from verite.words.estimate import Status


def _rows(measured, metric):
    return [row for row in measured.rows if row.metric == metric]


def test_detractors_are_0_to_6_and_promoters_9_and_10(study_of, answer):
    scores = list(range(11)) * 4  # each of 0-10 four times: 7 detractors, 2 passives, 2 promoters
    study = study_of([answer(f"p{i}", "nps", score) for i, score in enumerate(scores)])
    (row,) = measure(study, ("nps",)).rows
    assert row.estimate.value == pytest.approx(100 * (2 - 7) / 11)
    assert row.estimate.n == 44
    assert row.estimate.method == "adjusted_wald"


def test_relational_and_transactional_nps_are_two_rows_and_never_pool(study_of, answer):
    rows = [answer(f"r{i}", "nps", 10) for i in range(40)]
    rows += [answer(f"t{i}", "nps", 0, touchpoint="shop") for i in range(30)]
    relational, transactional = measure(study_of(rows), ("nps",)).rows
    assert (relational.nps_kind, relational.estimate.value) == ("relational", 100.0)
    assert (transactional.nps_kind, transactional.estimate.value) == ("transactional", -100.0)


def test_an_nps_question_on_another_scale_is_left_out_and_told(study_of, answer):
    rows = [answer(f"p{i}", "nps", 9) for i in range(30)]
    rows += [answer(f"q{i}", "nps", 1, scale_min=1) for i in range(7)]
    measured = measure(study_of(rows), ("nps",))
    assert measured.rows[0].estimate.n == 30
    assert "note_left_out_scale: metric=nps, scale=1-10, n=7" in measured.about.notes


def test_a_rating_of_0_to_10_is_not_an_nps(study_of, answer):
    rows = [answer(f"p{i}", "overall", 10, scale_min=0, scale_max=10) for i in range(30)]
    assert measure(study_of(rows), ("nps",)).rows[0].estimate.status is Status.UNKNOWN
    assert measure(study_of(rows), ("overall",)).rows[0].estimate.value == 10.0


def test_csat_is_the_share_of_4_and_5(study_of, answer):
    rows = [answer(f"p{i}", "csat", score) for i, score in enumerate([1, 2, 3, 4, 5] * 10)]
    csat, mean = measure(study_of(rows), ("csat", "csat_mean")).rows
    assert csat.estimate.value == pytest.approx(40.0)
    assert csat.estimate.unit.value == "%"
    assert mean.estimate.value == pytest.approx(3.0)


def test_an_effort_score_is_turned_round_before_it_is_read(study_of, answer):
    effort = [1] * 20 + [2] * 10 + [5] * 10  # 1 = very little effort
    rows = [answer(f"p{i}", "ces", s, polarity="good_low") for i, s in enumerate(effort)]
    easy, mean = measure(study_of(rows), ("ces", "ces_mean")).rows
    assert easy.estimate.value == pytest.approx(75.0)
    assert mean.estimate.value == pytest.approx((20 * 5 + 10 * 4 + 10 * 1) / 40)


def test_ces_on_five_and_on_seven_points_are_never_mixed(study_of, answer):
    rows = [answer(f"p{i}", "ces", 2, polarity="good_low") for i in range(30)]
    rows += [answer(f"q{i}", "ces", 4, scale_max=7) for i in range(30)]
    five, seven = measure(study_of(rows), ("ces",)).rows
    assert [(label.dimension, label.value) for label in five.by] == [("scale", "1-5")]
    assert (five.estimate.value, seven.estimate.value) == (100.0, 0.0)


def test_the_whole_comes_before_its_groups(study_of, answer):
    rows = [answer(f"p{i}", "csat", 5, touchpoint="shop") for i in range(30)]
    rows += [answer(f"q{i}", "csat", 1, touchpoint="phone") for i in range(60)]
    whole, first, second = measure(study_of(rows), ("csat",), by=("touchpoint",)).rows
    assert whole.by == ()
    assert [label.value for label in first.by + second.by] == ["phone", "shop"]
    assert whole.estimate.value == pytest.approx(100 * 30 / 90)


def test_no_average_of_averages(study_of, answer):
    rows = [answer(f"p{i}", "csat", 5, touchpoint="shop") for i in range(30)]
    rows += [answer(f"q{i}", "csat", 1, touchpoint="phone") for i in range(70)]
    whole = measure(study_of(rows), ("csat_mean",), by=("touchpoint",)).rows[0]
    assert whole.estimate.value == pytest.approx(2.2)  # not (5 + 1) / 2


def test_under_five_answers_nothing_is_shown_and_a_second_group_hides_too(study_of, answer):
    rows = [answer(f"a{i}", "csat", 5, team="north") for i in range(4)]
    rows += [answer(f"b{i}", "csat", 5, team="south") for i in range(35)]
    rows += [answer(f"c{i}", "csat", 5, team="west") for i in range(60)]
    _, west, south, north = measure(study_of(rows), ("csat",), by=("team",)).rows
    assert west.estimate.status is Status.OK
    assert south.estimate.status is Status.HIDDEN
    assert (north.estimate.low, north.estimate.n) == (None, None)


def test_from_5_to_29_answers_only_the_bounds_are_shown(study_of, answer):
    rows = [answer(f"a{i}", "csat", 5) for i in range(12)]
    (row,) = measure(study_of(rows), ("csat",)).rows
    assert row.estimate.status is Status.FEW
    assert row.estimate.value is None
    assert row.estimate.low is not None


def test_many_answers_of_few_people_are_hidden_too(study_of, answer):
    rows = [answer(f"a{i % 3}", "csat", 5) for i in range(60)]
    assert measure(study_of(rows), ("csat",)).rows[0].estimate.status is Status.HIDDEN


def test_figures_by_agent_are_refused_until_allowed(study_of, answer):
    with pytest.raises(WrongUse, match="agent_figures_off"):
        measure(study_of([answer("a", "csat", 5)]), ("csat",), by=("agent",))


def test_a_metric_that_nobody_rated_is_refused_with_those_known(study_of, answer):
    with pytest.raises(WrongUse, match="unknown_metric: metric=wfi"):
        measure(study_of([answer("a", "wifi", 5)]), ("wfi",))


def test_a_segment_that_nobody_has_is_refused_with_those_known(study_of, answer):
    rows = [answer("a", "csat", 5, segment_offer="pro")]
    with pytest.raises(WrongUse, match="unknown_segment: segment=ofer, known=offer"):
        measure(study_of(rows), ("csat",), by=("segment.ofer",))


def test_everything_by_month_leaves_retention_whole(study_of, answer):
    rows = [answer(f"p{i}", "csat", 5) for i in range(30)]
    told = measure(study_of(rows), (), by=("month",)).rows
    assert [row.by for row in told if row.metric == "retention"] == [()]
    assert len([row for row in told if row.metric == "csat"]) == 2


def test_nothing_at_all_is_unknown_and_not_zero(study_of):
    for row in measure(study_of([]), ()).rows:
        assert row.estimate.status is Status.UNKNOWN
        assert row.estimate.value is None
        assert row.estimate.n == 0
