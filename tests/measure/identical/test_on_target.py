"""On target or not is read on the interval of the level, the mean's own uncertainty included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from verite.measure import Study
from verite.measure.identical import identical
from verite.measure.identical.wanted import aimed
from verite.words.identical import Identical, IdenticalAsked
from verite.words.measured import Target

StudyOf = Callable[..., Study]
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def drawn(seed: int) -> list[dict[str, Any]]:
    """960 answers of mean 6 everywhere, 900 of them of one channel; nothing else varies."""
    scores = np.random.default_rng(seed).normal(6.0, 1.5, 960)
    return [
        {
            "person": f"p{k:03}", "at": AT + timedelta(minutes=k), "kind": "feedback",
            "metric": "ease", "score": float(score), "scale_min": 0.0, "scale_max": 10.0,
            "channel": "phone" if k < 900 else "chat" if k < 930 else "email",
        }
        for k, score in enumerate(scores)
    ]  # fmt: skip


def asked(study: Study) -> Identical:
    wish = Target(touchpoint=None, metric="ease", target=6.0)
    return identical(study, IdenticalAsked(metric="ease", over=("channel",)), wishes=(wish,))


def test_a_level_that_equals_its_target_is_seldom_told_apart_from_it(study_of: StudyOf) -> None:
    """At 90 %, some 3 of 30; read on the distance alone, 20 of 30."""
    judged = [
        one.on_target
        for seed in range(30)
        for one in asked(study_of(drawn(seed))).cells
        if one.by[0].value == "phone"
    ]
    assert len(judged) == 30
    assert sum(one is not None for one in judged) <= 6


def test_a_level_is_on_target_only_when_its_whole_interval_is(study_of: StudyOf) -> None:
    """A level of 6 known within 0.5."""
    plain = next(c for c in asked(study_of(drawn(1))).cells if c.by[0].value == "phone")
    one = replace(plain, level=6.0)
    told = [aimed(one, target, 0.5).on_target for target in (5.49, 5.51, 6.49, 6.51)]
    assert told == [True, None, None, False]


def repeated(seed: int) -> list[dict[str, Any]]:
    """Six channels at 6, twenty people each who stay there and answer ten times, people differing
    by 1.5 points: mean and distances rest on the same people."""
    chance = np.random.default_rng(seed)
    own = chance.normal(0, 1.5, 120)
    return [
        row | {
            "person": f"p{k // 10:03}", "score": float(6 + own[k // 10] + chance.normal(0, 1)),
            "channel": f"c{k // 200}",
        }
        for k, row in enumerate(drawn(seed) + drawn(seed)[:240])
    ]  # fmt: skip


def test_where_people_repeat_a_level_at_its_target_is_seldom_told_apart_from_it(
    study_of: StudyOf,
) -> None:
    """At 90 %, some 10 of 100 at most; as if answers were apart, more than half."""
    told = [
        one.on_target is not None
        for seed in range(20)
        for one in asked(study_of(repeated(seed))).cells
    ]
    assert len(told) == 120
    assert sum(told) <= 20


@pytest.mark.parametrize("target", [5.0, 7.0])
def test_a_target_far_from_the_level_is_still_told(study_of: StudyOf, target: float) -> None:
    wish = Target(touchpoint=None, metric="ease", target=target)
    found = identical(
        study_of(drawn(2)), IdenticalAsked(metric="ease", over=("channel",)), wishes=(wish,)
    )
    phone = next(one for one in found.cells if one.by[0].value == "phone")
    assert phone.on_target is (target < 6)
