"""Control charts and funnels of scores: planted drifts and outliers are found, nothing else is."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from verite.measure import Study
from verite.measure.control import control_charts, funnel
from verite.words.asked import Filters
from verite.words.control import ChartKind, Rule, Side
from verite.words.errors import WrongUse

START = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday
EVERYTHING = Filters()
Row = dict[str, Any]


def answers(team: str, weeks: int, per_week: int, share: Callable[[int], float]) -> list[Row]:
    """CSAT answers of one team, satisfied as often as the share of the week says."""
    chance, rows = random.Random(team), []
    for week in range(weeks):
        for place in range(per_week):
            rows.append({
                "person": f"{team}-{week}-{place}",
                "at": START + timedelta(weeks=week, hours=place),
                "kind": "feedback", "metric": "csat", "scale_min": 1, "scale_max": 5,
                "score": 5 if chance.random() < share(week) else 2,
                "team": team, "channel": "phone", "touchpoint": "advisor",
            })  # fmt: skip
    return rows


@pytest.fixture
def drifting(study_of: Callable[..., Study]) -> Study:
    """Three teams over 26 weeks; `oriel` falls from week 21 on, `nord` and `sud` are steady."""
    rows = answers("nord", 26, 60, lambda _: 0.7) + answers("sud", 26, 50, lambda _: 0.75)
    rows += answers("oriel", 26, 60, lambda week: 0.7 if week < 21 else 0.3)
    end = START + timedelta(weeks=26)
    return study_of(rows, as_of=end.replace(hour=0))


def test_the_team_that_drifts_comes_first_and_only_it_signals(drifting: Study) -> None:
    found = control_charts(drifting, "csat", dimension="team", where=EVERYTHING)
    assert (found.period, len(found.charts)) == ("week", 3)
    assert found.charts[0].by[0].value == "oriel"
    out = [chart.by[0].value for chart in found.charts
           if any(Rule.BEYOND_THREE in point.broken for point in chart.points)]  # fmt: skip
    assert out == ["oriel"]
    first = next(p for p in found.charts[0].points if p.broken)
    assert first.start == START.replace(hour=0) + timedelta(weeks=21)
    assert first.side is Side.LOW


def test_shares_have_limits_of_laney_that_follow_their_numbers(drifting: Study) -> None:
    chart = control_charts(drifting, "csat", dimension="team", where=EVERYTHING).charts[1]
    assert chart.kind is ChartKind.P_PRIME
    assert chart.mean == pytest.approx(72, abs=5)
    assert chart.overdispersion == pytest.approx(1.0, abs=0.35)
    point = chart.points[3]
    assert point.lower < chart.mean < point.upper


def test_a_slow_drift_is_seen_by_the_smoothed_course(study_of: Callable[..., Study]) -> None:
    rows = answers("lent", 26, 90, lambda week: 0.75 - max(0, week - 18) * 0.025)
    study = study_of(rows, as_of=(START + timedelta(weeks=26)).replace(hour=0))
    chart = control_charts(study, "csat", dimension="team", where=EVERYTHING).charts[0]
    drifting = [point for point in chart.points if point.drifts]
    assert drifting
    assert all(point.side is Side.LOW for point in drifting)


def test_weeks_of_few_answers_give_way_to_months(study_of: Callable[..., Study]) -> None:
    rows = answers("petit", 52, 12, lambda _: 0.7)
    study = study_of(rows, as_of=(START + timedelta(weeks=52)).replace(hour=0))
    found = control_charts(study, "csat", dimension="team", where=EVERYTHING)
    assert found.period == "month"
    assert [chart.by[0].value for chart in found.charts] == ["petit"]


def test_a_team_with_too_few_answers_is_named_as_left_out(drifting: Study) -> None:
    few = control_charts(
        drifting, "csat", dimension="team",
        where=Filters(until=START + timedelta(weeks=4)),
    )  # fmt: skip
    assert few.charts == ()
    assert set(few.left_out) == {"nord", "sud", "oriel"}


def test_means_and_nps_have_limits_of_single_values(study_of: Callable[..., Study]) -> None:
    chance, rows = random.Random(4), []
    for week in range(20):
        rows += [
            {"person": f"{week}-{k}", "at": START + timedelta(weeks=week, hours=k),
             "kind": "feedback", "metric": "nps", "score": chance.randint(3, 10),
             "scale_min": 0, "scale_max": 10, "team": "nord", "touchpoint": "advisor"}
            for k in range(40)
        ]  # fmt: skip
    study = study_of(rows, as_of=(START + timedelta(weeks=20)).replace(hour=0))
    found = control_charts(study, "nps", dimension="team", where=EVERYTHING)
    assert found.nps_kind == "transactional"
    assert found.charts[0].kind is ChartKind.XMR


@pytest.mark.parametrize(("metric", "by", "code"), [
    ("csat", "agent", "chart_dimension"), ("csat", "week", "chart_dimension"),
    ("fcr", "team", "chart_of_no_score"), ("joy", "team", "unknown_metric"),
])  # fmt: skip
def test_what_no_chart_is_made_of_is_refused(
    drifting: Study, metric: str, by: str, code: str
) -> None:
    for ask in (control_charts, funnel):
        with pytest.raises(WrongUse, match=code):
            ask(drifting, metric, dimension=by, where=EVERYTHING)


def shares_of(study_of: Callable[..., Study], shares: dict[str, tuple[int, float]]) -> Study:
    rows: list[Row] = []
    for team, (n, share) in shares.items():
        good = round(n * share)
        rows += [
            {"person": f"{team}-{k}", "at": START, "kind": "feedback", "metric": "csat",
             "score": 5 if k < good else 1, "scale_min": 1, "scale_max": 5, "team": team}
            for k in range(n)
        ]  # fmt: skip
    return study_of(rows)


def test_a_team_far_from_its_likes_stands_outside_and_only_it(
    study_of: Callable[..., Study],
) -> None:
    """Ten teams at 70 % but one of 400 at 50 %: 50 % is 8.7 errors away."""
    sizes = (40, 60, 80, 100, 150, 200, 250, 300, 350)
    shares = {f"t{k}": (n, 0.7) for k, n in enumerate(sizes)} | {"loin": (400, 0.5)}
    found = funnel(shares_of(study_of, shares), "csat", dimension="team", where=EVERYTHING)
    out = [point.by[0].value for point in found.points if point.outside_998 is not Side.INSIDE]
    assert out == ["loin"]
    assert found.centre == pytest.approx(100 * (0.7 * sum(sizes) + 200) / (sum(sizes) + 400))


def test_teams_that_differ_by_chance_alone_have_exact_limits(
    study_of: Callable[..., Study],
) -> None:
    shares = {f"t{k}": (60 + 40 * k, 0.7) for k in range(8)}
    found = funnel(shares_of(study_of, shares), "csat", dimension="team", where=EVERYTHING)
    assert (found.is_exact, found.tau) == (True, 0.0)
    assert all(point.outside_95 is Side.INSIDE for point in found.points)


def test_teams_that_all_differ_widen_the_funnel(study_of: Callable[..., Study]) -> None:
    shares = {f"t{k}": (300, 0.4 + 0.05 * k) for k in range(10)}
    found = funnel(shares_of(study_of, shares), "csat", dimension="team", where=EVERYTHING)
    assert found.phi > 4
    assert found.tau == pytest.approx(14, abs=4)  # planted: a deviation of 14.4 points
    assert not found.is_exact
    assert all(point.outside_998 is Side.INSIDE for point in found.points)


def test_fewer_than_five_teams_make_no_funnel(study_of: Callable[..., Study]) -> None:
    shares = {f"t{k}": (100, 0.6) for k in range(4)} | {"petit": (12, 0.5)}
    found = funnel(shares_of(study_of, shares), "csat", dimension="team", where=EVERYTHING)
    assert found.centre is None
    assert found.bands == ()
    assert [point.estimate.value for point in found.points if point.by[0].value == "petit"] == [
        None
    ]
