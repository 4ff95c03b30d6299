"""The ladder of evidence: association, adjusted association, estimated effect, measured effect.

A study of what was lived never climbs above the third rung: only an experiment reaches the fourth.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from verite.loop.moments.effects import Effect
from verite.loop.moments.model import Model
from verite.stats.grams import solve
from verite.stats.sturdy import robustness
from verite.words.moments import NEEDED_TO_ESTIMATE, MomentKind, Rung, Solidity

OVERLAP_LEAST: Final = 0.9
ROBUSTNESS_LEAST: Final = 0.05
CERTAIN: Final = 0.95  # chance to have lived it beyond which nobody comparable is left


def solidity_of(model: Model, place: int, effect: Effect, assumed: tuple[str, ...]) -> Solidity:
    """What the finding rests on, and the highest rung that this allows."""
    found = robustness(effect.t, model.sided.left_freedom)
    overlap = _overlap(model, place, effect.kind)
    rung = rung_of(
        adjusted=bool(model.adjusted_for), assumed=assumed,
        overlap=overlap, robust=found.within_chance,
    )  # fmt: skip
    return Solidity(
        rung=rung, adjusted_for=model.adjusted_for, assumptions=assumed, overlap=overlap,
        robustness=found.value, robustness_low=found.within_chance,
    )  # fmt: skip


def rung_of(*, adjusted: bool, assumed: tuple[str, ...], overlap: float, robust: float) -> Rung:
    """An effect is called estimated only when somebody assumes that nothing unseen moves both and
    that nothing held fixed comes of it, with people to compare with nearly everywhere, and
    something of it left after what is unseen explains 5 %.

    >>> rung_of(adjusted=True, assumed=(), overlap=1.0, robust=0.2).value
    'adjusted'
    >>> rung_of(adjusted=True, assumed=("no_unseen",), overlap=1.0, robust=0.2).value
    'adjusted'
    >>> rung_of(adjusted=True, assumed=NEEDED_TO_ESTIMATE, overlap=1.0, robust=0.2).value
    'estimated'
    """
    if not adjusted:
        return Rung.ASSOCIATION
    whole = set(NEEDED_TO_ESTIMATE) <= set(assumed)
    sound = whole and overlap >= OVERLAP_LEAST and robust >= ROBUSTNESS_LEAST
    return Rung.ESTIMATED if sound else Rung.ADJUSTED


def _overlap(model: Model, place: int, kind: MomentKind) -> float:
    """Of those who lived it, the share for whom not having lived it was possible, by a linear
    guess from all the other columns."""
    one, matrix, where = model.touchpoints[place], model.matrix, model.matrix.places[place]
    side = where.good if kind is MomentKind.DELIGHT else where.bad
    lived = one.sides.good if kind is MomentKind.DELIGHT else one.sides.bad
    if side is None:
        side, lived = where.model[0], one.met
    others = [x for x in matrix.model[:-1] if x not in where.model]
    asked = [*others, side]
    guess = solve(model.grams.whole[np.ix_(asked, asked)])
    return float((matrix.columns[lived][:, others] @ guess <= CERTAIN).mean())
