"""Promises on Clairvoie: the night promise fails at night, and only there (golden case 7)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verite.demo import PLANTED, demo_promises
from verite.home import Home
from verite.words.asked import Filters
from verite.words.promises import PromiseKept, Standing

NIGHT = {22, 23, 0, 1, 2, 3, 4, 5, 6}


@pytest.fixture(scope="module")
def called(lived: Home) -> Home:
    """The full year, with the promises of the demo."""
    lived.set_promises(demo_promises(), by="demo", at=datetime(2026, 11, 1, tzinfo=UTC))
    return lived


def kept(home: Home, key: str, **where: object) -> PromiseKept:
    found = home.promises(where=Filters(**where)).result.rows  # type: ignore[arg-type]
    return next(one for one in found if one.promise.key == key)


@pytest.mark.parametrize("key", ["day_and_night", "ten_minutes"])
def test_the_night_promise_fails_at_night_and_only_there(called: Home, key: str) -> None:
    found = kept(called, key)
    by_hour = {int(one.by[0].value): one.standing for one in found.hours}
    assert {hour for hour, one in by_hour.items() if one is Standing.BROKEN} == NIGHT
    assert {hour for hour, one in by_hour.items() if one is Standing.KEPT} == set(range(24)) - NIGHT
    assert {int(one.cell.by[0].value) for one in found.worst} == NIGHT
    assert found.standing is Standing.KEPT  # in all: what an average hides


@pytest.mark.parametrize(("channel", "by_night"), [("phone", 61.0), ("chat", 47.0)])
def test_the_shares_are_those_that_were_planted(
    called: Home, channel: str, by_night: float
) -> None:
    """docs/demo.md: answered by day 98 %, by night 61 % (phone) and 47 % (chat)."""
    assert channel in PLANTED.promise.channels
    hours = kept(called, "day_and_night", channels=(channel,)).hours
    for night, share in ((True, by_night), (False, 98.0)):
        here = [one.kept for one in hours if (int(one.by[0].value) in NIGHT) is night]
        n = sum(one.n or 0 for one in here)
        mean = sum((one.value or 0.0) * (one.n or 0) for one in here) / n
        assert mean == pytest.approx(share, abs=2.0)


def test_the_new_voice_menu_makes_the_promises_drift(called: Home) -> None:
    """Waits on the phone × 1.7 from 14 September: the last weeks are under their limits."""
    for key in ("day_and_night", "ten_minutes"):
        alarm = kept(called, key).alarm
        assert alarm is not None
        assert alarm.since.date().isoformat() >= PLANTED.release.on.isoformat()


def test_before_the_new_menu_nothing_rings(called: Home) -> None:
    before = datetime.combine(PLANTED.release.on, datetime.min.time(), UTC)
    for key in ("day_and_night", "ten_minutes"):
        assert kept(called, key, until=before).alarm is None


def test_what_was_left_in_time_is_told_and_not_dropped(called: Home) -> None:
    counts = kept(called, "ten_minutes").counts
    everything = kept(called, "day_and_night").counts
    assert counts.left > 0
    judged = counts.judged + counts.left + counts.open + counts.untold
    assert judged == everything.judged + everything.left
