"""How alike the answers of one person are: planted likenesses are found, nobody's is none."""

from __future__ import annotations

import numpy as np
import pytest

from verite.ledger.port import Tally
from verite.stats.likeness import likeness, worth


def groups(chance: np.random.Generator, alike: float, shift: float = 0.0) -> list[Tally]:
    """Ten groups of 30 people with one to eight answers, groups themselves apart by `shift`."""
    found = []
    for place in range(10):
        people = []
        for _ in range(30):
            own, many = chance.normal(0, alike**0.5), int(chance.integers(1, 9))
            answers = own + chance.normal(0, (1 - alike) ** 0.5, many) + shift * place
            people.append(answers.tolist())
        found.append(Tally.of(people))
    return found


@pytest.mark.parametrize("alike", [0.0, 0.2, 0.5, 0.8])
@pytest.mark.parametrize("shift", [0.0, 1.0])
def test_the_planted_likeness_is_found_whatever_the_groups_do(alike: float, shift: float) -> None:
    chance = np.random.default_rng(3)
    told = [likeness(groups(chance, alike, shift)) for _ in range(20)]
    assert np.mean(told) == pytest.approx(alike, abs=0.04)


def test_where_nobody_answers_twice_there_is_none_and_an_answer_is_worth_one() -> None:
    tally = Tally.of([[1.0], [0.0], [1.0]])
    assert likeness([tally]) == 0.0
    assert worth(tally, 0.7) == 3.0


def test_answers_wholly_alike_are_worth_as_many_as_their_people() -> None:
    tally = Tally.of([[1.0] * 4, [0.0] * 4, [1.0] * 4])
    assert likeness([tally]) == 1.0
    assert worth(tally, 1.0) == 3.0


def test_people_who_are_all_alike_or_alone_tell_nothing() -> None:
    assert likeness([Tally.of([[1.0, 1.0], [1.0, 1.0]])]) == 0.0
    assert likeness([Tally.of([[1.0, 0.0]])]) == 0.0
    assert likeness([]) == 0.0
