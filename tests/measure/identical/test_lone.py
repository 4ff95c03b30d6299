"""A team of one agent is an agent: nothing of it apart without the council's record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from verite.measure import Study
from verite.measure.control import control_charts, funnel
from verite.measure.identical import identical
from verite.words.asked import Filters
from verite.words.estimate import Status
from verite.words.identical import Identical, IdenticalAsked

Made = Callable[..., list[dict[str, Any]]]
StudyOf = Callable[..., Study]
SIZES = {"t0": 200, "t1": 180, "t2": 160, "t3": 140, "t4": 120, "t5": 100}


def teams(made: Made, alone: dict[str, str], sizes: dict[str, int] = SIZES) -> list[dict[str, Any]]:
    """Teams of three agents each, but those of `alone`, which are the agent told."""
    names = [name for name, size in sizes.items() for _ in range(size)]
    return [
        row | {"team": name, "agent": alone.get(name, f"{name}-{k % 3}"), "channel": "phone"}
        for k, (row, name) in enumerate(zip(made(len(names)), names, strict=True))
    ]


def ask(study: Study, *, record: bool = False) -> Identical:
    study = replace(study, definitions=replace(study.definitions, agent_figures=record))
    return identical(study, IdenticalAsked(metric="ease", over=("team",)))


def shown(found: Identical) -> set[str]:
    return {one.by[0].value for one in found.cells}


def alone_told(found: Identical) -> bool:
    return "note_identical_alone: dimension=team" in found.about.notes


def test_teams_of_several_agents_are_all_shown(study_of: StudyOf, made: Made) -> None:
    found = ask(study_of(teams(made, {})))
    assert shown(found) == set(SIZES)
    assert not alone_told(found)


def test_a_team_of_one_agent_stands_together_with_the_smallest_other(
    study_of: StudyOf, made: Made
) -> None:
    """Alone it would be had by subtraction: t5, the smallest of the others, goes with it."""
    found = ask(study_of(teams(made, {"t2": "ann"})))
    assert shown(found) == {"t0", "t1", "t3", "t4"}
    assert found.shares[0].units == 5
    assert alone_told(found)


def test_two_teams_of_one_agent_each_stand_together(study_of: StudyOf, made: Made) -> None:
    found = ask(study_of(teams(made, {"t2": "ann", "t3": "bob"})))
    assert shown(found) == {"t0", "t1", "t4", "t5"}


def test_two_teams_of_the_same_agent_are_still_one_agent(study_of: StudyOf, made: Made) -> None:
    found = ask(study_of(teams(made, {"t2": "ann", "t3": "ann"})))
    assert shown(found) == {"t0", "t1", "t4"}


def test_where_every_team_is_an_agent_nothing_is_compared(study_of: StudyOf, made: Made) -> None:
    rows = teams(made, {name: f"a-{name}" for name in SIZES})
    for k, row in enumerate(rows):
        row["channel"] = ("phone", "chat")[k % 2]
    found = identical(study_of(rows), IdenticalAsked(metric="ease", over=("team", "channel")))
    assert ("team", "one_agent") in found.left_out
    assert {one.by[0].dimension for one in found.cells} == {"channel"}


def test_a_colleague_who_answers_now_and_then_makes_no_team(study_of: StudyOf, made: Made) -> None:
    rows = teams(made, {"t2": "ann"})
    own = [row for row in rows if row["team"] == "t2"]
    for row in own[:16]:  # a tenth
        row["agent"] = "bob"
    assert "t2" not in shown(ask(study_of(rows)))
    for row in own[:40]:  # a quarter
        row["agent"] = "bob"
    assert "t2" in shown(ask(study_of(rows)))


def test_with_the_record_it_is_shown_from_thirty_answers_on(study_of: StudyOf, made: Made) -> None:
    found = ask(study_of(teams(made, {"t2": "ann"})), record=True)
    assert shown(found) == set(SIZES)
    small = SIZES | {"t2": 20, "t3": 20}
    found = ask(study_of(teams(made, {"t2": "ann", "t3": "bob"}, small)), record=True)
    assert shown(found) == {"t0", "t1", "t4", "t5"}


def test_squares_of_one_agent_are_no_squares(study_of: StudyOf, made: Made) -> None:
    rows = teams(made, {})
    for k, row in enumerate(rows):
        row["channel"] = ("phone", "chat")[k % 2]
        row["agent"] = "ann" if row["motive"] == "outage" and k % 2 else row["agent"]
    found = ask(study_of(rows))
    squares = {tuple(label.value for label in one.by) for one in found.map_cells}
    assert ("outage", "chat") not in squares
    assert ("outage", "phone") in squares


def test_a_funnel_tells_nothing_of_a_team_of_one_agent(study_of: StudyOf, made: Made) -> None:
    study = study_of(teams(made, {"t2": "ann"}))
    found = funnel(study, "ease", dimension="team", where=Filters())
    hidden = {point.by[0].value for point in found.points if point.estimate.status is Status.HIDDEN}
    assert hidden == {"t2", "t5"}
    open_to = replace(study, definitions=replace(study.definitions, agent_figures=True))
    found = funnel(open_to, "ease", dimension="team", where=Filters())
    assert all(point.estimate.status is Status.OK for point in found.points)


def test_no_chart_is_drawn_of_a_team_of_one_agent(study_of: StudyOf, made: Made) -> None:
    chance = np.random.default_rng(1)
    rows = [
        row | {"team": f"t{int(chance.integers(0, 3))}"} for row in made(9000)
    ]  # fmt: skip
    for k, row in enumerate(rows):
        row["agent"] = "ann" if row["team"] == "t1" else f"{row['team']}-{k % 3}"
    found = control_charts(study_of(rows), "ease", dimension="team", where=Filters())
    assert "t1" in found.left_out
    assert "t1" not in {chart.by[0].value for chart in found.charts}
    assert len(found.charts) == 1


@pytest.mark.parametrize("told", [0.3, 0.7])
def test_an_agent_told_of_few_answers_makes_no_team_anybodys(
    study_of: StudyOf, made: Made, told: float
) -> None:
    rows = teams(made, {"t2": "ann"})
    own = [row for row in rows if row["team"] == "t2"]
    for row in own[round(told * len(own)) :]:
        row["agent"] = None
    assert ("t2" in shown(ask(study_of(rows)))) is (told < 0.5)
