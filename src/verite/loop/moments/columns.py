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
from verite.loop.moments.sides import Sides, Usual, no_sides, sides_of
from verite.stats.bends import bend, knots_of

LEVELS_LEAST: Final = 0.5  # of 10: standard deviation under which the experience is always the same
KNOTTED: Final = 20_000  # levels that the knots are read from, when there are more
NUISANCE: Final = 5  # lines of a side that is held fixed though too small to be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint:
    """One touchpoint among the lines: who met it, at which level, and where its columns stand."""

    name: str
    level: Floats  # NaN = not met
    met: Mask
    centre: float
    deviation: float
    sides: Sides
    knots: tuple[float, ...]  # none: too few levels to bend
    only_own: bool
    interactions: int
    share: float

    @property
    def varies(self) -> bool:
        """Whether its experience is not always the same."""
        return not self.only_own and self.deviation >= LEVELS_LEAST

    @property
    def is_choice(self) -> bool:
        """Whether some did not meet it."""
        return len(self.met) - int(np.count_nonzero(self.met)) >= NUISANCE

    def straight(self) -> Touchpoint:
        """The same with the columns of the model alone."""
        return replace(self, knots=(), sides=no_sides(len(self.level)))

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
    only_own, met = lived.only_own[place], ~np.isnan(level)
    known = level[met]
    return Touchpoint(
        name=lived.names[place], level=level, met=met, centre=float(known.mean()),
        deviation=float(known.std()), only_own=only_own,
        sides=sides_of(level, met, settings),
        knots=() if only_own else knots_of(known[:: len(known) // KNOTTED + 1]),
        interactions=lived.interactions[place], share=lived.share[place],
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the columns of one touchpoint stand in the whole matrix."""

    model: tuple[int, ...]
    bad: int | None
    good: int | None
    apart: int | None
    bend: int | None

    @property
    def sided(self) -> tuple[int, ...]:
        """Bad and good; those of the model where neither can be told."""
        if self.bad is None and self.good is None:
            return self.model
        wanted = (self.bad, self.good, self.apart)
        return tuple(place for place in wanted if place is not None)


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
        chosen = [place for one in self.places for place in one.sided]
        return [*range(self.fixed), *chosen, self.columns.shape[1] - 1]

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
        bad = _lay(laid, one.sides.bad, wanted=sided and one.sides.usual is not Usual.BAD)
        good = _lay(laid, one.sides.good, wanted=sided and one.sides.usual is not Usual.GOOD)
        apart = _lay(laid, ~one.met, wanted=sided and one.sides.apart)
        bent = _bend(laid, one)
        places.append(Places(model=model, bad=bad, good=good, apart=apart, bend=bent))
    laid.append(y)
    whole = np.empty((len(y), len(laid)), order="F")
    for column, values in enumerate(laid):
        whole[:, column] = values
    return Matrix(columns=whole, fixed=first, places=tuple(places))


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
