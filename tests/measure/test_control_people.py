"""Funnels and charts where people answer several times: no alarm for that alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from verite.measure import Study
from verite.measure.control import control_charts, funnel
from verite.words.asked import Filters
from verite.words.control import Side

START = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday
StudyOf = Callable[..., Study]


def answer(person: str, team: str, good: bool, **more: Any) -> dict[str, Any]:
    return {
        "person": person, "at": START, "kind": "feedback", "metric": "csat", "scale_min": 1,
        "scale_max": 5, "score": 5 if good else 1, "team": team, "touchpoint": "advisor",
    } | more  # fmt: skip


def staying(seed: int) -> list[dict[str, Any]]:
    """Twelve teams alike, 15 people each who answer eight times; some are happy, some are not."""
    chance = np.random.default_rng(seed)
    rows = []
    for team in range(12):
        for person in range(15):
            share = chance.beta(0.8, 0.8)  # so alike: 1 / (1 + 1.6) = 0.38
            rows += [
                answer(f"{team}-{person}", f"t{team}", bool(chance.random() < share),
                       at=START + timedelta(hours=k))
                for k in range(8)
            ]  # fmt: skip
    return rows


def test_people_who_stay_with_their_team_do_not_widen_the_funnel(study_of: StudyOf) -> None:
    """φ is 1 by chance; as if answers were apart it would be 1 + 7 · 0.38 = 3.7."""
    found = [
        funnel(study_of(staying(seed)), "csat", dimension="team", where=Filters())
        for seed in range(12)
    ]
    assert np.mean([one.phi for one in found]) == pytest.approx(1.0, abs=0.35)
    out = [p for one in found for p in one.points if p.outside_998 is not Side.INSIDE]
    assert len(out) <= 3  # of 144


def test_the_bands_are_those_of_answers_of_that_many_people(study_of: StudyOf) -> None:
    """120 answers of 15 people are worth some 120 / 3.7: the band is nearly twice as wide."""
    found = funnel(study_of(staying(1)), "csat", dimension="team", where=Filters())
    point = found.points[0]
    assert point.limits_95 is not None
    half = (point.limits_95[1] - point.limits_95[0]) / 2
    assert half > 1.5 * 1.96 * (0.25 / 120) ** 0.5 * 100


def returning(seed: int, kind: str) -> list[dict[str, Any]]:
    """One team, alike all along: each week five people come, and answer weekly for ten weeks."""
    chance = np.random.default_rng(seed)
    rows = []
    for first in range(-9, 26):
        for person in range(5):
            share = chance.beta(0.8, 0.8)
            for week in range(max(first, 0), min(first + 10, 26)):
                good = bool(chance.random() < share)
                at = START + timedelta(weeks=week, hours=person)
                row = answer(f"{first}-{person}", "nord", good, at=at)
                if kind == "mean":
                    row |= {"metric": "ease", "score": 5 + 2 * share + chance.normal(0, 0.5),
                            "scale_min": 0, "scale_max": 10}  # fmt: skip
                rows.append(row)
    return rows


@pytest.mark.parametrize(("kind", "metric"), [("share", "csat"), ("mean", "ease")])
def test_people_who_come_back_each_week_make_no_alarms_by_their_turning_over(
    study_of: StudyOf, kind: str, metric: str
) -> None:
    """Ranges from week to week see people's own differences only as people change: limits made of
    them alone let 12 to 14 points out, in 8 or 9 of these 12 charts."""
    end = START + timedelta(weeks=26)
    charts = [
        control_charts(
            study_of(returning(seed, kind), as_of=end.replace(hour=0)), metric,
            dimension="team", where=Filters(),
        ).charts[0]
        for seed in range(12)
    ]  # fmt: skip
    signals = sum(any(p.side is not Side.INSIDE for p in chart.points) for chart in charts)
    assert sum(bool(p.broken) for chart in charts for p in chart.points) <= 9
    assert signals <= 6
