"""Planned against lived: fitness by the longest common subsequence, and deviations."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.loop.map import conform, read_design
from verite.loop.map.aligning import fitness_of
from verite.words.asked import Filters
from verite.words.errors import WrongUse
from verite.words.journey import Conformance, DesignedMap, DeviationKind

PATH = st.text(alphabet="abcd", min_size=0, max_size=9)
SKIPPED, ADDED, REPEATED = DeviationKind.SKIPPED, DeviationKind.ADDED, DeviationKind.REPEATED


def drawn(path: str) -> DesignedMap:
    """A map of one stage whose touchpoints are letters."""
    touchpoints = "".join(
        f'[[touchpoints]]\nkey = "{letter}"\nstage = "s"\n' for letter in "abcdxyz"
    )
    steps = ", ".join(f'"{letter}"' for letter in path)
    return read_design(f'key = "m"\npath = [{steps}]\n[[stages]]\nkey = "s"\n{touchpoints}')


@pytest.fixture(scope="module")
def against(timeline_of, walk, about_day):
    """The conformance of people's paths to a designed one."""

    def of(design: str, *paths: str) -> Conformance:
        log = [row for i, path in enumerate(paths) for row in walk(f"p{i:02d}", path)]
        return conform(
            timeline_of(log), drawn(design), case="person", where=Filters(), about=about_day(99)
        )

    return of


def deviations(result: Conformance) -> dict[tuple[DeviationKind, str], int]:
    """Deviations by kind and touchpoint."""
    return {(found.kind, found.touchpoint): found.count for found in result.deviations}


def longest_common(one: str, other: str) -> int:
    """The longest common subsequence, by its recursive definition."""

    @cache
    def of(i: int, j: int) -> int:
        if i == len(one) or j == len(other):
            return 0
        if one[i] == other[j]:
            return 1 + of(i + 1, j + 1)
        return max(of(i + 1, j), of(i, j + 1))

    return of(0, 0)


def test_the_designed_path_fits_exactly(against):
    result = against("abc", "abc", "abc")
    assert (result.fitness, result.fitting_cases, result.deviations) == (1.0, 2, ())


def test_a_step_left_out_is_skipped(against):
    result = against("abc", "ac", "abc", "ac")
    assert deviations(result) == {(SKIPPED, "b"): 2}
    assert result.fitness == pytest.approx((0.8 + 1 + 0.8) / 3)
    assert result.fitting_cases == 1


def test_a_step_off_the_map_is_added(against):
    assert deviations(against("abc", "abxc")) == {(ADDED, "x"): 1}


def test_a_step_lived_again_is_repeated_once_per_case(against):
    assert deviations(against("abc", "abbbc", "abbc")) == {(REPEATED, "b"): 2}


def test_a_step_lived_elsewhere_than_designed_is_skipped_there_and_added_here(against):
    assert deviations(against("abc", "bca")) == {(SKIPPED, "a"): 1, (ADDED, "a"): 1}


def test_a_step_designed_twice_may_be_lived_twice(against):
    assert against("aba", "aba").fitting_cases == 1
    assert deviations(against("aba", "abaa")) == {(REPEATED, "a"): 1}


def test_without_a_case_there_is_no_fitness(against):
    result = against("abc")
    assert (result.cases, result.fitness, result.fitting_cases) == (0, None, 0)


def test_a_map_without_path_cannot_be_followed(against):
    with pytest.raises(WrongUse) as caught:
        against("", "abc")
    assert caught.value.code == "design_without_path"


@given(PATH, PATH)
@settings(max_examples=300, deadline=None)
def test_fitness_equals_its_formula_by_brute_force(designed, lived):
    total = len(designed) + len(lived)
    expected = 2 * longest_common(designed, lived) / total if total else 1.0
    assert fitness_of(tuple(designed), tuple(lived)) == expected


@given(PATH.filter(len), st.lists(PATH.filter(len), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_the_mean_is_over_cases_and_exact_fits_are_exact(against, designed, paths):
    result = against(designed, *paths)
    by_hand = [fitness_of(tuple(designed), tuple(path)) for path in paths]
    assert result.fitness == pytest.approx(sum(by_hand) / len(by_hand))
    assert result.fitting_cases == paths.count(designed)
    assert bool(result.deviations) == (result.fitting_cases < len(paths))


@given(PATH.filter(len), PATH.filter(len))
@settings(max_examples=100, deadline=None)
def test_other_names_for_the_touchpoints_change_no_fitness(designed, lived):
    swap = str.maketrans("abcd", "dcab")
    assert fitness_of(tuple(designed), tuple(lived)) == fitness_of(
        tuple(designed.translate(swap)), tuple(lived.translate(swap))
    )


@given(PATH.filter(len), PATH.filter(len))
@settings(max_examples=100, deadline=None)
def test_the_other_way_round_fits_as_well(designed, lived):
    assert fitness_of(tuple(designed), tuple(lived)) == fitness_of(tuple(lived), tuple(designed))
