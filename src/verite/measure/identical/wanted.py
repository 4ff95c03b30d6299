"""Targets beside the index: on the scale of the answers; and what raising the rest would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Final

import numpy as np

from verite.measure.identical.answers import Answers
from verite.stats.answering import mean_at
from verite.stats.equivalence import TEST_LEVEL
from verite.stats.intervals import normal_quantile
from verite.words.asked import Filters
from verite.words.estimate import Estimate, Status
from verite.words.identical import Alike, Cell
from verite.words.measured import Target

_ANSWERS_TO: Final = {
    "nps": ("nps",), "nps_transactional": ("nps",), "nps_relational": ("nps",),
    "csat": ("csat", "csat_mean"), "csat_mean": ("csat_mean", "csat"),
    "ces": ("ces", "ces_mean"), "ces_mean": ("ces_mean", "ces"),
}  # fmt: skip


def target_for(
    answers: Answers, metric: str, wishes: Sequence[Target], touchpoint: str | None
) -> float | None:
    """The target of a touchpoint, else of everything, as a mean of the answers' scale.

    A target in NPS points or in a share of good answers is turned into the mean at which all the
    answers, moved as a whole, would reach it.
    """
    for name in _ANSWERS_TO.get(metric, (metric,)):
        for place in dict.fromkeys((touchpoint, None)):
            for wish in wishes:
                if wish.metric == name and wish.touchpoint == place:
                    return _on_scale(answers, name, wish.target)
    return None


def touchpoint_of(where: Filters) -> str | None:
    """The one touchpoint that a question is about."""
    return where.touchpoints[0] if len(where.touchpoints) == 1 else None


def _on_scale(answers: Answers, name: str, target: float) -> float:
    values, counts = np.unique(answers.y, return_counts=True)
    if name == "nps":
        worth = np.where(values >= 9, 100.0, np.where(values <= 6, -100.0, 0.0))
    elif name in ("csat", "ces"):
        worth = np.where(values >= (5.0 if answers.scale[1] == 7 else 4.0), 100.0, 0.0)
    else:
        return target
    return mean_at(values.tolist(), counts.tolist(), worth.tolist(), target)


def room_of(mean: Estimate) -> float:
    """How far the mean answer may be off, at the level that verdicts are read on: half a width.

    >>> from verite.words.estimate import Estimate, Unit
    >>> seen = Estimate(value=6.0, low=5.902, high=6.098, n=900, unit=Unit.SCORE, method="t")
    >>> round(room_of(seen), 3)  # ±1.96 standard errors are ±1.645
    0.082
    """
    half = ((mean.high or 0.0) - (mean.low or 0.0)) / 2.0
    return half * normal_quantile(TEST_LEVEL) / normal_quantile(mean.level)


def aimed(cell: Cell, target: float | None, room: float) -> Cell:
    """The cell with its target: on it or not only when its whole interval stands on that side.

    The level is mean + distance: its half-width is √(room² + the distance's²), `room` that of the
    mean. The two are uncorrelated: least squares leave the mean answer at right angles to every
    distance from it.
    """
    if target is None:
        return cell
    told = cell.level is not None and cell.effect.status is Status.OK
    if not told or cell.level is None:
        return replace(cell, target=target)
    half = hypot(((cell.effect.high or 0.0) - (cell.effect.low or 0.0)) / 2.0, room)
    over, under = cell.level - half >= target, cell.level + half < target
    return replace(cell, target=target, on_target=True if over else False if under else None)


@dataclass(frozen=True, slots=True)
class OnTarget:
    """Of the judged cells, the share proven both identical and on target, and the share that the
    data do not rule out."""

    proven: float | None
    possible: float | None
    judged: int


def share_on_target(*families: Sequence[Cell]) -> OnTarget:
    """The shares of the first family of cells that has targets at all."""
    for cells in families:
        judged = [one for one in cells if one.target is not None and one.alike is not None]
        if judged:
            both = [one for one in judged if one.alike is Alike.IDENTICAL and one.on_target is True]
            maybe = [
                one
                for one in judged
                if one.alike is not Alike.DIFFERENT and one.on_target is not False
            ]
            return OnTarget(len(both) / len(judged), len(maybe) / len(judged), len(judged))
    return OnTarget(None, None, 0)


def raised(answers: Answers, cells: Sequence[Cell], codes: np.ndarray) -> tuple[int, np.ndarray]:
    """How many squares stand under their target, and the answers once those are raised to it."""
    steps = np.zeros(len(cells) + 1)  # the last one: an answer in no square
    for place, one in enumerate(cells):
        if one.target is not None and one.level is not None:
            steps[place] = max(one.target - one.level, 0.0)
    return int((steps > 0).sum()), answers.y + steps[codes]
