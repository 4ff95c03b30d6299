"""What is usual at a touchpoint does not turn on a few middling answers."""

from __future__ import annotations

import numpy as np
import pytest

from verite.loop.moments.settings import MomentsSettings
from verite.loop.moments.sides import Usual, sides_of


def usual(middling: int, good: int = 800, bad: int = 170, unmet: int = 0) -> Usual:
    level = np.concatenate([
        np.full(good, 9.0), np.full(bad, 2.0), np.full(middling, 5.0), np.full(unmet, np.nan)
    ])  # fmt: skip
    return sides_of(level, ~np.isnan(level), MomentsSettings()).usual


@pytest.mark.parametrize("middling", [0, 29, 30, 31, 100])
def test_up_to_a_tenth_of_middling_ones_the_commoner_side_is_the_usual(middling: int) -> None:
    assert usual(middling) is Usual.GOOD


def test_beyond_a_tenth_a_middling_experience_is_the_usual() -> None:
    assert usual(110) is Usual.REST
    assert usual(108) is Usual.REST  # 108 of 1,078
    assert usual(107) is Usual.GOOD  # 107 of 1,077


def test_with_few_answers_it_still_takes_as_many_as_needed() -> None:
    assert usual(29, good=30, bad=20) is Usual.GOOD
    assert usual(30, good=30, bad=20) is Usual.REST


def test_a_touchpoint_that_few_met_is_set_against_having_had_neither() -> None:
    assert usual(0, good=100, bad=100, unmet=300) is Usual.REST
