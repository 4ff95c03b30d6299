"""What one contact leaves: what was said of it, else how it ended and how long it made wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verite.measure import Definitions
from verite.measure.feeling.valence import feel

RowsOf = Callable[[list[dict[str, object]]], Any]
CONTACT = {"person": 0, "day": 1, "kind": "contact", "channel": "phone"}


def felt(rows: Any) -> list[float]:
    everything = slice(0, rows.rows)
    found = feel(rows, Definitions(), everything, rows.person).valence
    return [round(float(value), 3) for value in found]


@pytest.mark.parametrize(
    ("score", "low", "high", "polarity", "expected"),
    [
        (10, 0, 10, "good_high", 1.0),
        (6, 0, 10, "good_high", 0.2),
        (1, 1, 5, "good_high", -1.0),
        (5, 1, 5, "good_low", -1.0),
        (4, 1, 7, "", 0.0),
    ],
)
def test_a_score_is_turned_and_brought_to_one_scale(
    rows_of: RowsOf, score: int, low: int, high: int, polarity: str, expected: float
) -> None:
    row = {"person": 0, "day": 1, "kind": "feedback", "score": score, "scale_min": low,
           "scale_max": high, "polarity": polarity}  # fmt: skip
    assert felt(rows_of([row])) == [expected]


def test_without_a_score_the_ending_speaks(rows_of: RowsOf) -> None:
    rows = rows_of(
        [
            {**CONTACT, "outcome": outcome, "day": day}
            for day, outcome in enumerate(("resolved", "unresolved", "abandoned"))
        ]
    )
    assert felt(rows) == [0.4, -0.5, -0.6]


def test_a_score_speaks_louder_than_the_ending(rows_of: RowsOf) -> None:
    row = {**CONTACT, "outcome": "unresolved", "score": 5, "scale_min": 1, "scale_max": 5}
    assert felt(rows_of([row])) == [1.0]


def test_each_tenfold_of_the_wait_promised_costs_a_fifth(rows_of: RowsOf) -> None:
    rows = rows_of([{**CONTACT, "outcome": "resolved", "wait_s": 180.0}])  # 20 s promised
    assert felt(rows) == [0.2]


def test_a_bot_that_passes_on_leaves_nothing(rows_of: RowsOf) -> None:
    rows = rows_of([{**CONTACT, "channel": "bot", "outcome": "transferred"}])
    assert np.isnan(felt(rows)[0])


@pytest.mark.parametrize("kind", ["visit", "exposure", "use", "other"])
def test_what_nobody_feels_leaves_nothing(rows_of: RowsOf, kind: str) -> None:
    rows = rows_of([{"person": 0, "day": 1, "kind": kind, "outcome": "done"}])
    assert np.isnan(felt(rows)[0])


def test_a_complaint_is_bad_whatever_became_of_it(rows_of: RowsOf) -> None:
    rows = rows_of([{"person": 0, "day": 1, "kind": "complaint", "outcome": "resolved"}])
    assert felt(rows) == [-0.7]


def test_answers_given_together_are_one_voice(rows_of: RowsOf) -> None:
    answer = {"kind": "feedback", "score": 5, "scale_min": 1, "scale_max": 5}
    rows = rows_of([
        {**answer, "person": 0, "day": 1.0}, {**answer, "person": 0, "day": 1.01},
        {**answer, "person": 0, "day": 2.0}, {**answer, "person": 1, "day": 2.01},
    ])  # fmt: skip
    found = feel(rows, Definitions(), slice(0, 4), rows.person)
    assert found.weight.tolist() == [0.5, 0.5, 1.0, 1.0]
