"""Tipping points: met between the two answers, people and not lines counted, all tests counted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from tests.loop.moments.conftest import Row, answer, contact

from verite.home import Home
from verite.loop.moments.settings import MomentsSettings
from verite.loop.moments.tipping import Pairs, tippings_of
from verite.words.moments import MomentsAsked, Tipping

Live = Callable[[list[Row]], Home]


def pairs(rows: int, kinds: int, seed: int, repeated: int = 1) -> Pairs:
    """Each person's pairs all alike; nothing met has to do with tipping."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(rows), repeated)
    return Pairs(
        person=person, tipped=np.repeat(rng.random(rows) < 0.3, repeated),
        met=np.repeat(rng.random((rows, kinds)) < 0.3, repeated, axis=0),
    )  # fmt: skip


class Kind:
    """A touchpoint as the odds read it."""

    is_choice = True

    def __init__(self, place: int) -> None:
        self.name = f"kind{place:02d}"


class Kinds:
    """A model as the odds read it."""

    def __init__(self, kinds: int) -> None:
        self.touchpoints = [Kind(place) for place in range(kinds)]


def tippings(found: Pairs) -> tuple[Tipping, ...]:
    return tippings_of(Kinds(found.met.shape[1]), found, MomentsSettings())  # type: ignore[arg-type]


def test_what_was_met_before_the_first_answer_is_not_in_between(live: Live) -> None:
    """All who tipped met a transfer ten days before the good answer, nobody after it."""
    rng, rows = np.random.default_rng(5), []
    for person in range(600):
        tips = person % 3 == 0
        if tips:
            rows.append(contact(person, 0, "transfer", "unresolved"))
        day = 20.0 if rng.random() < 0.5 else 5.0
        rows.append(contact(person, day, "desk", "resolved" if person % 2 else "unresolved"))
        if person % 3 == 1 and person % 4 == 1:
            rows.append(contact(person, 22, "transfer", "resolved"))
        rows.append(answer(person, 10, "nps", 9 + person % 2))
        rows.append(answer(person, 30, "nps", 3.0 if tips else 9.0))
    found = live(rows).moment("transfer", MomentsAsked(draws=20)).result.tipping
    assert found is not None
    assert found.n_tipped is None  # nobody: under five
    assert found.share_tipped is None
    assert found.n_stayed == 50
    assert found.ratio.high < 1.0


def test_one_person_answering_ten_times_is_one_person() -> None:
    (once,), (often,) = tippings(pairs(200, 1, 7)), tippings(pairs(200, 1, 7, repeated=10))
    width = np.log(once.ratio.high / once.ratio.low)
    assert 0.9 < np.log(often.ratio.high / often.ratio.low) / width < 1.1


def test_of_twenty_touchpoints_that_tip_nobody_none_is_told_apart() -> None:
    """At 10 % of false findings, something is found once in ten at most; alone, two times in
    three."""
    studies = [tippings(pairs(400, 20, seed)) for seed in range(60)]
    assert all(one.tested == 20 for study in studies for one in study)
    assert sum(any(one.told_apart for one in study) for study in studies) <= 12
    assert sum(any(one.p < 0.05 for one in study) for study in studies) > 24


def test_under_thirty_people_on_a_side_nothing_is_told() -> None:
    found = pairs(200, 1, 3)
    tipped = np.zeros(200, dtype=np.bool_)
    tipped[:29] = True
    assert tippings(Pairs(person=found.person, tipped=tipped, met=found.met)) == ()
    tipped[29] = True
    assert len(tippings(Pairs(person=found.person, tipped=tipped, met=found.met))) == 1
