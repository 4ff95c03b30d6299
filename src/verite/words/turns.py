"""Numbers with both bounds, and what a moment is told by: curves, segments, turns, losses."""

from __future__ import annotations

from dataclasses import dataclass

from verite.words.estimate import Estimate
from verite.words.measured import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranged:
    """A number and its 95 % interval, all three known."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """The outcome expected at one level of experience (0-10), the others as they are."""

    experience: float
    outcome: Ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The outcome of people whose experience of the touchpoint lies between two levels (0-10);
    the mean and its n, of people, follow the small-n rule."""

    low: float
    high: float
    mean: Estimate

    @property
    def n(self) -> int:
        """How many people; 0 where that is not told."""
        return self.mean.n or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEffect:
    """How much more (or less) a touchpoint moves the outcome in one segment than elsewhere,
    drawn towards none by how little is known."""

    touchpoint: str
    segment: Label
    difference: Ranged  # in outcome points per touchpoint met as it is lived
    n: int
    p: float
    told_apart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """After a bad experience of a touchpoint: those whose next one was good, against those whose
    next one was not, as long after the bad one; the outcome of each, and of those who had only
    good ones. Those who had no next one are in neither."""

    touchpoint: str
    n_recovered: int
    n_not: int
    recovered: Ranged
    not_recovered: Ranged
    always_good: Ranged | None
    difference: Ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class Tipping:
    """Good, then low at the next answer: what was met in between, against those who stayed; shares
    and ratio with as long between the two answers."""

    touchpoint: str
    n_tipped: int | None  # people who met it in between, of those who tipped; None under 5
    n_stayed: int | None
    share_tipped: float | None  # None with its count
    share_stayed: float | None
    ratio: Ranged  # odds ratio, over strata of time
    p: float
    tested: int  # touchpoints tried
    told_apart: bool  # after Benjamini-Hochberg over them


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """By how much the chance to leave is multiplied, day by day, after a touchpoint is met."""

    touchpoint: str
    met: Ranged
    per_point: Ranged  # one more point of experience, of 10
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazards:
    """The Cox regression of losses on what was lived up to the day before (Efron's ties)."""

    rows: tuple[Hazard, ...]
    people: int
    events: int
    lag_days: int
    concordance: float | None
