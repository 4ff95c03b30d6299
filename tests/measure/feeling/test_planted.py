"""A law is planted, and found again; a law that is not there is not found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from verite.measure import Definitions
from verite.measure.feeling.fitting import fit_feeling
from verite.words.feeling import Bounded, FeelingAsked, FeelingModel

YEAR_US = 365 * 86_400_000_000
World = Callable[..., Any]


def fit(columns: Any, days: int = 30) -> FeelingModel:
    return fit_feeling(columns, Definitions(), FeelingAsked(days=days), YEAR_US)


def bounds(number: Bounded) -> tuple[float, float]:
    assert number.low is not None
    assert number.high is not None
    return number.low, number.high


@pytest.fixture(scope="module")
def found(world: World, law: Any) -> FeelingModel:
    return fit(world(law(weights={"desk": 0.5, "visit": 1.5})))


def test_the_half_life_is_found_again(found: FeelingModel) -> None:
    low, high = bounds(found.half_life)
    assert 25 < low < 45 < high < 75
    assert found.half_life.value in {30.0, 45.0, 60.0}


def test_the_asymmetry_is_found_again(found: FeelingModel) -> None:
    low, high = bounds(found.asymmetry)
    assert 1.0 < low < 1.8 < high


def test_what_stays_of_each_touchpoint_is_found_again(found: FeelingModel) -> None:
    stays = dict(found.stays)
    low, high = bounds(stays["desk"])
    assert low < 0.5 < high < 1
    low, high = bounds(stays["visit"])
    assert 1 < low < 1.5 < high


def test_the_score_beats_its_three_rivals_and_says_so(found: FeelingModel) -> None:
    assert found.calibrated
    assert found.reason == "beats_all"
    assert all(rival.is_beaten for rival in found.trial.rivals)


def test_what_is_foretold_comes_true(found: FeelingModel) -> None:
    low, high = bounds(found.trial.slope)
    assert low < 1 < high
    assert found.trial.brier < found.trial.brier_of_mean


def test_another_law_is_told_from_the_first(world: World, law: Any) -> None:
    planted = law(half_life=14.0, asymmetry=1.0, strength=2.2, level=-4.6, people=2000)
    short = fit(world(planted))
    low, high = bounds(short.half_life)
    assert low < 14 < high < 30
    assert short.asymmetry.low is not None
    assert short.asymmetry.low < 1


def test_on_shuffled_outcomes_it_says_that_it_does_not_beat_them(world: World, law: Any) -> None:
    model = fit(world(law(people=1500, level=-4.4), shuffled=True))
    assert not model.calibrated
    assert model.reason.startswith("beaten_by:")


def test_the_same_data_give_the_same_version(world: World, law: Any) -> None:
    columns = world(law(people=800, level=-4.2))
    first, again = fit(columns), fit(columns)
    assert first == again
    assert first.version.startswith("f")
