"""What a bad and a good experience do to an answer, and which kind of moment that makes."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from verite.loop.moments.model import Model, column_of
from verite.loop.moments.settings import MomentsSettings
from verite.stats.grams import Line
from verite.stats.intervals import LEVEL, student_quantile
from verite.words.moments import MomentKind, Ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Penalty and reward of one touchpoint, and the column that bears the larger."""

    penalty: Ranged | None
    reward: Ranged | None
    kind: MomentKind
    t: float  # of the larger, with the plain errors


def effect_of(model: Model, place: int, settings: MomentsSettings) -> Effect:
    """Penalty-reward contrast (Brandt 1988): what a bad, and a good, experience adds to the answer
    of those who had neither, the other touchpoints as they are."""
    one, where = model.touchpoints[place], model.matrix.places[place]
    chosen = model.matrix.sided
    bad, good = (column_of(model.matrix, chosen, x) for x in (where.bad, where.good))
    if one.only_own:
        return _own_effect(model.sided, chosen.index(where.model[0]))
    penalty = _told(model.sided, bad, known=int(one.sides.bad.sum()) >= settings.needed)
    reward = _told(model.sided, good, known=int(one.sides.good.sum()) >= settings.needed)
    if penalty is not None and penalty.low > 0 and reward is not None:
        return _against_good(model.sided, bad, good)
    columns = [x for x, found in ((bad, penalty), (good, reward)) if x is not None and found]
    return Effect(
        penalty=penalty, reward=reward, kind=kind_of(penalty, reward),
        t=max((_t(model.sided, x) for x in columns), default=0.0),
    )  # fmt: skip


def _against_good(line: Line, bad: int | None, good: int | None) -> Effect:
    """Where even a bad experience goes with better answers than having had none (an order that
    never came), having had none is no ground to compare with: a bad one is set against a good."""
    turned = np.zeros(len(line.coefficients))
    turned[bad], turned[good] = 1.0, -1.0
    value = float(turned @ line.coefficients)
    error = sqrt(max(float(turned @ line.covariance @ turned), 0.0))
    half = student_quantile(LEVEL, line.freedom) * error
    penalty = Ranged(value=value, low=value - half, high=value + half)
    plain = sqrt(max(float(turned @ line.plain @ turned), 1e-300))
    return Effect(penalty=penalty, reward=None, kind=kind_of(penalty, None), t=abs(value) / plain)


def _own_effect(line: Line, column: int) -> Effect:
    """A touchpoint known only by the answers about it: to have met it is all there is."""
    found = _told(line, column, known=True)
    bad = found is not None and found.value < 0
    penalty, reward = (found, None) if bad else (None, found)
    return Effect(penalty=penalty, reward=reward, kind=kind_of(penalty, reward), t=_t(line, column))


def kind_of(penalty: Ranged | None, reward: Ranged | None) -> MomentKind:
    """By the intervals: friction takes away, delight gives, both do both.

    >>> kind_of(Ranged(value=-1.2, low=-1.3, high=-1.1), Ranged(value=0, low=-0.1, high=0.1))
    <MomentKind.FRICTION: 'friction'>
    """
    takes = penalty is not None and penalty.high < 0
    gives = reward is not None and reward.low > 0
    if takes and gives:
        return MomentKind.BOTH
    if takes:
        return MomentKind.FRICTION
    return MomentKind.DELIGHT if gives else MomentKind.NEUTRAL


def _told(line: Line, column: int | None, *, known: bool) -> Ranged | None:
    if column is None or not known:
        return None
    value = float(line.coefficients[column])
    half = student_quantile(LEVEL, line.freedom) * sqrt(max(line.covariance[column, column], 0.0))
    return Ranged(value=value, low=value - half, high=value + half)


def _t(line: Line, column: int) -> float:
    error = sqrt(max(float(line.plain[column, column]), 1e-300))
    return abs(float(line.coefficients[column])) / error
