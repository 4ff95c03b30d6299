"""The half-life and the family are chosen without a look at what the trial will see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from verite.measure import Definitions
from verite.measure.feeling.choosing import blocks, choose_family, choose_half_life, validate
from verite.measure.feeling.families import FAMILIES, MEMORY
from verite.measure.feeling.material import Material, gather, trace_everyone
from verite.words.feeling import FeelingAsked

YEAR_US = 365 * 86_400_000_000
PLACE = 5


@pytest.fixture(scope="module")
def material(world: Callable[..., Any], law: Any) -> Material:
    columns = world(law(people=900, level=-4.2))
    traces = trace_everyone(columns, Definitions())
    return gather(columns, traces, Definitions(), FeelingAsked(days=90), YEAR_US)


@pytest.fixture(scope="module")
def otherwise(material: Material) -> Material:
    """The same, had every outcome that was not known when the trial began come otherwise."""
    periods = material.periods
    ends = periods.dates[periods.date] + periods.days * 86_400_000_000
    unknown = ends > periods.dates[material.first_trial]
    assert (unknown & ~material.is_trial).any()  # days asked longer than the step between dates
    return replace(material, periods=replace(periods, came=periods.came ^ unknown))


def test_no_validation_sees_an_outcome_that_ends_inside_the_trial(
    material: Material, otherwise: Material
) -> None:
    for family in FAMILIES:
        one, other = validate(material, family, PLACE), validate(otherwise, family, PLACE)
        assert (~np.isnan(one.lines)).any()
        np.testing.assert_array_equal(one.lines, other.lines)


def test_the_family_and_the_half_life_chosen_are_the_same(
    material: Material, otherwise: Material
) -> None:
    assert choose_family(material, PLACE) == choose_family(otherwise, PLACE)
    assert choose_half_life(material) == choose_half_life(otherwise)


def test_the_blocks_are_of_dates_whose_outcome_was_known(material: Material) -> None:
    last = blocks(material)[-1][1]
    known = material.known_before(material.first_trial)
    assert last == material.told_dates < material.first_trial
    assert material.periods.date[known].max() == last - 1
    lines = validate(material, MEMORY, PLACE).lines
    assert np.isnan(lines[~known]).all()
