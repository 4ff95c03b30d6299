"""Reviews: people are needed and counted, not reviews."""

from __future__ import annotations

import numpy as np

from verite.measure.experience.shares import share_of_rows
from verite.measure.experience.word_of_mouth import word_of_mouth

Row = dict[str, object]


def reviews(people: int, each: int) -> list[Row]:
    """Half the people love it, half do not, in every review."""
    return [
        {"person": person, "day": 10.0 + again, "kind": "feedback", "channel": "review",
         "metric": "stars", "score": 5.0 if person % 2 else 1.0, "scale_min": 1.0,
         "scale_max": 5.0}
        for person in range(people)
        for again in range(each)
    ]  # fmt: skip


def test_many_reviews_of_few_people_say_nothing_of_all(reading_of) -> None:
    assert word_of_mouth(reading_of(reviews(29, 10), 100)).find("reviews") is None


def test_ten_reviews_each_are_no_surer_than_one(reading_of) -> None:
    once, often = (
        word_of_mouth(reading_of(reviews(60, each), 100)).find("reviews").estimate
        for each in (1, 10)
    )
    assert (often.value, often.n, often.people) == (50.0, 600, 60)
    assert abs((often.high - often.low) / (once.high - once.low) - 1.0) < 0.05


def test_the_interval_holds_the_share_when_people_repeat_themselves() -> None:
    """60 % of reviews are good, in people who mostly say the same again; 1,000 studies."""
    rng = np.random.default_rng(8)
    held = []
    for _ in range(1000):
        person = np.repeat(np.arange(50), rng.integers(1, 8, 50))
        own = rng.beta(1.2, 0.8, 50)
        found = share_of_rows(rng.random(len(person)) < own[person], person)
        held.append(found.low <= 60.0 <= found.high)
    assert 0.92 <= np.mean(held) <= 0.98
