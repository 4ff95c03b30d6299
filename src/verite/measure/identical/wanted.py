"""Targets beside the index: on the scale of the answers; and what raising the rest would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

import numpy as np

from verite.measure.identical.answers import Answers
from verite.measure.identical.arrays import Floats, Ints
from verite.measure.identical.durations import as_scores
from verite.stats.answering import mean_at
from verite.words.asked import Filters
from verite.words.estimate import Status
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
                    if answers.is_times:
                        return float(as_scores(np.array(wish.target)))
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


def aimed(cell: Cell, target: float | None, half: float) -> Cell:
    """The cell with its target: on it or not only when its whole interval stands on that side.

    `half` is the half-width of what is expected there: of the mean and the distance as one, for
    the two are no strangers to each other once people repeat or distances are shrunk.
    """
    if target is None:
        return cell
    told = cell.level is not None and cell.effect.status is Status.OK
    if not told or cell.level is None:
        return replace(cell, target=target)
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


@dataclass(frozen=True, slots=True)
class Raised:
    """How many squares stand under their target, the answers once those are raised to it, the mean
    then and the standard deviation of what is not known of it."""

    count: int
    y: Floats
    mean: float
    deviation: float


def raised(answers: Answers, cells: Sequence[Cell], codes: Ints, deviations: Floats) -> Raised:
    """The squares under their target raised to it, none lowered; `deviations` of their levels.

    A raised square stands at its target by the very supposition: what is not known of the mean is
    what is not known of the others, and of the answers in no square.
    """
    steps = np.zeros(len(cells) + 1)  # the last one: an answer in no square
    for place, one in enumerate(cells):
        if one.target is not None and one.level is not None:
            steps[place] = max(one.target - one.level, 0.0)
    parts = np.bincount(codes + 1, minlength=len(cells) + 1) / len(codes)
    outside = answers.y[codes < 0]
    left = float(parts[0] ** 2 * outside.var() / max(len(outside), 1)) if len(outside) else 0.0
    left += float(((parts[1:] * deviations)[steps[:-1] == 0] ** 2).sum())
    moved = answers.y + steps[codes]
    return Raised(int((steps > 0).sum()), moved, float(moved.mean()), sqrt(left))
