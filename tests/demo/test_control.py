"""Control charts on Clairvoie: the team that was planted to drift leaves its limits, downwards."""

from __future__ import annotations

from verite.demo import PLANTED
from verite.home import Home
from verite.words.control import Side


def test_the_drifting_team_leaves_its_limits_and_comes_first(lived: Home) -> None:
    found = lived.controls("csat", by="team").result
    first = found.charts[0]
    assert first.by[0].value == PLANTED.drift.team
    sides = [point.side for point in first.points]
    assert sides[-1] is Side.LOW
    assert Side.LOW not in sides[: len(sides) // 2]
