"""Times: compared on a log scale, where a ratio is a ratio however long; open ones never dropped.

Inside, an answer is −log seconds (high is good, as of scores); what is told is turned back: effects
and gaps as ratios of times, levels in seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import exp
from typing import Final

import numpy as np

from verite.measure.cases import resolution
from verite.measure.contacts import OURS, handling_time, is_one_of
from verite.measure.identical.arrays import Floats, Ints
from verite.measure.samples import Sample
from verite.measure.study import Question
from verite.stats.intervals import LEVEL, normal_quantile
from verite.words.errors import BadInput, WrongUse
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.feeling import Bounded
from verite.words.identical import Cell, Contrast, Identical, LevelUp, Times

DURATIONS: Final = ("wait", "handling_time", "resolution")
RATIO: Final = 1.25  # two times are the same when neither is a quarter longer
SHORTEST: Final = 1.0  # second: shorter ones count as that
OPEN_AT_MOST: Final = 0.5  # of the times may not have ended
_GROUPS: Final = 20  # of people, each left out in turn


def sample_of_times(asked: Question, metric: str) -> Sample:
    """The times of a metric within the question, in the order of people; `ended` where some have
    not ended yet."""
    sample = {"wait": _waits, "handling_time": handling_time, "resolution": resolution}[metric](
        asked
    )
    sample = sample.only(asked.study.timeline.rows_of(asked.where)[sample.rows])
    found = sample.only(np.argsort(sample.rows, kind="stable"))
    if found.ended is not None and len(found.y) and float(np.mean(~found.ended)) > OPEN_AT_MOST:
        fields = {"metric": metric, "open": round(100 * float(np.mean(~found.ended)))}
        raise BadInput("identical_open", fields=fields)
    return found


def _waits(asked: Question) -> Sample:
    """Seconds waited, those who gave up included: they waited too."""
    timeline = asked.study.timeline
    seconds = timeline.numbers("wait_s")
    held = ~np.isnan(seconds) & ~is_one_of(timeline, "direction", OURS)
    held &= ~is_one_of(timeline, "channel", asked.study.definitions.bot_channels)
    rows = np.flatnonzero(held)
    return Sample(rows, seconds[rows])


def as_scores(seconds: Floats) -> Floats:
    """−log of the seconds."""
    return np.asarray(-np.log(np.maximum(seconds, SHORTEST)))


def ratio_asked(asked: float | None) -> float:
    """The ratio within which two times count as the same; above 1."""
    if asked is not None and asked <= 1:
        raise WrongUse("identical_ratio", fields={"delta": asked})
    return RATIO if asked is None else asked


def times_of(y: Floats, people: Ints, waiting: int) -> Times:
    """How times spread: the standard deviation of their logarithm, and the ninth decile over the
    median; bounds by leaving out a twentieth of the people in turn (jackknife)."""
    groups = np.unique(people, return_inverse=True)[1].reshape(-1) % _GROUPS
    whole = _spread(-y)
    parts = np.array([_spread(-y[groups != one]) for one in np.unique(groups)])
    many = len(parts)
    centre = parts.mean(axis=0)
    errors = np.sqrt((many - 1) / many * ((parts - centre) ** 2).sum(axis=0))
    half = normal_quantile(LEVEL) * errors
    return Times(
        deviation=Bounded(
            value=float(whole[0]), low=max(float(whole[0] - half[0]), 0.0),
            high=float(whole[0] + half[0]),
        ),
        tail=Bounded(
            value=exp(whole[1]), low=max(exp(whole[1] - half[1]), 1.0), high=exp(whole[1] + half[1])
        ),
        open=waiting,
    )  # fmt: skip


def _spread(logs: Floats) -> Floats:
    middle, ninth = np.quantile(logs, (0.5, 0.9))
    return np.array([logs.std(ddof=1), ninth - middle])


def in_times(found: Identical, ratio: float, times: Times) -> Identical:
    """The result as told: effects and the gap as ratios of times, levels in seconds.

    The deviation between stays that of the logarithm.
    """
    gap = found.gap
    return replace(
        found, unit=Unit.SECONDS, better=Better.LOWER, delta=ratio, times=times,
        lowest=exp(-found.highest), highest=exp(-found.lowest),
        mean=_turned(found.mean, Unit.SECONDS),
        gap=Bounded(value=_exp(gap.value), low=_exp(gap.low), high=_exp(gap.high)),
        cells=_cells(found.cells), map_cells=_cells(found.map_cells),
        contrasts=tuple(_contrast(one) for one in found.contrasts),
        target=_exp(found.target, -1), level_up=_level_up(found.level_up),
    )  # fmt: skip


def _cells(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(
        replace(
            one, effect=_turned(one.effect, Unit.RATIO), level=_exp(one.level, -1),
            target=_exp(one.target, -1),
        )
        for one in cells
    )  # fmt: skip


def _contrast(one: Contrast) -> Contrast:
    return replace(one, difference=_turned(one.difference, Unit.RATIO))


def _turned(one: Estimate, unit: Unit) -> Estimate:
    """exp(−x): the lower bound becomes the upper one; low is good."""
    if one.status is Status.HIDDEN:
        return replace(one, unit=unit, better=Better.LOWER)
    return replace(
        one, unit=unit, better=Better.LOWER, value=_exp(one.value, -1), low=_exp(one.high, -1),
        high=_exp(one.low, -1),
    )  # fmt: skip


def _level_up(one: LevelUp | None) -> LevelUp | None:
    if one is None:
        return None
    return replace(
        one, mean_now=exp(-one.mean_now), mean=exp(-one.mean), mean_low=_exp(one.mean_high, -1),
        mean_high=_exp(one.mean_low, -1),
    )  # fmt: skip


def _exp(x: float | None, sign: int = 1) -> float | None:
    return None if x is None else exp(sign * x)
