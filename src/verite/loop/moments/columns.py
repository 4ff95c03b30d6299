"""The columns of the regression: for each touchpoint, whether it was met and how it went.

One matrix bears every model of the study, so that one pass gives all the sums: the circumstances,
`met` and `level` of each touchpoint (the model), `bad` and `good` (penalty and reward), `bend` (the
curve), and the outcome last. The level is centred among those who met, 0 for the others: a person
who never met a touchpoint is never given a score.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from verite.loop.moments.lived import Lived
from verite.loop.moments.port import Floats, Mask
from verite.loop.moments.settings import MomentsSettings
from verite.stats.bends import bend, knots_of

LEVELS_LEAST: Final = 0.5  # of 10: standard deviation under which the experience is always the same
NUISANCE: Final = 5  # lines of a side that is held fixed though too small to be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The answers before which the experience was bad, or good; `has_rest`: enough others."""

    bad: Mask
    good: Mask
    has_rest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint:
    """One touchpoint among the lines: who met it, at which level, and where its columns stand."""

    name: str
    level: Floats  # NaN = not met
    centre: float
    sides: Sides
    knots: tuple[float, ...]  # none: too few levels to bend
    only_own: bool
    interactions: int
    share: float

    @property
    def met(self) -> Mask:
        """Who met it."""
        return ~np.isnan(self.level)

    @property
    def varies(self) -> bool:
        """Whether its experience is not always the same."""
        return not self.only_own and float(np.nanstd(self.level)) >= LEVELS_LEAST

    @property
    def is_choice(self) -> bool:
        """Whether some did not meet it."""
        return bool((~self.met).sum() >= NUISANCE)

    def straight(self) -> Touchpoint:
        """The same with the columns of the model alone."""
        nobody = np.zeros(len(self.level), dtype=np.bool_)
        return replace(self, knots=(), sides=Sides(bad=nobody, good=nobody, has_rest=False))

    def columns(self) -> list[Floats]:
        """Those of the model."""
        if self.only_own:  # the others being its rest, it is set against the mean of all
            return [self.met - self.met.mean()] if self.is_choice else []
        found = []
        if self.is_choice:
            found.append(self.met.astype(np.float64))
        if self.varies:
            found.append(np.where(self.met, self.level - self.centre, 0.0))
        return found


def touchpoints_of(lived: Lived, settings: MomentsSettings, needed: int) -> list[Touchpoint]:
    """The touchpoints met before enough answers, the most met first."""
    counts = (~np.isnan(lived.experience)).sum(axis=0)
    order = np.argsort(-counts, kind="stable")
    return [_touchpoint(lived, int(place), settings) for place in order if counts[place] >= needed]


def _touchpoint(lived: Lived, place: int, settings: MomentsSettings) -> Touchpoint:
    level = lived.experience[:, place].astype(np.float64)
    only_own = lived.only_own[place]
    with np.errstate(invalid="ignore"):
        bad, good = level < settings.bad_below, level >= settings.good_from
    rest = int((~bad & ~good).sum())
    return Touchpoint(
        name=lived.names[place], level=level, centre=float(np.nanmean(level)),
        sides=Sides(bad=bad, good=good, has_rest=rest >= settings.needed),
        knots=() if only_own else knots_of(level[~np.isnan(level)]), only_own=only_own,
        interactions=lived.interactions[place], share=lived.share[place],
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the columns of one touchpoint stand in the whole matrix."""

    model: tuple[int, ...]
    bad: int | None
    good: int | None
    bend: int | None

    @property
    def sided(self) -> tuple[int, ...]:
        """Bad and good; those of the model where neither can be told."""
        found = tuple(place for place in (self.bad, self.good) if place is not None)
        return found or self.model


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All the columns side by side: ones and circumstances first, the outcome last."""

    columns: Floats
    fixed: int  # ones and circumstances
    places: tuple[Places, ...]

    @property
    def model(self) -> list[int]:
        """The columns of the model, the outcome last."""
        chosen = [place for one in self.places for place in one.model]
        return [*range(self.fixed), *chosen, self.columns.shape[1] - 1]

    @property
    def sided(self) -> list[int]:
        """Those of penalty and reward, the outcome last."""
        chosen = [x for one in self.places for x in (one.bad, one.good) if x is not None]
        alone = [
            x for one in self.places if one.bad is None and one.good is None for x in one.model
        ]
        return [*range(self.fixed), *chosen, *alone, self.columns.shape[1] - 1]

    def bent(self, place: int) -> list[int]:
        """The model with the curve of one touchpoint, the outcome last."""
        bent = self.places[place].bend
        return self.model if bent is None else [*self.model[:-1], bent, self.model[-1]]


def lay_out(touchpoints: list[Touchpoint], fixed: Floats, y: Floats) -> Matrix:
    """The matrix of the touchpoints kept."""
    laid = [np.ones(len(y)), *fixed.T]
    first, places = len(laid), []
    for one in touchpoints:
        start = len(laid)
        laid.extend(one.columns())
        model, sided = tuple(range(start, len(laid))), not one.only_own
        bad = _lay(laid, one.sides.bad, wanted=sided)
        good = _lay(laid, one.sides.good, wanted=sided and one.sides.has_rest)
        places.append(Places(model=model, bad=bad, good=good, bend=_bend(laid, one)))
    laid.append(y)
    return Matrix(columns=np.column_stack(laid), fixed=first, places=tuple(places))


def _lay(laid: list[Floats], side: Mask, *, wanted: bool) -> int | None:
    if not wanted or side.sum() < NUISANCE or (~side).sum() < NUISANCE:
        return None
    laid.append(side.astype(np.float64))
    return len(laid) - 1


def _bend(laid: list[Floats], one: Touchpoint) -> int | None:
    if not one.knots or not one.varies:
        return None
    bent = bend(np.nan_to_num(one.level), one.knots)
    laid.append(np.where(one.met, bent - bent[one.met].mean(), 0.0))
    return len(laid) - 1
