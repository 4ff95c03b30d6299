"""Agreement between channels: unbiased, bounded, and as sure as the contacts allow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from verite.stats.agreement import agree_across, agree_within, mean_agreement

COUNTS = arrays(np.int64, st.tuples(st.integers(2, 4), st.integers(1, 4)),
                elements=st.integers(0, 6)).map(lambda x: x.astype(float))  # fmt: skip


def planted(shares: np.ndarray) -> float:
    """The probability itself: mean over pairs of channels of the products."""
    pairs = [float(a @ b) for i, a in enumerate(shares) for j, b in enumerate(shares) if i != j]
    return float(np.mean(pairs))


def test_it_counts_the_pairs_of_contacts_of_two_channels() -> None:
    """By hand: chat AAB, phone AB: 2·1 + 1·1 alike of 3·2 pairs."""
    assert agree_across(np.array([[2.0, 1.0], [1.0, 1.0]])).value == pytest.approx(3 / 6)


def test_within_it_counts_the_pairs_of_contacts_of_one_channel() -> None:
    """Simpson 1949: AAB has one pair alike of three."""
    assert agree_within(np.array([[2.0, 1.0], [1.0, 0.0]])).value == pytest.approx(1 / 3)


@given(COUNTS)
def test_channels_and_answers_may_be_told_in_any_order(counts: np.ndarray) -> None:
    one, other = agree_across(counts), agree_across(counts[::-1, ::-1])
    assert one.n == other.n
    assert one.value == pytest.approx(other.value)


@given(COUNTS)
def test_the_interval_holds_the_value_within_zero_and_one(counts: np.ndarray) -> None:
    for found in (agree_across(counts), agree_within(counts)):
        if found.value is not None:
            low, high = found.interval.low, found.interval.high
            assert 0 <= low <= found.value + 1e-9
            assert found.value - 1e-9 <= high <= 1


def test_it_is_right_on_average_however_few_the_contacts() -> None:
    shares = np.array([[0.7, 0.2, 0.1], [0.3, 0.6, 0.1], [0.5, 0.5, 0.0]])
    chance = np.random.default_rng(3)
    values = [
        agree_across(np.array([chance.multinomial(2, p) for p in shares], float)).value
        for _ in range(4000)
    ]
    assert np.mean(values) == pytest.approx(planted(shares), abs=0.01)


@pytest.mark.parametrize("contacts", [3, 5, 10, 30])
@pytest.mark.parametrize("agreeing", [0.7, 0.9])
def test_the_interval_holds_the_planted_probability(contacts: int, agreeing: float) -> None:
    shares = np.array([[agreeing, 1 - agreeing]] * 4)
    truth, held = planted(shares), 0
    chance = np.random.default_rng(contacts)
    for _ in range(300):
        counts = np.array([chance.multinomial(contacts, p) for p in shares], float)
        bounds = agree_across(counts).interval
        held += bounds.low <= truth <= bounds.high
    assert held / 300 >= 0.9


@pytest.mark.parametrize("contacts", [5, 30])
def test_the_interval_holds_when_one_channel_stands_apart(contacts: int) -> None:
    shares = np.array([[0.05, 0.95], [0.95, 0.05], [0.95, 0.05], [0.95, 0.05]])
    truth, held = planted(shares), 0
    chance = np.random.default_rng(contacts)
    for _ in range(400):
        counts = np.array([chance.multinomial(contacts, p) for p in shares], float)
        bounds = agree_across(counts).interval
        held += bounds.low <= truth <= bounds.high
    assert held / 400 >= 0.92


def test_a_few_contacts_that_agree_prove_little() -> None:
    assert agree_across(np.array([[1.0], [1.0], [1.0]])).interval.low < 0.3


def test_one_channel_has_nothing_to_agree_with() -> None:
    assert agree_across(np.array([[5.0, 1.0]])).value is None
    assert agree_within(np.array([[1.0, 0.0], [0.0, 1.0]])).value is None


@pytest.mark.parametrize("questions", [5, 10, 20])
def test_the_mean_over_questions_is_held_by_its_interval(questions: int) -> None:
    """One question in five has a channel apart; three contacts on each of four channels."""
    same, apart = np.array([0.98, 0.02]), np.array([0.02, 0.98])
    alike, torn = np.array([same] * 4), np.array([apart, same, same, same])
    truth = 0.8 * planted(alike) + 0.2 * planted(torn)
    chance, held = np.random.default_rng(questions), 0
    for _ in range(300):
        values = []
        for _ in range(questions):
            shares = torn if chance.random() < 0.2 else alike
            counts = np.array([chance.multinomial(3, p) for p in shares], float)
            values.append(agree_across(counts).value)
        bounds = mean_agreement(np.array(values))
        held += bounds.low <= truth <= bounds.high
    assert held / 300 >= 0.92


def test_a_single_question_says_nothing_of_the_others() -> None:
    assert mean_agreement(np.array([0.9])).low is None
