"""Choosing the half-life and the family by time-blocked validation, before the trial's dates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from verite.measure.feeling.families import FAMILIES, MEMORY, Family, fit_family, log_loss
from verite.measure.feeling.material import GRID, Material
from verite.measure.feeling.outcomes import SEED
from verite.measure.feeling.port import Floats, Mask

FOLDS: Final = 5
DRAWS: Final = 400
Tried = tuple[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """Validation loss of each line, NaN where it was in no validation block."""

    lines: Floats
    weight: Floats

    @property
    def mean(self) -> float:
        """Per person-period."""
        known = ~np.isnan(self.lines)
        return float(self.lines[known].sum() / self.weight[known].sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfLife:
    """The place chosen in the grid, the loss of each place, and the days between which other
    people drawn from the same would have chosen (19 times in 20)."""

    place: int
    losses: tuple[float, ...]
    low: float
    high: float


def choose_half_life(law: Material) -> HalfLife:
    """The half-life with the least validation loss of the memory; bounds by drawing people."""
    tried = [validate(law, MEMORY, place) for place in range(len(GRID))]
    known = ~np.isnan(tried[0].lines)
    person = law.periods.person[known]
    starts = np.flatnonzero(np.append(True, np.diff(person) != 0))
    sums = np.add.reduceat(np.column_stack([one.lines[known] for one in tried]), starts, axis=0)
    losses = tuple(one.mean for one in tried)
    low, high = np.quantile(_redrawn(sums), [0.025, 0.975])
    return HalfLife(place=int(np.argmin(losses)), losses=losses, low=float(low), high=float(high))


def likeliest(law: Material) -> int:
    """The place of the half-life of greatest likelihood before the trial."""
    known = law.known_before(law.first_trial)
    fits = (
        fit_family(MEMORY, law.design(law.columns(MEMORY.features, place)).only(known))
        for place in range(len(GRID))
    )
    return int(np.argmax([fitted.logit.likelihood for fitted in fits]))


def _redrawn(sums: Floats) -> Floats:
    """The half-life chosen by each of many samples of the people; a line of sums per person."""
    rng, people = np.random.default_rng(SEED), len(sums)
    chosen = []
    for _ in range(DRAWS):
        drawn = np.bincount(rng.integers(0, people, people), minlength=people) @ sums
        chosen.append(bottom(np.log(np.array(GRID)), drawn))
    return np.asarray(np.exp(np.array(chosen)))


def bottom(places: Floats, costs: Floats) -> float:
    """The bottom of the parabola through the least cost and its neighbours.

    >>> bottom(np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.0, 1.0]))
    1.0
    """
    best = int(np.argmin(costs))
    if best in {0, len(places) - 1}:
        return float(places[best])
    near = slice(best - 1, best + 2)
    bend, tilt, _ = np.polyfit(places[near] - places[best], costs[near], 2)
    return float(places[best] - tilt / (2 * bend)) if bend > 0 else float(places[best])


def choose_family(material: Material, half_life: int) -> tuple[Family, tuple[Tried, ...]]:
    """The simplest family within one standard error of the best (Breiman et al. 1984)."""
    tried = [validate(material, family, half_life) for family in FAMILIES]
    best = min(tried, key=lambda losses: losses.mean)
    family = next(
        family
        for family, losses in zip(FAMILIES, tried, strict=True)
        if _is_as_good(losses, best, material.periods.person)
    )
    return family, tuple((f.name, t.mean) for f, t in zip(FAMILIES, tried, strict=True))


def validate(material: Material, family: Family, half_life: int) -> Losses:
    """Each block of dates foretold by a model fitted on the others; lines whose outcome could
    still come within the block are in neither, nor are those whose outcome the trial sees."""
    design = material.design(material.columns(family.features, half_life))
    lines = np.full(len(design.y), np.nan)
    start: Floats | None = None
    told = material.known_before(material.first_trial)
    for first, last in blocks(material):
        apart = material.apart_from(first, last) & told
        block = (material.periods.date >= first) & (material.periods.date < last) & told
        if not _both(design.y, apart) or not block.any():
            continue
        fitted = fit_family(family, design.only(apart), start)
        start = fitted.logit.coefficients
        lines[block] = log_loss(fitted.log_odds(design.x[block]), design, block)
    return Losses(lines=lines, weight=design.weight)


def blocks(material: Material) -> list[tuple[int, int]]:
    """Runs of dates to foretell, one after the other: those whose outcome was known when the
    trial began."""
    count = material.told_dates
    cuts = [count * fold // min(FOLDS, count) for fold in range(min(FOLDS, count) + 1)]
    return list(pairwise(cuts)) if count > 1 else []


def _both(y: Floats, lines: Mask) -> bool:
    return bool(y[lines].any()) and not bool(y[lines].all())


def _is_as_good(losses: Losses, best: Losses, person: np.ndarray) -> bool:
    """Within one standard error of the best, the error of their difference by person."""
    more = losses.lines - best.lines
    known = ~np.isnan(more)
    if losses is best or not known.any():
        return True
    more, weight = more[known], losses.weight[known]
    gap = more.sum() / weight.sum()
    starts = np.flatnonzero(np.append(True, np.diff(person[known]) != 0))
    sums = np.add.reduceat(more - gap * weight, starts)
    return bool(gap <= np.sqrt((sums**2).sum()) / weight.sum())
