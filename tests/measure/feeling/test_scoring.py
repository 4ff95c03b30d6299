"""The score of one person: where they stand, what the model knows of it, what stays written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from verite.measure import Definitions
from verite.measure.feeling.fitting import fit_feeling
from verite.measure.feeling.now import run_of
from verite.measure.feeling.scoring import feeling_now
from verite.measure.feeling.writing import read_model, write_model
from verite.words.errors import BadInput
from verite.words.feeling import FeelingAsked, FeelingModel

YEAR_US = 365 * 86_400_000_000
RowsOf = Callable[[list[dict[str, object]]], Any]


@pytest.fixture(scope="module")
def columns(world: Callable[..., Any], law: Any) -> Any:
    return world(law(people=800, level=-4.2))


@pytest.fixture(scope="module")
def model(columns: Any) -> FeelingModel:
    found = fit_feeling(columns, Definitions(), FeelingAsked(), YEAR_US)
    return replace(found, calibrated=True)


def score(columns: Any, person: int, model: FeelingModel | None) -> Any:
    return feeling_now(run_of(columns, Definitions(), person, YEAR_US), Definitions(), model)


def test_a_score_stands_inside_its_interval_with_its_risk(columns: Any, model: Any) -> None:
    found = score(columns, 3, model)
    assert found.calibrated
    assert 0 <= found.low <= found.value <= found.high <= 100
    assert found.risk[1] <= found.risk[0] <= found.risk[2]
    assert (found.model, found.outcome, found.days) == (model.version, "churn", 30)


def test_whoever_is_more_at_risk_has_the_lower_score(columns: Any, model: Any) -> None:
    people = [score(columns, person, model) for person in range(40)]
    by_risk = sorted((now for now in people if now.n), key=lambda now: now.risk[0])
    assert len(by_risk) > 20
    values = [now.value for now in by_risk]
    assert values == sorted(values, reverse=True)


def test_the_average_customer_stands_at_fifty(model: Any) -> None:
    frozen = model.frozen
    assert 100 / (1 + np.exp(frozen.reference - frozen.reference)) == 50
    assert frozen.reference < 0


def test_the_course_ends_where_the_last_contact_left_it(columns: Any, model: Any) -> None:
    found = score(columns, 3, model)
    assert len(found.course) == found.n
    times = [at for at, *_ in found.course]
    assert times == sorted(times)
    assert all(low <= value <= high for _, value, low, high in found.course)


def test_a_model_that_does_not_hold_gives_the_plain_mean(columns: Any, model: Any) -> None:
    beaten = replace(model, calibrated=False, reason="beaten_by:plain_mean")
    found, plain = score(columns, 3, beaten), score(columns, 3, None)
    assert found == plain
    assert not found.calibrated
    assert found.risk is None
    assert found.model is None


def test_what_is_remembered_is_the_worst_the_best_and_the_last(rows_of: RowsOf) -> None:
    said = {"person": 0, "kind": "feedback", "scale_min": 0, "scale_max": 10}
    rows = rows_of([{**said, "day": 1, "score": 0}, {**said, "day": 2, "score": 9},
                    {**said, "day": 3, "score": 4}])  # fmt: skip
    found = score(rows, 0, None)
    assert (found.worst.feeling, found.best.feeling, found.last.feeling) == (-1.0, 0.8, -0.2)


def test_nobody_who_was_only_pleased_has_a_worst_moment(rows_of: RowsOf) -> None:
    said = {"person": 0, "day": 1, "kind": "feedback", "scale_min": 0, "scale_max": 10, "score": 9}
    found = score(rows_of([said]), 0, None)
    assert found.worst is None
    assert found.best is not None


def test_without_any_feeling_nothing_is_said(rows_of: RowsOf) -> None:
    found = score(rows_of([{"person": 0, "day": 1, "kind": "visit"}]), 0, None)
    assert (found.value, found.low, found.high, found.n) == (None, None, None, 0)
    assert found.last is None


def test_without_any_feeling_a_model_says_nothing_either(rows_of: RowsOf, model: Any) -> None:
    found = score(rows_of([{"person": 0, "day": 1, "kind": "visit"}]), 0, model)
    assert (found.value, found.low, found.high, found.n) == (None, None, None, 0)
    assert (found.calibrated, found.model, found.risk, found.course) == (False, None, None, ())


def test_a_model_written_and_read_is_the_same_to_the_last_digit(model: Any) -> None:
    assert read_model(write_model(model)) == model


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "f0"}'])
def test_a_model_that_is_not_whole_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="bad_feeling_model"):
        read_model(text)


def test_too_short_a_year_is_refused_with_what_is_needed(columns: Any) -> None:
    with pytest.raises(BadInput) as refused:
        fit_feeling(columns, Definitions(), FeelingAsked(days=300), YEAR_US)
    assert refused.value.code == "feeling_too_short"
    assert refused.value.fields["needed"] == "28"


def test_too_few_losses_are_refused_with_their_number(world: Any, law: Any) -> None:
    with pytest.raises(BadInput) as refused:
        fit_feeling(world(law(people=150)), Definitions(), FeelingAsked(), YEAR_US)
    assert refused.value.code == "feeling_too_few"
    assert int(refused.value.fields["events"]) < 100
