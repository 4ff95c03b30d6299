"""Rules of runs: each pattern seen when it ends, and how often a steady process alarms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.stats.run_rules import NELSON, OURS, WESTERN_ELECTRIC, broken_rules
from verite.words.control import Rule

PATTERNS = {
    Rule.BEYOND_THREE: [3.1],
    Rule.TWO_OF_THREE: [2.1, 0.0, 2.1],
    Rule.FOUR_OF_FIVE: [-1.1, -1.1, 0.0, -1.1, -1.1],
    Rule.EIGHT_ON_A_SIDE: [0.2] * 8,
    Rule.NINE_ON_A_SIDE: [-0.2] * 9,
    Rule.SIX_IN_A_TREND: [-0.9, -0.5, -0.1, 0.3, 0.6, 0.9],
    Rule.FOURTEEN_ALTERNATE: [0.4, -0.4] * 7,
    Rule.FIFTEEN_NEAR: [0.5, -0.5, 0.2] * 5,
    Rule.EIGHT_FAR: [1.2, -1.2] * 4,
}


@pytest.mark.parametrize("rule", list(Rule))
def test_each_pattern_is_seen_when_its_last_point_comes(rule: Rule) -> None:
    points = PATTERNS[rule]
    told = broken_rules(points, [rule])
    assert told[-1] == (rule,)
    assert not any(told[:-1])


@pytest.mark.parametrize("rule", [one for one in Rule if len(PATTERNS[one]) > 1])
def test_a_point_that_falls_back_ends_no_pattern(rule: Rule) -> None:
    points = PATTERNS[rule]
    neutral = {Rule.FIFTEEN_NEAR: 1.5, Rule.SIX_IN_A_TREND: points[-2]}.get(rule, 0.0)
    if rule is Rule.FOURTEEN_ALTERNATE:
        neutral = points[-2]
    assert broken_rules([*points[:-1], neutral], [rule])[-1] == ()


@pytest.mark.parametrize(
    ("rules", "published"),
    [
        # Champ & Woodall 1987, Technometrics 29:393-399, table 1, no shift.
        ((Rule.BEYOND_THREE,), 370.40),
        (OURS, 152.73),
        (WESTERN_ELECTRIC, 91.75),
    ],
)
def test_a_steady_process_alarms_as_seldom_as_published(rules, published: float) -> None:
    chance = np.random.default_rng(11)
    lengths = [_run_length(chance, rules) for _ in range(500)]
    error = np.std(lengths) / np.sqrt(len(lengths))
    assert abs(np.mean(lengths) - published) < 3 * error


def _run_length(chance: np.random.Generator, rules) -> int:
    """Points until the first alarm: only the last fifteen matter to any rule."""
    window: list[float] = []
    count = 0
    while True:
        for point in chance.standard_normal(64).tolist():
            count += 1
            window = [*window[-7:], point]
            if broken_rules(window, rules)[-1]:
                return count


@given(st.lists(st.floats(-4, 4, allow_nan=False), max_size=40))
def test_up_and_down_are_judged_alike(points: list[float]) -> None:
    assert broken_rules(points, NELSON) == broken_rules([-x for x in points], NELSON)


@given(st.lists(st.floats(-4, 4, allow_nan=False), max_size=20), st.integers(0, 20))
def test_a_period_without_a_figure_changes_nothing(points: list[float], place: int) -> None:
    told = list(broken_rules([*points[:place], None, *points[place:]], NELSON))
    assert told.pop(min(place, len(points))) == ()
    assert tuple(told) == broken_rules(points, NELSON)
