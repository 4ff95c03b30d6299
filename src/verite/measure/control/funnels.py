"""Funnels: channels or teams against what chance allows at their size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from verite.measure.control.kinds import check, counts_of, lone_units, scored
from verite.measure.evidence import Counted, Shape, estimate
from verite.measure.metrics import kind_of
from verite.measure.series import Series
from verite.measure.study import Question, Study, about, question
from verite.measure.trending import POSSIBLE
from verite.stats.funnel import (
    LEVELS,
    between_variance,
    binomial_limits,
    normal_limits,
    overdispersion,
)
from verite.stats.likeness import likeness, worth
from verite.stats.withholding import hide, withhold_breakdown
from verite.words.asked import Filters
from verite.words.control import Funnel, FunnelBand, FunnelPoint, Side
from verite.words.errors import WrongUse
from verite.words.estimate import Estimate, Status, Unit
from verite.words.measured import Label

SHAPES: Final = (Shape.SHARE, Shape.NPS, Shape.MEAN)
UNITS_AT_LEAST: Final = 5  # below, a mean of the units is no yardstick
BANDS: Final = 25


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit with what was counted of it and what may be shown."""

    label: Label
    found: Counted | None
    shown: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Law:
    """What chance alone does at each size: the centre, one answer's deviation, what is added.

    `alike` is how alike the answers of one person are; `worth` what an answer is worth on the
    whole, 1 where nobody answers twice.
    """

    centre: float
    deviation: float
    tau: float
    phi: float
    shape: Shape
    possible: tuple[float, float]  # what the unit allows
    alike: float
    worth: float

    @property
    def factor(self) -> float:
        """100 where figures are printed in percent or NPS points."""
        return 1.0 if self.shape is Shape.MEAN else 100.0

    @property
    def is_exact(self) -> bool:
        """Whether limits are the binomial's own."""
        return self.shape is Shape.SHARE and self.tau == 0 and self.deviation > 0

    def limits(self, answers: float, level: float) -> tuple[float, float]:
        """In printed units, at so many answers of different people."""
        if self.is_exact:
            low, high = binomial_limits(self.centre, max(round(answers), 1), level)
        else:
            error = self.deviation / sqrt(answers)
            low, high = normal_limits(self.centre, error, level, self.tau**2)
        floor, ceiling = self.possible
        return max(low * self.factor, floor), min(high * self.factor, ceiling)


def funnel(study: Study, metric: str, *, dimension: str, where: Filters) -> Funnel:
    """Every value of the dimension with thirty answers against 95 and 99.8 % limits.

    Answers of one person count together, as alike as they are found to be over all the units.
    """
    check(study, metric, dimension)
    asked = question(study, where, (dimension,))
    series = scored(asked, metric)
    told = about(study, f"funnel {metric} --by {dimension}", where)
    if series is None:
        kind = kind_of(metric)
        return Funnel(
            about=told, metric=metric, nps_kind=None, unit=kind.unit, better=kind.better,
            dimension=dimension, centre=None, phi=None, tau=0.0, is_exact=False, points=(),
        )  # fmt: skip
    if any(found.shape not in SHAPES for found in series.groups.values()
           if isinstance(found, Counted)):  # fmt: skip
        raise WrongUse("chart_of_no_score", fields={"metric": metric})
    units = _units(asked, series, lone_units(asked, metric, dimension))
    judged = [one.found for one in units
              if one.found is not None and one.shown.status is Status.OK]  # fmt: skip
    law = _law(judged, series.kind.unit) if len(judged) >= UNITS_AT_LEAST else None
    points = tuple(_point(one, law) for one in units)
    return Funnel(
        about=told,
        metric=series.metric,
        nps_kind=series.nps_kind,
        unit=series.kind.unit,
        better=series.kind.better,
        dimension=dimension,
        centre=None if law is None else law.centre * law.factor,
        phi=None if law is None else law.phi,
        tau=0.0 if law is None else law.tau * law.factor,
        is_exact=law is not None and law.is_exact,
        points=points,
        bands=() if law is None else _bands(law, [one.n for one in judged]),
    )


def _units(asked: Question, series: Series, alone: frozenset[str]) -> list[_Unit]:
    """The units, those with most answers first; nothing is told of those that are one agent."""
    groups = sorted(series.groups, key=lambda group: (-series.groups[group].n, group))
    found = [None if group[0] in alone else counts_of(series, group) for group in groups]
    plain = [estimate(one, series.kind) for one in found]
    shown = withhold_breakdown([
        hide(one) if group[0] in alone else one for group, one in zip(groups, plain, strict=True)
    ])  # fmt: skip
    return [
        _Unit(Label(dimension=asked.by[0], value=group[0]), one, shows)
        for group, one, shows in zip(groups, found, shown, strict=True)
    ]


def _law(found: Sequence[Counted], unit: Unit) -> _Law:
    """The pooled figure, the deviation of one answer about it, and the overdispersion."""
    rows, shape = sum(one.n for one in found), found[0].shape
    centre = sum(one.tally.sum_y for one in found) / rows
    squares = sum(one.tally.sum_yy for one in found)
    if shape is Shape.MEAN:  # within units: their own differences are not noise
        within = squares - sum(one.tally.sum_y**2 / one.n for one in found)
        deviation = sqrt(max(within / (rows - len(found)), 0.0))
    else:  # of a share, p(1 − p); of NPS, pR + pD − (pR − pD)²
        deviation = sqrt(max(squares / rows - centre**2, 0.0))
    alike = likeness([one.tally for one in found])
    sizes = [worth(one.tally, alike) for one in found]
    phi, tau = _spread(found, sizes, centre, deviation)
    return _Law(
        centre=centre, deviation=deviation, tau=tau, phi=phi, shape=shape,
        possible=POSSIBLE.get(unit, (float("-inf"), float("inf"))),
        alike=alike, worth=sum(sizes) / rows,
    )  # fmt: skip


def _spread(
    found: Sequence[Counted], sizes: Sequence[float], centre: float, deviation: float
) -> tuple[float, float]:
    """φ, and the deviation that is added to every unit's own when φ is above 1."""
    if deviation == 0:
        return 0.0, 0.0
    errors = [deviation / sqrt(size) for size in sizes]
    scores = [
        (one.tally.sum_y / one.n - centre) / error for one, error in zip(found, errors, strict=True)
    ]
    phi = overdispersion(scores)
    return phi, sqrt(between_variance(scores, errors, phi)) if phi > 1 else 0.0


def _point(unit: _Unit, law: _Law | None) -> FunnelPoint:
    by, one, shown = (unit.label,), unit.found, unit.shown
    if law is None or one is None or shown.value is None:
        return FunnelPoint(by=by, estimate=shown, z=None, limits_95=None, limits_998=None)
    answers = worth(one.tally, law.alike)
    inner, outer = (law.limits(answers, level) for level in LEVELS)
    error = sqrt(law.deviation**2 / answers + law.tau**2) * law.factor
    return FunnelPoint(
        by=by,
        estimate=shown,
        z=(shown.value - law.centre * law.factor) / error if error else None,
        limits_95=inner,
        limits_998=outer,
        outside_95=_side(shown.value, inner),
        outside_998=_side(shown.value, outer),
    )


def _side(value: float, limits: tuple[float, float]) -> Side:
    if value > limits[1]:
        return Side.HIGH
    return Side.LOW if value < limits[0] else Side.INSIDE


def _bands(law: _Law, sizes: Sequence[int]) -> tuple[FunnelBand, ...]:
    """The limits from the smallest to the largest size, evenly spaced in √n."""
    low, high = sqrt(min(sizes) * 0.9), sqrt(max(sizes) * 1.05)
    step = (high - low) / (BANDS - 1)
    counts = sorted({max(1, round((low + step * place) ** 2)) for place in range(BANDS)})
    return tuple(_band(law, n) for n in counts)


def _band(law: _Law, n: int) -> FunnelBand:
    inner, outer = (law.limits(n * law.worth, level) for level in LEVELS)
    return FunnelBand(n=n, low_95=inner[0], high_95=inner[1], low_998=outer[0], high_998=outer[1])
