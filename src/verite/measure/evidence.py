"""Evidence: the counts or times of one group, and the figure they make at a level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from verite.ledger.port import Tally
from verite.stats.clusters import clustered_variance, effective_rows, mean
from verite.stats.intervals import LEVEL, Interval
from verite.stats.means import mean_interval
from verite.stats.promoters import adjusted_variance, score_interval
from verite.stats.quantiles import Sorted, ordered, quantile, quantile_interval
from verite.stats.shares import share_interval
from verite.stats.survival import Survival, survival_interval, survival_quantile
from verite.words.estimate import Better, Estimate, Unit

if TYPE_CHECKING:
    pass


class Shape(StrEnum):
    """How a figure is read from its tally, and how its interval is made."""

    NPS = "nps"
    SHARE = "share"
    MEAN = "mean"
    MEDIAN = "median"
    P90 = "p90"
    SURVIVAL = "survival"


@dataclass(frozen=True, slots=True)
class Figure:
    """A point and its interval, in the unit that is printed; not yet withheld."""

    value: float | None
    interval: Interval
    method: str


class Evidence(Protocol):
    """What one group's figure rests on."""

    @property
    def n(self) -> int: ...
    @property
    def people(self) -> int: ...
    def figure(self, level: float = LEVEL) -> Figure:
        """The figure at a level of confidence."""
        ...

    def variance(self) -> float | None:
        """Variance of the point in the printed unit; None when only its interval is known."""
        ...


@dataclass(frozen=True, slots=True)
class Counted:
    """A tally and the shape of the figure it makes."""

    tally: Tally
    shape: Shape
    ranks: Sorted | None = None

    @property
    def n(self) -> int:
        """Rows."""
        return self.tally.n

    @property
    def people(self) -> int:
        """People behind the rows."""
        return self.tally.people

    def figure(self, level: float = LEVEL) -> Figure:
        """NPS: adjusted Wald. Share: Wilson. Mean: t. Median, p90: order statistics."""
        once = self.tally.people == self.tally.n
        if self.shape in (Shape.MEDIAN, Shape.P90):
            return self._quantile(level)
        value, interval, method = mean(self.tally), mean_interval(self.tally, level), "t"
        if self.shape is Shape.NPS:
            interval, method = score_interval(self.tally, level), "adjusted_wald"
        elif self.shape is Shape.SHARE:
            interval, method = share_interval(self.tally, level), "wilson"
        factor = 1.0 if self.shape is Shape.MEAN else 100.0
        named = method if once else f"{method}_clustered"
        return Figure(value * factor, interval.times(factor), named)

    def _quantile(self, level: float) -> Figure:
        part = 0.5 if self.shape is Shape.MEDIAN else 0.9
        found = self.ranks or ordered(self.tally.spread or {})
        interval = quantile_interval(found, part, effective_rows(self.tally), level)
        return Figure(quantile(found, part), interval, f"{self.shape.value}_order_statistics")

    def variance(self) -> float | None:
        """NPS: from adjusted counts. Share and mean: clustered by person (CR1)."""
        if self.shape is Shape.NPS:
            return adjusted_variance(self.tally) * 1e4
        if self.shape in (Shape.MEDIAN, Shape.P90):
            return None
        found = clustered_variance(self.tally)
        if found is None or self.shape is Shape.MEAN:
            return found
        return found * 1e4


def counted(tally: Tally, shape: Shape) -> Counted:
    """The evidence of a tally, its values put in order once where ranks are read."""
    in_ranks = shape in (Shape.MEDIAN, Shape.P90)
    return Counted(tally, shape, ordered(tally.spread or {}) if in_ranks else None)


@dataclass(frozen=True, slots=True)
class Followed:
    """Times of one group, some not ended yet: read from a Kaplan-Meier curve."""

    curve: Survival
    n: int
    people: int

    def figure(self, level: float = LEVEL) -> Figure:
        """The median time; absent when fewer than half have ended."""
        value = survival_quantile(self.curve)
        return Figure(value, survival_interval(self.curve, level=level), "kaplan_meier")

    def variance(self) -> float | None:
        """Not used: differences come from the intervals."""
        return None


def complement(tally: Tally) -> Tally:
    """The tally of 1 − y, exactly: the share answered from the share abandoned.

    >>> complement(Tally.of([[1.0, 0.0], [1.0]])) == Tally.of([[0.0, 1.0], [0.0]])
    True
    """
    return replace(
        tally,
        sum_y=tally.n - tally.sum_y,
        sum_yy=tally.n - 2 * tally.sum_y + tally.sum_yy,
        sum_ss=tally.sum_mm - 2 * tally.sum_sm + tally.sum_ss,
        sum_sm=tally.sum_mm - tally.sum_sm,
        spread=None if tally.spread is None else {1.0 - y: c for y, c in tally.spread.items()},
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """The unit of a metric's figures and which way is good."""

    unit: Unit
    better: Better | None


def estimate(found: Evidence | None, kind: Kind, level: float = LEVEL) -> Estimate:
    """The estimate before the small-n rule. No rows: unknown, with n = 0."""
    from verite.words.estimate import Status

    figure = None if found is None or found.n == 0 else found.figure(level)
    if found is None or figure is None or figure.value is None:
        interval = figure.interval if figure else Interval(None, None)
        return Estimate(
            value=None, low=interval.low, high=interval.high, n=found.n if found else 0,
            people=found.people if found else 0, unit=kind.unit, better=kind.better, level=level,
            method=figure.method if figure else "none", status=Status.UNKNOWN,
        )  # fmt: skip
    return Estimate(
        value=figure.value, low=figure.interval.low, high=figure.interval.high, n=found.n,
        people=found.people, unit=kind.unit, better=kind.better, level=level, method=figure.method,
    )  # fmt: skip
