"""The distance of each value of a dimension from the mean, all else equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan
from typing import Final

import numpy as np

from verite.measure.agents import AGENT
from verite.measure.identical.answers import Answers
from verite.measure.identical.arrays import Floats
from verite.measure.identical.counting import people_by
from verite.measure.identical.dimensions import Dimension
from verite.measure.identical.lone import TOGETHER
from verite.measure.identical.modelling import Fitted
from verite.measure.identical.wanted import aimed
from verite.stats.crossed.effects import effects_of, fixed_of
from verite.stats.equivalence import TEST_LEVEL, alike
from verite.stats.intervals import Interval, normal_quantile
from verite.stats.withholding import FEW_UNDER, hide, withhold, withhold_breakdown
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.identical import Alike, Cell, Contrast
from verite.words.measured import Label

Z: Final = normal_quantile(TEST_LEVEL)


@dataclass(frozen=True, slots=True)
class Distances:
    """Per unit: distance from the mean, its standard deviation and that of the answer expected
    there, answers and people."""

    values: Floats
    deviations: Floats
    levels: Floats
    n: np.ndarray
    people: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What cells are read against: the margin, the mean answer, the target where there is one."""

    delta: float
    mean: float
    target: float | None = None


def cells_of(one: Dimension, far: Distances, by: Yardstick) -> tuple[Cell, ...]:
    """The cells of one dimension, small numbers withheld; agents under 30 answers not named."""
    shown = withhold_breakdown([_estimate(far, place) for place in range(len(one.labels))])
    named = _named(one, shown)
    return tuple(
        cell((Label(dimension=one.name, value=label),), found, by, float(far.levels[place]))
        for place, (label, found) in enumerate(zip(one.labels, shown, strict=True))
        if place in named
    )


def _named(one: Dimension, shown: Sequence[Estimate]) -> list[int]:
    """The units that may be named: all, or of agents those of 30 answers; never all but one of
    them, which could be had by subtraction. A unit that is one agent is an agent."""
    agents = range(len(shown)) if one.name == AGENT else one.agents
    few = {place for place in agents if (shown[place].n or 0) < FEW_UNDER}
    kept = [place for place in range(len(shown)) if place not in few]
    if len(few) == 1 and kept:
        kept.remove(min(kept, key=lambda place: (shown[place].n or 0, place)))
    return [place for place in kept if one.labels[place] != TOGETHER]


def cell(named: tuple[Label, ...], found: Estimate, by: Yardstick, deviation: float) -> Cell:
    """A cell with its verdict, read on the interval that is shown; `deviation` of its level.

    Under thirty answers it is never told identical: that would be the others speaking for it.
    """
    told = found.status in (Status.OK, Status.FEW)
    verdict = alike(Interval(found.low, found.high), by.delta) if told else None
    if found.status is Status.FEW and verdict is Alike.IDENTICAL:
        verdict = Alike.UNDECIDED
    made = Cell(
        by=named,
        effect=found,
        level=None if found.value is None else by.mean + found.value,
        alike=verdict,
    )
    return aimed(made, by.target, Z * deviation)


def estimate_of(value: float, deviation: float, n: int, people: int, method: str) -> Estimate:
    """A distance with its 90 % interval, before the small-n rule; NaN: the data cannot tell it."""
    if isnan(value):
        return Estimate(
            value=None, low=None, high=None, n=n, people=people, unit=Unit.SCORE,
            better=Better.HIGHER, level=TEST_LEVEL, method="not_told", status=Status.UNKNOWN,
        )  # fmt: skip
    return Estimate(
        value=value, low=value - Z * deviation, high=value + Z * deviation, n=n, people=people,
        unit=Unit.SCORE, better=Better.HIGHER, level=TEST_LEVEL, method=method,
    )  # fmt: skip


def _estimate(far: Distances, place: int) -> Estimate:
    return estimate_of(
        float(far.values[place]), float(far.deviations[place]), int(far.n[place]),
        int(far.people[place]), "blup",
    )  # fmt: skip


def counts_of(one: Dimension, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Answers and people of each unit."""
    held = one.codes >= 0
    codes = one.codes[held].astype(np.int64)
    size = len(one.labels)
    return np.bincount(codes, minlength=size), people_by(one.codes, people, size)


def distances(fitted: Fitted, one: Dimension, answers: Answers) -> Distances:
    """The distances of a dimension's units from its mean answer."""
    n, people = counts_of(one, answers.people)
    if one in fitted.random:
        found = effects_of(fitted.sums, fitted.fit, fitted.random.index(one))
        return Distances(found.values, found.deviations, found.levels, n, people)
    fixed, owner = fixed_of(fitted.sums, fitted.fit), fitted.fixed.index(one)
    lines = [fixed.line(owner, code) for code in range(len(one.labels))]
    main = lines[int(np.argmax(n))]
    told = np.array([fixed.weighed(line - main) is not None for line in lines])
    if told.sum() < 2:  # nothing to stand apart from: the data cannot tell any from another
        nothing = np.full(len(lines), np.nan)
        return Distances(nothing, nothing, nothing, n, people)
    mean = sum(n[code] / n[told].sum() * lines[code] for code in np.flatnonzero(told))
    pairs = [fixed.weighed(line - mean) or (np.nan, np.nan) for line in lines]
    levels = np.array([fixed.level(line - mean) for line in lines])
    values, deviations = (np.array([pair[k] for pair in pairs]) for k in (0, 1))
    return Distances(values, deviations, levels, n, people)


def contrasts_of(
    fitted: Fitted, one: Dimension, far: Distances, delta: float
) -> tuple[Contrast, ...]:
    """Every pair of values of a dimension with few units that a cell shows; `far`: its cells."""
    n, people = far.n, far.people
    cells = withhold_breakdown([_estimate(far, place) for place in range(len(one.labels))])
    fixed, owner = fixed_of(fitted.sums, fitted.fit), fitted.fixed.index(one)
    lines = [fixed.line(owner, code) for code in range(len(one.labels))]
    pairs = list(combinations(_named(one, cells), 2))
    found = []
    for a, b in pairs:
        value, deviation = fixed.weighed(lines[a] - lines[b]) or (np.nan, np.nan)
        least = min(a, b, key=lambda place: n[place])
        told = estimate_of(value, deviation, int(n[least]), int(people[least]), "contrast")
        hidden = any(cells[place].status is Status.HIDDEN for place in (a, b))
        found.append(hide(told) if hidden else withhold(told))
    return tuple(
        _contrast(one, pair, shown, delta) for pair, shown in zip(pairs, found, strict=True)
    )


def _contrast(one: Dimension, pair: tuple[int, int], shown: Estimate, delta: float) -> Contrast:
    told = shown.status in (Status.OK, Status.FEW)
    return Contrast(
        dimension=one.name,
        first=one.labels[pair[0]],
        second=one.labels[pair[1]],
        difference=shown,
        alike=alike(Interval(shown.low, shown.high), delta) if told else None,
    )
