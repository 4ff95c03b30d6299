"""Strengths and weaknesses: each touchpoint against the house's mean, shrunk, many at once.

What customers score is judged. What is known by signals alone (outcomes, waits, the level that a
complaint is given by definition) is told apart and never judged: a signal is not a score.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from verite.measure.experience.contrast import LEAST
from verite.measure.experience.reading import Reading
from verite.measure.feeling.port import Floats, Ints, Mask
from verite.stats.families import believed
from verite.stats.intervals import LEVEL, normal_quantile, student_quantile
from verite.stats.shrinkage import shrink
from verite.words.estimate import Better, Estimate, Unit
from verite.words.experience import Strengths, Told, Verdict

RATE: Final = 0.05  # of the touchpoints told apart, how many may be false
METHOD: Final = "mean score clustered by person, shrunk; Benjamini-Hochberg 5 %"
SIGNALS: Final = "mean of outcomes and waits, clustered by person, not judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    name: str
    mean: float
    error: float
    n: int
    people: int


def strengths_of(reading: Reading) -> Strengths:
    """The mean score of each touchpoint, less the house's; a verdict only where it is believed.
    Touchpoints that too few score follow, by their signals, without a verdict."""
    here = reading.lived & (np.asarray(reading.runs.codes("touchpoint")) >= 0)
    if not here.any():
        return Strengths(about=reading.about, reason="nothing_felt")
    scored = _read(reading, here & reading.felt.said)
    judged = scored.points if len(scored.points) > 1 else ()
    names = {one.name for one in judged}
    signals = _read(reading, here & ~reading.felt.said)
    known = [one for one in signals.points if one.name not in names]
    figures = (*_judged(judged, scored.centre), *(_signal(one, signals.centre) for one in known))
    reason = "" if figures else "few_touchpoints"
    centre = scored.centre if judged else None
    return Strengths(
        about=reading.about, figures=figures, centre=centre, tested=len(judged), reason=reason
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _House:
    """The mean level of some rows, and that of each touchpoint that enough people met there."""

    centre: float
    points: tuple[_Point, ...]


def _read(reading: Reading, kept: Mask) -> _House:
    rows = np.flatnonzero(kept)
    if len(rows) == 0:
        return _House(centre=0.0, points=())
    level = 5.0 + 5.0 * reading.felt.valence[rows]
    centre = float(np.average(level, weights=reading.felt.weight[rows]))
    return _House(centre=centre, points=tuple(_points(reading, rows, level)))


def _points(reading: Reading, rows: Ints, level: Floats) -> list[_Point]:
    """Levels that never change (a complaint's, by definition) say nothing: they are left out."""
    touchpoint = np.asarray(reading.runs.codes("touchpoint"))[rows]
    labels = reading.runs.labels("touchpoint")
    found = []
    for code in np.unique(touchpoint).tolist():
        here = touchpoint == code
        weight, own = reading.felt.weight[rows[here]], level[here]
        mean = float(np.average(own, weights=weight))
        _, person = np.unique(reading.person[rows[here]], return_inverse=True)
        people = int(person.max()) + 1
        scores = np.bincount(person, weights=weight * (own - mean))
        error = sqrt(float((scores**2).sum()) * people / max(people - 1, 1)) / float(weight.sum())
        if people >= LEAST and error > 1e-9:
            found.append(
                _Point(name=labels[code], mean=mean, error=error, n=len(own), people=people)
            )
    return found


def _signal(one: _Point, centre: float) -> Told:
    """As it is: neither shrunk nor judged."""
    half = student_quantile(LEVEL, one.people - 1) * one.error
    away = one.mean - centre
    estimate = Estimate(
        value=away, low=away - half, high=away + half, n=one.n, people=one.people,
        unit=Unit.SCORE, better=Better.HIGHER, method=SIGNALS,
    )  # fmt: skip
    return Told(key="signal", name=one.name, estimate=estimate)


def _judged(points: tuple[_Point, ...], centre: float) -> tuple[Told, ...]:
    from scipy.special import ndtr

    if not points:
        return ()
    away = np.array([one.mean - centre for one in points])
    errors = np.array([one.error for one in points])
    p = 2.0 * ndtr(-np.abs(away / errors))
    count = believed(p.tolist(), RATE)
    bar = sorted(p.tolist())[count - 1] if count else -1.0
    drawn = shrink(away, errors**2)
    half = normal_quantile(LEVEL) * drawn.deviations
    found = []
    for k in np.argsort(-drawn.values, kind="stable").tolist():
        value, low, high = (float(drawn.values[k] + by) for by in (0.0, -half[k], half[k]))
        estimate = Estimate(
            value=value, low=low, high=high, n=points[k].n, people=points[k].people,
            unit=Unit.SCORE, better=Better.HIGHER, method=METHOD,
        )  # fmt: skip
        sure = p[k] <= bar and (low > 0 or high < 0)
        verdict = Verdict.UNDECIDED
        if sure:
            verdict = Verdict.STRENGTH if low > 0 else Verdict.WEAKNESS
        found.append(
            Told(key="touchpoint", name=points[k].name, estimate=estimate, verdict=verdict)
        )
    return tuple(found)
