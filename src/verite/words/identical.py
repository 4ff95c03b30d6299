"""The law of identical experience: the question, the index, where gaps come from, the cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from verite.words.asked import About
from verite.words.errors import WrongUse
from verite.words.estimate import Better, Estimate, Unit
from verite.words.feeling import Bounded
from verite.words.measured import Label
from verite.words.promises import PromiseKept

# What a company can change, in the order it is shown; `hour` and `week` are those of the contact.
CONTROLLABLE: Final = ("channel", "team", "agent", "site", "hour", "week")
MAP_ROWS: Final = ("motive", "touchpoint", "team", "site")


class Alike(StrEnum):
    """Three answers to “are they the same?”: the 90 % interval lies inside ±delta, outside, or
    across its edge."""

    IDENTICAL = "identical"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdenticalAsked:
    """What is compared. No delta: the default of the scale. Nothing in `over`: all there is.

    `rows` are those of the identity map, whose columns are channels; empty: what the data have.
    `check`: the interval of the index is tried on data drawn from the model, where units are few.
    """

    metric: str
    delta: float | None = None
    over: tuple[str, ...] = ()
    rows: str = ""
    check: bool = False

    def __post_init__(self) -> None:
        if self.delta is not None and not 0 < self.delta < float("inf"):
            raise WrongUse("identical_delta", fields={"delta": self.delta})
        for dimension in self.over:
            if dimension not in CONTROLLABLE:
                fields = {"dimension": dimension, "known": ", ".join(CONTROLLABLE)}
                raise WrongUse("identical_dimension", fields=fields)
        if self.rows and self.rows not in MAP_ROWS:
            fields = {"dimension": self.rows, "known": ", ".join(MAP_ROWS)}
            raise WrongUse("identical_dimension", fields=fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One dimension's part of the variance between, 0-1, and its standard deviation in points."""

    dimension: str
    share: Bounded
    deviation: Bounded
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Two values of a dimension with fewer than five units: first − second, 90 % interval."""

    dimension: str
    first: str
    second: str
    difference: Estimate
    alike: Alike | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value of a dimension, or one square of the map (two labels: row, then channel).

    `effect` is the distance from the mean, all else equal, shrunk, in points of the scale; its
    interval is of 90 %, that the verdict is read on. `level` is what is expected there.
    No verdict: hidden. No `on_target`: no target, or the interval holds it.
    """

    by: tuple[Label, ...]
    effect: Estimate
    level: float | None
    alike: Alike | None
    target: float | None = None
    on_target: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelUp:
    """A simulation: the squares of the map under their target raised to it, none lowered.

    `raised` of them; what mean and index would become, if nothing else changed.
    """

    raised: int
    mean_now: float
    mean: float
    mean_low: float | None = None
    mean_high: float | None = None
    index_now: Bounded
    index: Bounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How the times compared spread: the standard deviation of their logarithm, the ninth decile
    over the median. `open` of them had not ended and stand for what the model expects of them."""

    deviation: Bounded
    tail: Bounded
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCheck:
    """The interval of the index tried on `draws` sets of answers drawn from the model (parametric
    bootstrap), the truth set at either bound.

    `worse` and `better`: the share of them as far out as what was found, 0.025 expected; none
    where the index may be 100. Beyond `most`, no chance: the interval is too narrow there.
    """

    worse: float
    better: float | None
    draws: int
    most: float

    @property
    def agrees(self) -> bool:
        """Whether the interval stands."""
        return max(self.worse, self.better or 0.0) <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Identical:
    """The index (0-100) and all that must stand beside it.

    `sigma_between` and `gap` are in points of the scale from `lowest` to `highest`; `noise` is the
    standard deviation of answers about what was expected. `on_target_share` is the share of the
    judged cells proven both identical and on target, 0-1; None: no target was set.
    `left_out` are dimensions that say nothing here, with the reason as a code:
    absent, one_unit, one_agent, same_as:DIMENSION, not_allowed, too_many. `small` have fewer than
    five units: they count in contrasts, never in the index.
    """

    about: About
    metric: str
    nps_kind: str | None
    lowest: float
    highest: float
    unit: Unit
    better: Better
    n: int
    people: int
    mean: Estimate
    delta: float
    index: Estimate
    sigma_between: Bounded
    gap: Bounded
    noise: float
    shares: tuple[Share, ...]
    small: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    contrasts: tuple[Contrast, ...]
    cells: tuple[Cell, ...]
    map_rows: str
    map_cells: tuple[Cell, ...]
    target: float | None
    on_target_share: float | None
    on_target_possible: float | None  # the share that is not ruled out: identical or undecided, …
    judged: int  # cells that both shares are of
    level_up: LevelUp | None
    adjusted_for: tuple[str, ...]
    level_of_agents: int = 30  # answers under which no agent is named
    times: Times | None = None  # of a metric in seconds: effects and gap are then ratios
    check: IndexCheck | None = None  # asked for, and units few enough
    promises: tuple[PromiseKept, ...] = ()  # what the company says it does, and how often it does


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityMap:
    """The map alone, for its picture."""

    about: About
    metric: str = ""
    delta: float
    rows: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """The shares alone, for their picture."""

    about: About
    shares: tuple[Share, ...]
