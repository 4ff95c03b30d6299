"""Who stays: history known at the start, time counted once, the test that curves differ."""

from __future__ import annotations

import numpy as np
import pytest

from verite.measure.experience.kept import feeling_at, kept_of
from verite.measure.experience.lines import stretches_of


def test_a_bad_experience_that_makes_people_leave_is_seen(reading_of, hurt_world) -> None:
    found = kept_of(reading_of(hurt_world[0], 365))
    bad, good = (found.find("kept", name).estimate for name in ("bad", "good"))
    assert bad.high < good.low
    assert found.test.p < 0.001


def test_without_any_effect_the_curves_are_not_told_apart(reading_of, calm_world) -> None:
    found = kept_of(reading_of(calm_world[0], 365))
    assert found.test.p > 0.01
    none, more = (found.find("kept_moments", name).estimate for name in ("none", "more"))
    assert more.low < none.high


def test_nobodys_time_counts_twice(reading_of, hurt_world) -> None:
    """The stretches of a person follow one another, and a loss ends the last of them."""
    found = stretches_of(reading_of(hurt_world[0], 365), 90)
    ends = found.at + found.days * 86_400e6
    same = found.person[1:] == found.person[:-1]
    assert (ends[:-1][same] <= found.at[1:][same]).all()
    assert not found.lost[:-1][same].any()
    assert np.bincount(found.person[found.lost]).max() == 1


def test_what_comes_after_the_start_is_not_part_of_the_history(reading_of) -> None:
    """No immortal time: a bad contact of day 70 is not known on day 60."""
    rows = [{"person": 0, "day": 0.0, "kind": "purchase"}]
    rows.append({"person": 0, "day": 70.0, "kind": "contact", "outcome": "unresolved"})
    reading = reading_of(rows, 200)
    at = np.array([60, 80]) * 86_400_000_000
    level = feeling_at(reading, np.array([0, 0]), at)
    assert np.isnan(level[0])
    assert level[1] == pytest.approx(2.5)


def test_a_loss_for_a_move_is_censored(reading_of, calm_world) -> None:
    rows = [
        {**row, "motive": "move"} if row.get("touchpoint") == "termination" else row
        for row in calm_world[0]
    ]
    found = kept_of(reading_of(rows, 365))
    assert found.left_otherwise > 100
    assert all(curve.events == 0 for curve in found.curves)
    good = found.find("kept", "good").estimate  # where nobody left there is still an interval
    assert (good.value, good.high) == (100.0, 100.0)
    assert 99.0 < good.low < 100.0


def test_without_any_loss_it_says_so(reading_of, calm_world) -> None:
    rows = [row for row in calm_world[0] if row.get("touchpoint") != "termination"]
    assert kept_of(reading_of(rows, 365)).reason == "no_losses"


def test_nothing_is_said_of_days_that_nobody_was_followed(reading_of, hurt_world) -> None:
    rows = [row for row in hurt_world[0] if row["day"] < 100]
    assert kept_of(reading_of(rows, 100)).reason == "too_short"
