"""Which answers are compared, on which scale, and what each is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from verite.measure import Study
from verite.measure.identical.answers import read_answers
from verite.measure.study import EVERYTHING, question
from verite.words.errors import BadInput

Row = dict[str, Any]
StudyOf = Callable[..., Study]
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def lived(person: str, **more: Any) -> list[Row]:
    """A call at nine in a case, and a survey two days later that only knows the case."""
    call = {
        "person": person, "at": NINE, "kind": "contact", "channel": "phone", "team": "north",
        "touchpoint": "phone_agent", "case_id": person, "motive": "outage",
    }  # fmt: skip
    survey = {
        "person": person, "at": NINE + timedelta(days=2, hours=5), "kind": "feedback",
        "channel": "email", "metric": "csat", "score": 4.0, "scale_min": 1.0, "scale_max": 5.0,
        "case_id": person,
    }  # fmt: skip
    return [call, survey | more]


def read(study: Study, metric: str = "csat") -> Any:
    return read_answers(question(study, EVERYTHING), metric)


def everyone(**more: Any) -> list[Row]:
    return [row for k in range(40) for row in lived(f"p{k:02d}", **more)]


def test_an_answer_bears_what_the_contact_of_its_case_was(study_of: StudyOf) -> None:
    """The survey came by e-mail; the contact that it is about was a call to team north at nine."""
    answers = read(study_of(everyone()))
    for dimension, value in (
        ("channel", "phone"), ("team", "north"), ("motive", "outage"), ("hour", "09"),
    ):  # fmt: skip
        codes, labels = answers.coded(dimension)
        assert (labels, set(codes.tolist())) == ((value,), {0}), dimension


def test_an_answer_that_names_its_own_contact_keeps_it(study_of: StudyOf) -> None:
    rows = everyone(touchpoint="chat", channel="chat", team="south")
    answers = read(study_of(rows))
    assert answers.coded("channel")[1] == ("chat",)
    assert answers.coded("team")[1] == ("south",)


def test_an_answer_without_a_case_has_no_hour(study_of: StudyOf) -> None:
    answers = read(study_of(everyone(case_id=None)))
    assert answers.coded("hour")[1] == ()
    assert answers.coded("week")[1] == ("2026-03-02",)
    assert answers.coded("channel")[1] == ("email",)


def test_low_is_turned_where_low_is_good(study_of: StudyOf) -> None:
    answers = read(study_of(everyone(polarity="good_low")))
    assert set(answers.y.tolist()) == {2.0}


def test_only_the_scale_with_most_answers_is_read(study_of: StudyOf) -> None:
    others = [row for k in range(7) for row in lived(f"q{k}", scale_max=7.0)]
    answers = read(study_of(everyone() + others))
    assert answers.scale == (1.0, 5.0)
    assert answers.left_out == (("1-7", 7),)
    assert len(answers.y) == 40


def test_nps_after_a_contact_and_about_the_brand_do_not_pool(study_of: StudyOf) -> None:
    scale = {"metric": "nps", "scale_min": 0.0, "scale_max": 10.0}
    brand = [row for k in range(30) for row in lived(f"b{k}", **scale)]
    contact = everyone(**scale, touchpoint="phone_agent", channel="phone")
    answers = read(study_of(contact + brand), "nps")
    assert (len(answers.y), answers.nps_kind) == (40, "transactional")
    assert len(read(study_of(contact + brand), "nps_relational").y) == 30


def test_three_persons_are_too_few_however_much_they_answer(study_of: StudyOf) -> None:
    rows = [row | {"person": f"p{k % 3}"} for k, row in enumerate(everyone())]
    with pytest.raises(BadInput, match="identical_too_few"):
        read(study_of(rows))


def test_scores_stay_what_they_are(study_of: StudyOf) -> None:
    assert np.array_equal(read(study_of(everyone())).y, np.full(40, 4.0))
