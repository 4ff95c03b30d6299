"""Times are compared as ratios; those that have not ended count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import exp, log
from typing import Any

import numpy as np
import pytest

from verite.measure import Study
from verite.measure.identical import identical
from verite.words.errors import BadInput, WrongUse
from verite.words.estimate import Better, Unit
from verite.words.identical import Alike, Identical, IdenticalAsked
from verite.words.measured import Target

StudyOf = Callable[..., Study]
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
TEAMS = [f"t{k}" for k in range(12)]


def waits(seed: int = 1, *, slow: float = 1.0, between: float = 0.0) -> list[dict[str, Any]]:
    """2,400 calls, a median of two minutes; team t0 waits `slow` times as long, teams differ by
    `between` (standard deviation of the logarithm)."""
    chance = np.random.default_rng(seed)
    own = chance.normal(0, 1, 12)
    own = (own - own.mean()) / own.std(ddof=1) * between
    rows = []
    for k in range(2400):
        team = int(chance.integers(0, 12))
        seconds = exp(log(120) + own[team] + log(slow) * (team == 0) + chance.normal(0, 0.8))
        rows.append({
            "person": f"p{k:04}", "at": AT + timedelta(minutes=k), "kind": "contact",
            "direction": "inbound", "channel": "phone", "team": TEAMS[team],
            "wait_s": round(seconds, 1), "outcome": "answered", "touchpoint": "advisor",
        })  # fmt: skip
    return rows


def ask(study: Study, metric: str = "wait", **more: Any) -> Identical:
    wishes = more.pop("wishes", ())
    return identical(study, IdenticalAsked(metric=metric, over=("team",), **more), wishes=wishes)


def test_a_team_that_waits_twice_as_long_is_told_by_its_ratio(study_of: StudyOf) -> None:
    found = ask(study_of(waits(slow=2.0)))
    assert (found.unit, found.better, found.delta) == (Unit.SECONDS, Better.LOWER, 1.25)
    first = next(one for one in found.cells if one.by[0].value == "t0")
    assert first.effect.unit is Unit.RATIO
    assert first.effect.low is not None
    assert first.effect.low < 2 ** (11 / 12) < (first.effect.high or 0)
    assert first.alike is Alike.DIFFERENT
    assert first.level == pytest.approx(240, rel=0.15)
    assert {one.alike for one in found.cells if one is not first} <= {Alike.IDENTICAL, None}


def test_the_planted_deviation_of_the_logarithm_and_the_gap_as_a_ratio_are_covered(
    study_of: StudyOf,
) -> None:
    found = ask(study_of(waits(between=0.3)))
    sigma = found.sigma_between
    assert (sigma.low or 0) < 0.3 < (sigma.high or 0)
    assert found.gap.value == pytest.approx(exp(2 * (sigma.value or 0) / np.pi**0.5))
    assert found.index.value is not None
    assert (found.index.low or 0) < 100 * 0.403 < (found.index.high or 0)  # 2Φ(.2231/.4243) − 1


def test_the_unit_of_time_changes_nothing_but_the_levels(study_of: StudyOf) -> None:
    before = ask(study_of(waits(between=0.3)))
    after = ask(study_of([row | {"wait_s": row["wait_s"] * 60} for row in waits(between=0.3)]))
    assert after.index.value == pytest.approx(before.index.value, abs=1e-3)
    assert after.mean.value == pytest.approx(60 * (before.mean.value or 0), rel=1e-6)


def test_the_spread_of_times_is_told_with_its_interval(study_of: StudyOf) -> None:
    """Of a lognormal of 0.8: the ninth decile over the median is exp(1.2816 · 0.8) = 2.787."""
    times = ask(study_of(waits())).times
    assert times is not None
    assert (times.deviation.low or 0) < 0.8 < (times.deviation.high or 0)
    assert (times.tail.low or 0) < 2.787 < (times.tail.high or 0)
    assert times.open == 0


def test_a_target_in_seconds_is_read_on_the_side_of_short(study_of: StudyOf) -> None:
    wish = Target(touchpoint=None, metric="wait", target=180.0)
    found = ask(study_of(waits(slow=3.0)), wishes=(wish,))
    told = {one.by[0].value: one.on_target for one in found.cells}
    assert found.target == pytest.approx(180)
    assert told["t0"] is False
    assert all(on for name, on in told.items() if name != "t0")


def test_a_margin_of_one_or_less_is_no_ratio(study_of: StudyOf) -> None:
    with pytest.raises(WrongUse, match="identical_ratio"):
        ask(study_of(waits()), delta=0.5)


def cases(seed: int, *, until: float, slow: float = 1.0) -> tuple[list[dict[str, Any]], datetime]:
    """1,200 cases of ten days, resolved after a lognormal of three days; team t0 takes `slow` times
    as long. Those still open after `until` days are open."""
    chance = np.random.default_rng(seed)
    rows, end = [], AT + timedelta(days=10 + until)
    for k in range(1200):
        team = int(chance.integers(0, 12))
        start = AT + timedelta(minutes=12 * k)
        days = exp(log(3) + log(slow) * (team == 0) + chance.normal(0, 0.8))
        one = {"person": f"p{k:04}", "case_id": f"c{k}", "kind": "contact", "direction": "inbound",
               "channel": "phone", "team": TEAMS[team], "touchpoint": "advisor"}  # fmt: skip
        rows.append(one | {"at": start, "outcome": "transferred"})
        if start + timedelta(days=days) < end:
            rows.append(one | {"at": start + timedelta(days=days), "outcome": "resolved"})
    return rows, end


def test_open_cases_count_and_the_slow_team_is_as_slow_as_it_was_planted(
    study_of: StudyOf,
) -> None:
    """A third of the slow team's cases are open: leaving them out would make it look fast."""
    rows, end = cases(2, until=4, slow=2.5)
    found = ask(study_of(rows, as_of=end), "resolution")
    assert found.times is not None
    assert found.times.open > 100
    assert any(note.startswith("note_identical_open: n=") for note in found.about.notes)
    first = next(one for one in found.cells if one.by[0].value == "t0")
    ratio = 2.5 ** (11 / 12)
    assert first.effect.low is not None
    assert first.effect.low * 0.95 < ratio < (first.effect.high or 0) * 1.05
    assert found.mean.value == pytest.approx(3 * 86400 * 2.5 ** (1 / 12), rel=0.1)
    assert found.noise == pytest.approx(0.8, rel=0.12)


def test_where_most_cases_are_open_nothing_is_compared(study_of: StudyOf) -> None:
    rows, end = cases(3, until=-6)
    started = [row for row in rows if row["at"] < end]
    with pytest.raises(BadInput, match="identical_open"):
        ask(study_of(started, as_of=end), "resolution")
