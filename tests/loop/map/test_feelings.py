"""Mean feelings: scales, people who answer twice, and intervals that never collapse."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.ledger.port import Tally
from verite.loop.map import live
from verite.loop.map.feelings import estimate_feeling, feeling_of_rows, tally_feelings
from verite.loop.map.passages import select_passages
from verite.words.asked import Filters
from verite.words.estimate import Status


def answer(who: str, score: float, low: float = 0, high: float = 10, **more: object):
    """A row with a score on its scale."""
    return {
        "who": who, "day": 0, "touchpoint": "t", "score": score,
        "scale_min": low, "scale_max": high, **more,
    }  # fmt: skip


def test_every_scale_becomes_minus_one_to_one(timeline_of):
    log = [answer("p", 10), answer("q", 0), answer("r", 3, 1, 5), answer("s", 6, 1, 7)]
    assert feeling_of_rows(timeline_of(log)) == pytest.approx([1, -1, 0, 2 / 3])


def test_effort_where_high_is_bad_is_turned_round(timeline_of):
    timeline = timeline_of(
        [answer("p", 5, 1, 5, polarity="good_low"), answer("q", 5, 1, 5, polarity="good_high")]
    )
    assert feeling_of_rows(timeline) == pytest.approx([-1, 1])


def test_a_contact_without_score_has_no_feeling(timeline_of, about_day):
    log = [{"who": "p", "day": 0, "touchpoint": "t"}]
    result = live(timeline_of(log), case="person", where=Filters(), top=5, about=about_day(9))
    assert result.nodes[0].feeling is None


def test_a_person_who_answers_ten_times_is_still_one_person(timeline_of, about_day):
    log = [answer(f"p{i}", 10 * (i % 2)) for i in range(6) for _ in range(10)]
    result = live(timeline_of(log), case="person", where=Filters(), top=5, about=about_day(9))
    feeling = result.nodes[0].feeling
    assert feeling is not None
    assert (feeling.value, feeling.n, feeling.people) == (0.0, 60, 6)
    assert feeling.high - feeling.low > 1  # sixty independent answers would give 0.5


def test_four_answers_are_hidden_and_five_give_bounds():
    assert estimate_feeling(Tally.of([[0.5]] * 4)).status is Status.HIDDEN
    assert estimate_feeling(Tally.of([[0.5]] * 5)).status is Status.FEW


def test_forty_answers_of_one_person_say_nothing_of_others():
    estimate = estimate_feeling(Tally.of([[0.5] * 40]))
    assert estimate.value is None
    assert estimate.low is None


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=30, max_size=60))
@settings(max_examples=60, deadline=None)
def test_the_interval_holds_the_value_and_stays_on_the_scale(values):
    estimate = estimate_feeling(Tally.of([[value] for value in values]))
    assert estimate.value is not None
    assert -1 <= estimate.low <= estimate.value <= estimate.high <= 1
    assert estimate.low < estimate.high


PEOPLE = st.lists(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 10)), min_size=1, max_size=5),
    min_size=1,
    max_size=8,
)


@given(PEOPLE)
@settings(max_examples=60, deadline=None)
def test_tallies_equal_those_of_plain_lists(timeline_of, people):
    log = [
        {**answer(f"p{i}", score), "touchpoint": key}
        for i, person in enumerate(people)
        for key, score in person
    ]
    timeline = timeline_of(log)
    labels, place = timeline.labels("touchpoint"), timeline.codes("touchpoint")
    passages = select_passages(timeline, case="person", where=Filters(), as_of=None)
    found = tally_feelings(passages, place, len(labels))
    for tally, label in zip(found, labels, strict=True):
        lists = [[score / 5 - 1 for key, score in person if key == label] for person in people]
        expected = Tally.of([answers for answers in lists if answers])
        assert (tally.n, tally.people) == (expected.n, expected.people)
        for name in ("sum_y", "sum_yy", "sum_ss", "sum_sm", "sum_mm"):
            assert getattr(tally, name) == pytest.approx(getattr(expected, name), abs=1e-9)
