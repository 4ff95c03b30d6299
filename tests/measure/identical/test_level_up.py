"""The mean after levelling up bears an interval that covers what it would be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verite.measure import Study
from verite.measure.identical import identical
from verite.words.identical import IdenticalAsked
from verite.words.measured import Target

Made = Callable[..., list[dict[str, Any]]]
StudyOf = Callable[..., Study]
AIM = 4.8


def truth(rows: list[dict[str, Any]], raised: set[tuple[str, str]]) -> float:
    """What the mean would be, were these squares at the aim: chat is 0.8 lower, outages 3."""
    chat = np.array([row["channel"] == "chat" for row in rows])
    outage = np.array([row["motive"] == "outage" for row in rows])
    expected = 6.0 - 3.0 * outage - 0.8 * chat
    up = np.array([(row["motive"], row["channel"]) in raised for row in rows])
    level = expected.mean() - 0.8 * (chat - chat.mean())
    return float((expected + np.where(up, AIM - level, 0.0)).mean())


def test_the_interval_of_the_mean_covers_what_it_would_be(study_of: StudyOf, made: Made) -> None:
    """95 % nominal over 30 draws: fewer than 25 would come once in a hundred."""
    held, wide = 0, []
    for seed in range(30):
        rows = made(400, seed=seed, noise=1.2)
        wish = Target(touchpoint=None, metric="ease", target=AIM)
        found = identical(
            study_of(rows), IdenticalAsked(metric="ease", over=("channel",)), wishes=(wish,)
        )
        up = found.level_up
        assert up is not None
        raised = {
            (one.by[0].value, one.by[1].value)
            for one in found.map_cells
            if one.level is not None and one.level < AIM
        }
        assert up.raised == len(raised)
        held += (up.mean_low or 0) <= truth(rows, raised) <= (up.mean_high or 0)
        wide.append((up.mean_high or 0) - (up.mean_low or 0))
        plain = (found.mean.high or 0) - (found.mean.low or 0)
        assert wide[-1] < 1.3 * plain
    assert held >= 25


def test_with_nothing_to_raise_the_interval_is_that_of_the_mean(
    study_of: StudyOf, made: Made
) -> None:
    wish = Target(touchpoint=None, metric="ease", target=0.5)
    found = identical(
        study_of(made(600)), IdenticalAsked(metric="ease", over=("channel",)), wishes=(wish,)
    )
    up = found.level_up
    assert up is not None
    assert up.raised == 0
    assert (up.mean_low, up.mean_high) == pytest.approx((found.mean.low, found.mean.high))
