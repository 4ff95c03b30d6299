"""Numbers as people read them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.sentences.numbers import (
    between,
    between_difference,
    count,
    difference,
    duration,
    gap,
    interval,
    number,
    share,
    value,
)
from verite.words.estimate import Estimate, Unit


def test_french_numbers_have_a_narrow_space_a_comma_and_a_true_minus():
    assert number(-48210.5, "fr", 1) == "−48\u202f210,5"


def test_english_numbers_have_commas_and_a_true_minus():
    assert number(-48210.5, "en", 1) == "−48,210.5"


def test_a_gap_always_bears_its_sign():
    assert gap(0.7, Unit.SCORE, "fr") == "+0,7"


def test_shares_differ_by_points_not_by_percent():
    assert gap(-10, Unit.PERCENT, "fr") == "−10\u00a0pts"


def test_nothing_has_no_sign():
    assert number(-0.004, "fr", 1, signed=True) == "0,0"


def test_an_interval_is_in_brackets_in_a_table(estimate):
    assert interval(estimate(41, 3), "fr") == "[38\u202f; 44]"
    assert interval(estimate(41, 3), "en") == "[38, 44]"


def test_an_interval_is_in_words_in_running_text(estimate):
    assert between(estimate(21, 3), "fr") == "entre 18 et 24"
    assert between(estimate(80, 2, Unit.PERCENT), "fr") == "entre 78 et 82\u202f%"


def test_a_difference_of_shares_is_between_points(estimate):
    assert between_difference(estimate(5, 3, Unit.PERCENT), "en") == "between 2 and 8\u00a0pts"


def test_a_value_shows_as_many_digits_as_its_interval_bears(estimate):
    assert value(estimate(80.4, 2, Unit.PERCENT), "fr") == "80\u202f%"
    assert value(estimate(80.42, 0.5, Unit.PERCENT), "fr") == "80,4\u202f%"


def test_a_value_and_its_interval_are_printed_in_one_unit(estimate):
    wait = estimate(900, 60, Unit.SECONDS)
    assert (value(wait, "fr"), interval(wait, "fr")) == ("15\u00a0min", "[14\u202f; 16]")


def test_few_answers_show_bounds_without_a_value(estimate):
    few = estimate(20, 22, n=14)
    assert value(few, "fr") == "faible effectif, n\u202f=\u202f14"
    assert interval(few, "fr") == "[−2\u202f; 42]"


def test_hidden_figures_show_neither_value_nor_bounds(estimate):
    hidden = estimate(20, 22, n=3)
    assert (value(hidden, "en"), interval(hidden, "en")) == ("hidden, n\u202f<\u202f5", "")


def test_a_withheld_difference_says_why(estimate):
    assert difference(estimate(20, 22, n=14), "en")[0].startswith("few")


@pytest.mark.parametrize(
    ("seconds", "fr", "en"),
    [
        (4.2, "4,2\u00a0s", "4.2\u00a0s"),
        (540, "9\u00a0min", "9\u00a0min"),
        (7380, "2\u00a0h\u00a003", "2\u00a0h\u00a003\u00a0min"),
        (68400, "19\u00a0h", "19\u00a0h"),
        (207360, "2,4\u00a0j", "2.4\u00a0days"),
    ],
)
def test_durations_take_the_unit_that_suits_them(seconds, fr, en):
    assert (duration(seconds, "fr"), duration(seconds, "en")) == (fr, en)


def test_counts_agree_with_their_noun():
    assert [count(n, "touchpoint", "fr") for n in (0, 1, 2)] == [
        "0\u00a0point de contact",
        "1\u00a0point de contact",
        "2\u00a0points de contact",
    ]
    assert count(0, "person", "en") == "0\u00a0people"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_printed_number_reads_back(x, digits):
    printed = number(x, "fr", digits)
    back = float(printed.replace("\u202f", "").replace(",", ".").replace("−", "-"))
    assert back == pytest.approx(x, abs=0.51 * 10**-digits + abs(x) * 1e-12)


@given(st.floats(0, 1e7))
def test_no_number_can_break_over_a_line(seconds):
    assert not re.search(r"\d [a-zA-Z%]", duration(seconds, "fr"))


def test_a_share_is_printed_as_a_percentage():
    assert share(0.314, "fr") == "31\u202f%"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("bounds", [(0.3, 61.0), (0.004, 2.5), (-75.0, -0.02), (12.0, 40_000.0)])
def test_an_interval_without_zero_never_reads_zero(
    unit: Unit, bounds: tuple[float, float], lang: str
) -> None:
    low, high = bounds
    for middle in (low, (low + high) / 2, high):
        estimate = Estimate(value=middle, low=low, high=high, n=90, unit=unit, method="m")
        for told in difference(estimate, lang):
            for part in told.strip("[]").split(";" if lang == "fr" else ", "):
                assert any(digit in part for digit in "123456789"), told


def test_a_wait_told_apart_from_chance_says_so() -> None:
    longer = Estimate(value=30.0, low=0.4, high=61.0, n=900, unit=Unit.SECONDS, method="m")
    assert difference(longer, "fr") == ("+30\xa0s", "[0,4\u202f; 61]")
    assert between_difference(longer, "en") == "between 0.4 and 61\xa0s"
