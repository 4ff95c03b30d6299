"""Control charts on Clairvoie: the team that was planted to drift leaves its limits, downwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import verite
from verite.demo import PLANTED
from verite.home import Home
from verite.words.control import Side


@pytest.fixture(scope="module")
def surveyed(files: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The survey answers of the full year, alone."""
    with verite.create(tmp_path_factory.mktemp("control") / "home") as home:
        home.listen(next(file for file in files if file.name == "surveys.csv"))
        yield home


def test_the_drifting_team_leaves_its_limits_and_comes_first(surveyed: Home) -> None:
    found = surveyed.controls("csat", by="team").result
    first = found.charts[0]
    assert first.by[0].value == PLANTED.drift.team
    sides = [point.side for point in first.points]
    assert sides[-1] is Side.LOW
    assert Side.LOW not in sides[: len(sides) // 2]
