"""Features of a person at a date: what they are, and that nothing later is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.measure import Definitions
from verite.measure.feeling.features import Asked, Features, read_features
from verite.measure.feeling.traces import persons_of_rows, trace

RowsOf = Callable[[list[dict[str, object]]], Any]
DAY_US = 86_400_000_000
ALL = (
    "bad",
    "good",
    "mean",
    "plain_mean",
    "worst",
    "best",
    "end",
    "felt",
    "last_score",
    "often",
    "has_score",
    "days_since",
    "money",
    "log_wait",
    "open_issue",
    "repeats",
    "retold",
)


def features(rows: Any, days: list[float], half_lives: tuple[float, ...] = (10.0,)) -> Features:
    traces = trace(rows, Definitions(), slice(0, rows.rows), persons_of_rows(rows))
    people = rows.people
    asked = Asked(
        first=np.repeat(np.asarray(rows.starts[:-1]), len(days)),
        last=np.repeat(np.asarray(rows.starts[1:]), len(days)),
        at=np.tile(np.array([round(day * DAY_US) for day in days]), people),
    )
    return read_features(traces, traces.weight, asked, half_lives)


def answer(day: float, score: float, person: int = 0) -> dict[str, object]:
    return {"person": person, "day": day, "kind": "feedback", "score": score, "scale_min": 0,
            "scale_max": 10}  # fmt: skip


def test_what_a_contact_left_halves_in_each_half_life(rows_of: RowsOf) -> None:
    found = features(rows_of([answer(0, 10), answer(0.5, 0)]), [10.5, 20.5], (10.0, 5.0))
    assert found.column("good", 0) == pytest.approx([2**-1.05, 2**-2.05])
    assert found.column("bad", 0) == pytest.approx([0.5, 0.25])
    assert found.column("bad", 1) == pytest.approx([0.25, 0.0625])


def test_the_recent_mean_does_not_fade_while_nothing_happens(rows_of: RowsOf) -> None:
    found = features(rows_of([answer(0, 10), answer(0.5, 5)]), [1, 100])
    mean = found.column("mean")
    assert mean[0] == pytest.approx(mean[1])


def test_peaks_end_and_last_score_are_remembered(rows_of: RowsOf) -> None:
    rows = rows_of([answer(1, 0), answer(2, 9), answer(3, 7)])
    found = features(rows, [4])
    values = [float(found.column(name)[0]) for name in ("worst", "best", "end", "last_score")]
    assert values == pytest.approx([1.0, 0.8, 0.4, 0.4])


def test_efforts_are_counted_over_ninety_days(rows_of: RowsOf) -> None:
    contact = {"person": 0, "kind": "contact", "channel": "phone", "motive": "m", "agent": "A",
               "outcome": "resolved", "wait_s": 60.0}  # fmt: skip
    rows = rows_of([{**contact, "day": 1}, {**contact, "day": 2}])
    found = features(rows, [3, 91.5, 93])
    assert found.column("repeats").tolist() == [1, 1, 0]
    assert found.column("log_wait") == pytest.approx([np.log1p(2), np.log1p(1), 0])


def test_nobody_reads_the_rows_of_another(rows_of: RowsOf) -> None:
    together = features(rows_of([answer(1, 0), answer(1, 10, person=1)]), [2])
    assert together.column("bad").tolist() == [pytest.approx(2**-0.1), 0.0]
    assert together.column("end").tolist() == [-1.0, 1.0]


contacts = st.lists(
    st.tuples(st.integers(0, 80), st.sampled_from(["resolved", "unresolved", "abandoned"]),
              st.sampled_from(["phone", "chat"]), st.sampled_from(["A", "B"]),
              st.one_of(st.none(), st.integers(0, 10))),
    min_size=1, max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(lived=contacts, later=contacts)
def test_nothing_after_the_date_is_read(
    rows_of: RowsOf, lived: list[Any], later: list[Any]
) -> None:
    """Whatever comes after day 81 changes no feature of day 81."""

    def rows(told: list[Any], after: float) -> list[dict[str, object]]:
        made: list[dict[str, object]] = []
        for place, (day, outcome, channel, agent, score) in enumerate(told):
            said = {} if score is None else {"score": score, "scale_min": 0, "scale_max": 10}
            made.append({"person": 0, "day": day + after + place / 1000, "kind": "contact",
                         "outcome": outcome, "channel": channel, "agent": agent, "motive": "m",
                         "case_id": "c", "wait_s": 30.0, "score": np.nan, "scale_min": np.nan,
                         "scale_max": np.nan, "polarity": "", "value": 2.0, **said})  # fmt: skip
        return made

    before = features(rows_of(rows(lived, 0)), [81])
    told = features(rows_of(rows(lived, 0) + rows(later, 81.5)), [81])
    for name in ALL:
        assert before.column(name) == pytest.approx(told.column(name)), name
