"""The curve of a moment: the outcome at each level of experience, and whether it bends as penalty
and reward say."""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np

from verite.loop.moments.answers import Answers
from verite.loop.moments.columns import Touchpoint
from verite.loop.moments.model import Model
from verite.loop.moments.port import Floats, Ints, Mask
from verite.stats.bends import bend
from verite.stats.grams import Line, fit_quick
from verite.stats.intervals import LEVEL, student_quantile
from verite.words.moments import Curve, CurvePoint, MomentKind, Ranged

POINTS: Final = 13
NEUTRAL: Final = 5.0
SIDE_LEAST: Final = 5


def draw_curve(model: Model, place: int, kind: MomentKind) -> tuple[tuple[CurvePoint, ...], Curve]:
    """The outcome expected from the lowest to the highest twentieth of experience, the other
    touchpoints as they are, and what the bend says of the kind."""
    one = model.touchpoints[place]
    if not one.knots or not one.varies:
        return (), Curve.UNTOLD
    chosen = model.matrix.bent(place)
    line = fit_quick(model.grams, chosen)
    base = _mean_of(model, chosen, one.met)
    own = model.starts[place] + model.sizes[place] - 1, len(chosen) - 2
    low, high = np.quantile(one.level[one.met], [0.05, 0.95])
    points = tuple(
        CurvePoint(experience=float(level), outcome=_at(line, base + _moved(one, level, own, base)))
        for level in np.linspace(low, high, POINTS)
    )
    return points, _judge(one, line, own, kind)


def _mean_of(model: Model, chosen: list[int], met: Mask) -> Floats:
    return np.asarray(model.matrix.columns[met][:, chosen[:-1]].mean(axis=0))


def _moved(one: Touchpoint, level: float, own: tuple[int, int], like: Floats) -> Floats:
    """The line of somebody at a level, less that of the mean of those who met it."""
    bent = bend(one.level[one.met], one.knots).mean()
    moved = np.zeros_like(like)
    moved[own[0]] = level - one.centre
    moved[own[1]] = bend(np.array([level]), one.knots)[0] - bent
    return moved


def _at(line: Line, row: Floats) -> Ranged:
    value = float(row @ line.coefficients)
    half = student_quantile(LEVEL, line.freedom) * sqrt(
        max(float(row @ line.covariance @ row), 0.0)
    )
    return Ranged(value=value, low=value - half, high=value + half)


def _judge(one: Touchpoint, line: Line, own: tuple[int, int], kind: MomentKind) -> Curve:
    """What is lost from neutral to bad, less what is gained from neutral to good."""
    bad, good = one.sides.bad, one.sides.good
    if min(bad.sum(), good.sum()) < SIDE_LEAST or kind is MomentKind.NEUTRAL:
        return Curve.UNTOLD
    levels = (NEUTRAL, float(one.level[bad].mean()), float(one.level[good].mean()))
    like = np.zeros(len(line.coefficients))
    middle, low, high = (_moved(one, level, own, like) for level in levels)
    lost, gained = _at(line, middle - low), _at(line, high - middle)
    if kind is MomentKind.BOTH:
        return Curve.AGREES if lost.value > 0 and gained.value > 0 else Curve.CONTRADICTS
    more = _at(line, 2.0 * middle - low - high)
    against = more.high < 0 if kind is MomentKind.FRICTION else more.low > 0
    return Curve.CONTRADICTS if against else Curve.AGREES


def mean_of(answers: Answers, lines: Mask) -> Ranged:
    """The mean outcome of some answers."""
    return average(answers.y[lines], answers.weight[lines], answers.person[lines])


def people_of(person: Ints) -> int:
    """How many different people."""
    return int(np.count_nonzero(np.bincount(person)))


def average(values: Floats, weight: Floats, person: Ints) -> Ranged:
    """A weighted mean with Student's interval, clustered by person."""
    total = float(weight.sum())
    mean = float(weight @ values) / total
    people = people_of(person)
    sums = np.bincount(person, weights=weight * (values - mean))
    spread = sqrt(people / max(people - 1, 1) * float(sums @ sums)) / total
    half = student_quantile(LEVEL, max(people - 1, 1)) * spread
    return Ranged(value=mean, low=mean - half, high=mean + half)
