"""Peaks of a stage: what each person felt worst and best there, beside the mean."""

from __future__ import annotations

from verite.loop.map import lay, shipped_design
from verite.words.asked import Filters
from verite.words.estimate import Status

SCORED = {"scale_min": 0, "scale_max": 10}


def log_of(scores: list[list[float]]) -> list[dict[str, object]]:
    return [
        {"who": f"p{i:02d}", "day": day, "touchpoint": "booking", "score": score, **SCORED}
        for i, given in enumerate(scores)
        for day, score in enumerate(given)
    ]


def before(timeline_of, about_day, scores: list[list[float]]):
    picture = lay(
        timeline_of(log_of(scores)), shipped_design("service"), case="person", where=Filters(),
        about=about_day(90),
    )  # fmt: skip
    return picture.feelings[0]


def test_the_worst_and_the_best_of_each_person_are_averaged(timeline_of, about_day) -> None:
    """Half scored 10, 0 and 5; half 5 alone: means 0, worst −½, best ½ on [−1, 1]."""
    felt = before(timeline_of, about_day, [[10, 0, 5], [5]] * 20)
    assert (felt.feeling.value, felt.feeling.n) == (0.0, 80)
    assert (felt.worst.value, felt.worst.n, felt.worst.people) == (-0.5, 40, 40)
    assert (felt.best.value, felt.best.n) == (0.5, 40)
    assert felt.worst.low < -0.5 < felt.worst.high
    assert felt.worst.high - felt.worst.low < 0.5


def test_one_answer_each_is_its_own_peak(timeline_of, about_day) -> None:
    felt = before(timeline_of, about_day, [[3], [8]] * 20)
    assert felt.worst == felt.best
    assert felt.worst.value == felt.feeling.value


def test_few_people_show_bounds_only_whatever_they_answered(timeline_of, about_day) -> None:
    felt = before(timeline_of, about_day, [[1, 9, 5, 7]] * 12)
    assert felt.feeling.status is Status.OK  # 48 answers
    assert (felt.worst.status, felt.worst.value) == (Status.FEW, None)
    assert before(timeline_of, about_day, [[1, 9]] * 4).best.status is Status.HIDDEN
