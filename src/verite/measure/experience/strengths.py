"""Strengths and weaknesses: each touchpoint against the house's mean, shrunk, many at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from verite.measure.experience.contrast import LEAST
from verite.measure.experience.reading import Reading
from verite.measure.feeling.port import Floats, Ints
from verite.stats.families import believed
from verite.stats.intervals import LEVEL, normal_quantile
from verite.stats.shrinkage import shrink
from verite.words.estimate import Better, Estimate, Unit
from verite.words.experience import Strengths, Told, Verdict

RATE: Final = 0.05  # of the touchpoints told apart, how many may be false
METHOD: Final = "mean level clustered by person, shrunk; Benjamini-Hochberg 5 %"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    name: str
    mean: float
    error: float
    n: int
    people: int


def strengths_of(reading: Reading) -> Strengths:
    """The mean level of each touchpoint, less the house's; a verdict only where it is believed."""
    rows = np.flatnonzero(reading.lived & (np.asarray(reading.runs.codes("touchpoint")) >= 0))
    level = 5.0 + 5.0 * reading.felt.valence[rows]
    weight = reading.felt.weight[rows]
    if len(rows) == 0:
        return Strengths(about=reading.about, reason="nothing_felt")
    centre = float(np.average(level, weights=weight))
    points = _points(reading, rows, level)
    if len(points) < 2:
        return Strengths(about=reading.about, reason="few_touchpoints", centre=centre)
    figures = _judged(points, centre)
    return Strengths(about=reading.about, figures=figures, centre=centre, tested=len(points))


def _points(reading: Reading, rows: Ints, level: Floats) -> list[_Point]:
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
        if people >= LEAST and error > 0:
            found.append(
                _Point(name=labels[code], mean=mean, error=error, n=len(own), people=people)
            )
    return found


def _judged(points: list[_Point], centre: float) -> tuple[Told, ...]:
    from scipy.special import ndtr

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
