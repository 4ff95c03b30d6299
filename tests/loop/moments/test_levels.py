"""The outcome by level of experience: people are counted, few of them show bounds only."""

from __future__ import annotations

from collections.abc import Callable

from tests.loop.moments.conftest import Row, answer

from verite.home import Home
from verite.words.estimate import Status
from verite.words.moments import Bin, MomentsAsked

Live = Callable[[list[Row]], Home]
LEVELS = (1.5, 2.5, 3.5, 5.0)  # of a rating of 1 to 5: 1.25, 3.75, 6.25 and 10 of 10


def at_levels(people: tuple[int, int, int, int], each: int = 1) -> list[Row]:
    """A desk rated before every NPS; as many people at each level."""
    rows: list[Row] = []
    first = 0
    for level, count in zip(LEVELS, people, strict=True):
        for person in range(first, first + count):
            for again in range(each):
                day = 1.0 + 2.0 * again
                rating = answer(person, day, "desk_rating", level) | {"touchpoint": "desk"}
                rows += [rating, answer(person, day + 1.0, "nps", 10 if level > 3 else person % 11)]
        first += count
    return rows


def bins(home: Home) -> dict[float, Bin]:
    one = home.moment("desk", MomentsAsked(draws=20, before_days=1)).result
    return {level.low: level for level in one.bins}


def test_under_thirty_people_a_level_has_its_bounds_only(live: Live) -> None:
    found = bins(live(at_levels((60, 40, 12, 60))))
    few = found[5.0].mean
    assert (few.status, few.value, few.n) == (Status.FEW, None, 12)
    assert few.low is not None
    assert few.high is not None
    assert found[0.0].mean.status is Status.OK


def test_answers_of_the_same_people_do_not_make_them_more(live: Live) -> None:
    found = bins(live(at_levels((60, 40, 12, 60), each=3)))
    assert (found[5.0].mean.status, found[5.0].n) == (Status.FEW, 12)


def test_under_five_people_a_level_is_hidden_and_cannot_be_had_by_subtraction(live: Live) -> None:
    found = bins(live(at_levels((60, 40, 3, 60))))
    hidden = [low for low, one in found.items() if one.mean.status is Status.HIDDEN]
    assert hidden == [2.5, 5.0]  # the smallest of the others goes with it
    assert found[5.0].n == 0


def test_promoters_alone_are_no_certainty(live: Live) -> None:
    """Ten of ten at 10 say [.475, 1], not [1, 1] (Rocks 2016)."""
    found = bins(live(at_levels((60, 40, 40, 60))))[7.5].mean
    assert found.value == 100.0
    assert 80.0 < (found.low or 0.0) < 97.0
    assert found.high == 100.0
