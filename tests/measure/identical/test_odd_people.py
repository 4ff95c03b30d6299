"""Odd ways of answering several times: each gives an answer, none a wrong certainty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from verite.measure import Study
from verite.measure.identical import identical
from verite.measure.identical.modelling import WIDE
from verite.words.identical import Alike, Identical, IdenticalAsked

Made = Callable[..., list[dict[str, Any]]]
StudyOf = Callable[..., Study]


def ask(study: Study, *over: str) -> Identical:
    return identical(study, IdenticalAsked(metric="ease", over=over))


def test_a_few_who_answer_twice_change_hardly_anything(study_of: StudyOf, made: Made) -> None:
    rows = made(600)
    few = [row | {"person": f"p{max(k, 20)}"} for k, row in enumerate(rows)]
    plain, told = (ask(study_of(one), "channel", "team").index for one in (rows, few))
    assert told.value == pytest.approx(plain.value or 0, abs=4)


def test_people_who_always_say_the_same_count_once(study_of: StudyOf, made: Made) -> None:
    """Ten copies of each answer: no more is known than from one."""
    once = [row | {"person": f"q{k}"} for k, row in enumerate(made(120))]
    ten = [row for row in once for _ in range(10)]
    plain, told = (ask(study_of(rows), "team").sigma_between for rows in (once, ten))
    assert told.low == pytest.approx(plain.low or 0, abs=0.05)
    assert told.high == pytest.approx(plain.high or 0, rel=0.1)


def test_teams_of_one_person_each_are_never_told_to_differ(study_of: StudyOf, made: Made) -> None:
    """Is it the team or the person? The data cannot tell: nothing is called different."""
    rows = [
        row | {"person": row["team"], "score": (7.0 if row["team"] < "t2" else 5.0) + k % 3 / 2}
        for k, row in enumerate(made(600, chat=0.0))
    ]
    found = ask(study_of([row | {"motive": None, "touchpoint": None} for row in rows]), "team")
    assert found.sigma_between.low == 0.0
    assert Alike.DIFFERENT not in {one.alike for one in found.cells}


def test_many_weeks_and_people_who_repeat_are_taken_out_beforehand(
    study_of: StudyOf, made: Made
) -> None:
    """More units than are carried beside people at every step: the same verdicts all the same."""
    rows = [
        row | {"site": f"s{k % (WIDE + 20):03}", "person": f"p{k // 4}"}
        for k, row in enumerate(made(2400))
    ]
    study = study_of(rows)
    many, few = ask(study, "channel", "site"), ask(study, "channel")
    assert many.sigma_between.value == pytest.approx(few.sigma_between.value or 0, rel=0.25)
    chat = next(one for one in many.cells if one.by[0].value == "chat")
    assert chat.alike is Alike.DIFFERENT
