"""The law of identical experience on Clairvoie: what was planted is what is found."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verite.demo import PLANTED
from verite.home import Home
from verite.words.asked import Filters
from verite.words.identical import Alike, Cell, Identical


@pytest.fixture(scope="module")
def surveyed(lived: Home) -> Home:
    """The full year, its survey answers among the rest."""
    return lived


def cells(found: Identical, dimension: str) -> dict[str, Cell]:
    return {one.by[0].value: one for one in found.cells if one.by[0].dimension == dimension}


@pytest.mark.parametrize("metric", ["csat", "nps", "ces"])
def test_the_deviating_channel_bears_most_of_the_gaps(surveyed: Home, metric: str) -> None:
    """The chat leaves a worse feeling, all else equal; every other channel is like the others."""
    found = surveyed.identical(metric, over=("channel", "team", "week")).result
    shares = {one.dimension: one.share.value or 0.0 for one in found.shares}
    assert shares["channel"] == max(shares.values())
    channels = cells(found, "channel")
    assert min(channels, key=lambda name: channels[name].effect.value or 0) == PLANTED.other_channel
    different = {name for name, one in channels.items() if one.alike is Alike.DIFFERENT}
    assert different == {PLANTED.other_channel}


def test_the_drifting_team_stands_apart_once_it_has_drifted(surveyed: Home) -> None:
    since = Filters(since=datetime(2026, 8, 1, tzinfo=UTC))
    found = surveyed.identical("csat", over=("channel", "team", "week"), where=since).result
    teams = cells(found, "team")
    assert {name for name, one in teams.items() if one.alike is Alike.DIFFERENT} == {
        PLANTED.drift.team
    }


def test_before_it_drifted_that_team_was_like_the_others(surveyed: Home) -> None:
    before = Filters(until=datetime(2026, 6, 1, tzinfo=UTC))
    found = surveyed.identical("csat", over=("channel", "team", "week"), where=before).result
    assert cells(found, "team")[PLANTED.drift.team].alike is Alike.IDENTICAL


def test_nothing_is_computed_by_agent_without_a_consultation(surveyed: Home) -> None:
    found = surveyed.identical("csat").result
    assert ("agent", "not_allowed") in found.left_out
    assert not cells(found, "agent")


def test_levelling_up_brings_experiences_together(surveyed: Home) -> None:
    from verite.words.measured import Target

    wish = Target(touchpoint=None, metric="csat", target=75.0)
    surveyed.set_targets((wish,), by="test", at=datetime(2026, 11, 1, tzinfo=UTC))
    found = surveyed.identical("csat", over=("channel", "team")).result
    assert found.level_up is not None
    assert found.level_up.mean > found.level_up.mean_now
    assert found.on_target_share is not None
