"""Tipping points: met between the two answers, people and not lines counted, all tests counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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
        gap=np.repeat(rng.integers(1, 100, rows), repeated),
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
    assert tippings(replace(found, tipped=tipped)) == ()
    tipped[29] = True
    assert len(tippings(replace(found, tipped=tipped))) == 1


def waited(effect: float, seed: int, rows: int = 1500) -> Pairs:
    """The longer between two answers, the more is met and the more people tip; beside that, who
    met it tips `effect` more on the log odds."""
    rng = np.random.default_rng(seed)
    gap = rng.exponential(40.0, rows)
    met = rng.random(rows) < 1.0 - np.exp(-gap / 40.0)
    odds = np.exp(-2.0 + gap / 40.0 + effect * met)
    tipped = rng.random(rows) < odds / (1.0 + odds)
    return Pairs(
        person=np.arange(rows), tipped=tipped, met=met[:, None],
        gap=(gap * 86_400e6).astype(np.int64),
    )  # fmt: skip


def test_what_more_time_brings_is_no_tipping_point() -> None:
    """Nothing met tips anybody; without strata of time it would be told apart every time."""
    found = [tippings(waited(0.0, seed))[0] for seed in range(40)]
    assert sum(one.told_apart for one in found) <= 6
    at_once = [tippings(replace(waited(0.0, seed), gap=np.ones(1500, int)))[0] for seed in range(5)]
    assert all(one.told_apart for one in at_once)


def test_a_tipping_point_is_found_within_its_interval_whatever_the_time() -> None:
    """An odds ratio of e¹ is planted; strata leave a little of time's own."""
    found = [tippings(waited(1.0, seed))[0] for seed in range(40)]
    assert sum(one.ratio.low < np.e < one.ratio.high for one in found) >= 34
    assert all(one.told_apart for one in found)


def test_shares_are_those_of_people_who_had_as_long() -> None:
    one = tippings(waited(0.0, 3, rows=6000))[0]
    assert one.share_tipped is not None
    assert one.share_stayed is not None
    assert abs(one.share_tipped - one.share_stayed) < 0.05
