"""The outcome as it is at four levels of experience: people counted, the small-n rule kept."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from verite.loop.moments.answers import Answers
from verite.loop.moments.curves import average, people_of
from verite.loop.moments.model import Model
from verite.loop.moments.port import Floats, Mask
from verite.stats.intervals import LEVEL, Interval, student_quantile
from verite.stats.promoters import Stances, adjusted_wald
from verite.stats.shares import wilson
from verite.stats.withholding import withhold_breakdown
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.moments import Bin, Ranged

EDGES: Final = (0.0, 2.5, 5.0, 7.5, 10.0)
WHOLE: Final = 100.0  # the end of the scale of shares, and of an NPS on both sides


def bins_of(model: Model, place: int) -> tuple[Bin, ...]:
    """The mean outcome of people at four levels of experience. From 5 to 29 people the bounds
    only, under 5 nothing, and one more level where that one could be had by subtraction."""
    level, ends, found = model.touchpoints[place].level, tuple(pairwise(EDGES)), []
    for low, high in ends:
        with np.errstate(invalid="ignore"):
            within = (level >= low) & ((level < high) | (high == EDGES[-1]))
        found.append(_mean(model.answers, within))
    return tuple(
        Bin(low=low, high=high, mean=mean)
        for (low, high), mean in zip(ends, withhold_breakdown(found), strict=True)
    )


def _mean(answers: Answers, lines: Mask) -> Estimate:
    people = people_of(answers.person[lines])
    told = (
        average(answers.y[lines], answers.weight[lines], answers.person[lines]) if people else None
    )
    bounds = Interval(None, None) if told is None else _bounds(answers, lines, told)
    return Estimate(
        value=None if told is None else told.value, low=bounds.low, high=bounds.high,
        n=people, people=people, unit=answers.unit, better=Better.HIGHER,
        method="mean_clustered", status=Status.UNKNOWN if told is None else Status.OK,
    )  # fmt: skip


def _bounds(answers: Answers, lines: Mask, told: Ranged) -> Interval:
    """Student's, clustered by person; of shares and of an NPS those that never collapse (Wilson
    1927, Rocks 2016), on as many answers as clustering leaves."""
    if answers.unit not in {Unit.PERCENT, Unit.NPS}:
        return Interval(told.low, told.high)
    y, weight = answers.y[lines] / WHOLE, answers.weight[lines] / answers.weight[lines].sum()
    people = people_of(answers.person[lines])
    worth = _worth(y, weight, (told, people))
    if answers.unit is Unit.PERCENT:
        quantile = student_quantile(LEVEL, max(people - 1, 1))
        return wilson(float(weight @ y), worth, quantile).times(WHOLE)
    low, high = float(weight @ (y < 0)), float(weight @ (y > 0))
    counts = Stances(worth * low, worth * (1.0 - low - high), worth * high)
    return adjusted_wald(counts).times(WHOLE)


def _worth(y: Floats, weight: Floats, told: tuple[Ranged, int]) -> float:
    """How many independent answers would be as sure; as many as people where all say the same."""
    mean, people = told
    spread = float(weight @ (y - weight @ y) ** 2)
    half = (mean.high - mean.low) / 2.0 / WHOLE / student_quantile(LEVEL, max(people - 1, 1))
    if spread <= 0.0 or half <= 0.0:
        return float(people)
    return min(spread / half**2, float(len(y)))
