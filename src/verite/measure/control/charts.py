"""Control charts: each channel or team over the weeks, and what leaves ordinary variation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from verite.measure.control.kinds import check, counts_of, lone_units, scored
from verite.measure.control.returning import Returning, returning
from verite.measure.evidence import Counted, Shape, estimate
from verite.measure.metrics import kind_of
from verite.measure.series import Series
from verite.measure.study import Study, about, microseconds, question
from verite.measure.trending import POSSIBLE, Rhythm, whole_periods
from verite.stats.charts import individual_limits
from verite.stats.ewma import Course, Smoothed, smooth
from verite.stats.laney import prime_shares
from verite.stats.run_rules import OURS, broken_rules
from verite.stats.withholding import FEW_UNDER, withhold_breakdown
from verite.words.asked import Filters, Window
from verite.words.control import ChartKind, ControlChart, ControlPoint, Controls, Side
from verite.words.estimate import Estimate, Status
from verite.words.measured import Label

# Half a year of weeks, or a year of months; the first ten thirteenths set the limits.
SPANS: Final = (("week", 26), ("month", 13))
BASELINE: Final = 10 / 13
CHARTS_AT_MOST: Final = 12
STEADY_SIGNALS: Final = 1 / 6  # of steady charts, within their span (simulated in the tests)
MOST: Final = 0.8  # of the periods of a unit must rest on thirty answers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The limits of one chart: mean, and one standard deviation for each period."""

    kind: ChartKind
    mean: float
    deviations: tuple[float | None, ...]
    usual: float  # the deviation at the usual size
    points: int
    overdispersion: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The series by (dimension, period), that of all the periods together, what charts show."""

    study: Study
    series: Series
    whole: Series | None
    dimension: str
    period: str
    windows: tuple[Window, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The periods as the timeline writes them."""
        wide = slice(0, 7) if self.period == "month" else slice(0, 10)
        return tuple(window.start.date().isoformat()[wide] for window in self.windows)


def control_charts(study: Study, metric: str, *, dimension: str, where: Filters) -> Controls:
    """One chart per value of the dimension: shares by Laney's p′, other figures by XmR.

    Weeks, or months where weeks rest on too few answers. Only figures on thirty answers and more
    are judged. `where.since` is left out: a chart shows its own span up to `where.until`.
    """
    check(study, metric, dimension)
    filters = replace(where, since=None)
    chosen = _choose(study, metric, dimension, filters)
    named = f"control {metric} --by {dimension}"
    told = about(study, named, replace(filters, since=chosen.windows[0].start))
    units = _units(chosen)
    alone = lone_units(question(study, replace(filters, since=chosen.windows[0].start)), metric,
                       dimension)  # fmt: skip
    charts = [chart for unit in units if unit not in alone
              if (chart := _chart(chosen, unit)) is not None]  # fmt: skip
    charts.sort(key=lambda chart: (not _signals(chart), units.index(chart.by[0].value)))
    charted = {chart.by[0].value for chart in charts}
    return Controls(
        about=told,
        metric=chosen.series.metric,
        nps_kind=chosen.series.nps_kind,
        unit=chosen.series.kind.unit,
        better=chosen.series.kind.better,
        dimension=dimension,
        period=chosen.period,
        rules=OURS,
        charts=tuple(charts[:CHARTS_AT_MOST]),
        left_out=tuple(unit for unit in units if unit not in charted),
        tested=len(charts),
        by_chance=STEADY_SIGNALS * len(charts),
    )


def _choose(study: Study, metric: str, dimension: str, where: Filters) -> _Asked:
    """The shortest period in which most units have enough answers most of the time."""
    end = study.as_of if where.until is None else min(where.until, study.as_of)
    seen = replace(study, as_of=end)
    for period, periods in SPANS:
        asked = question(study, where, (dimension, period))
        windows = _since_first(seen, whole_periods(seen, Rhythm(periods=periods, period=period)))
        series = scored(asked, metric) or Series(metric=metric, kind=kind_of(metric), groups={})
        span = question(study, replace(where, since=windows[0].start), (dimension,))
        chosen = _Asked(
            study=study, series=series, whole=scored(span, metric), dimension=dimension,
            period=period, windows=windows,
        )  # fmt: skip
        units = _units(chosen)
        if sum(_is_dense(chosen, unit) for unit in units) * 2 >= max(len(units), 1):
            break
    return chosen


def _since_first(study: Study, windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """The periods from that of the first interaction on; at least one."""
    timeline = study.timeline
    first = int(timeline.ts.min()) if timeline.rows else 0
    held = tuple(window for window in windows if microseconds(window.end) > first)
    return held or windows[-1:]


def _units(asked: _Asked) -> list[str]:
    """The values of the dimension, those with most answers first."""
    rows: dict[str, int] = {}
    for (unit, _), found in asked.series.groups.items():
        rows[unit] = rows.get(unit, 0) + found.n
    return sorted(rows, key=lambda unit: (-rows[unit], unit))


def _is_dense(asked: _Asked, unit: str) -> bool:
    found = [counts_of(asked.series, (unit, label)) for label in asked.labels]
    return sum(one is not None and one.n >= FEW_UNDER for one in found) >= MOST * len(found)


def _chart(asked: _Asked, unit: str) -> ControlChart | None:
    """The chart of one unit; None when too few periods rest on thirty answers for limits."""
    found = [counts_of(asked.series, (unit, label)) for label in asked.labels]
    shown = withhold_breakdown([estimate(one, asked.series.kind) for one in found])
    told = _limits(found, shown, counts_of(asked.whole, (unit,)) if asked.whole else None)
    if told is None:
        return None
    return ControlChart(
        by=(Label(dimension=asked.dimension, value=unit),),
        kind=told.kind,
        points=_points(asked, shown, told),
        mean=told.mean,
        baseline=told.points,
        overdispersion=told.overdispersion,
    )


def _kind_of_chart(found: Sequence[Counted | None]) -> ChartKind:
    is_share = any(one is not None and one.shape is Shape.SHARE for one in found)
    return ChartKind.P_PRIME if is_share else ChartKind.XMR


def _limits(
    found: Sequence[Counted | None], shown: Sequence[Estimate], whole: Counted | None
) -> _Told | None:
    """The limits from the baseline periods that rest on thirty answers; None under six of them."""
    first = round(BASELINE * len(found))
    judged = [one if told.status is Status.OK else None
              for one, told in zip(found, shown, strict=True)]  # fmt: skip
    base = [one for one in judged[:first] if one is not None]
    people = returning(found, whole)
    if _kind_of_chart(found) is ChartKind.P_PRIME:
        return _of_shares(judged, base, people)
    values = [told.value for told in shown[:first] if told.value is not None]
    limits = individual_limits(values)
    if limits is None or limits.upper == limits.mean:
        return None
    sigma = max((limits.upper - limits.mean) / 3, people.least(base))
    return _Told(
        kind=ChartKind.XMR,
        mean=limits.mean,
        deviations=(sigma,) * len(found),
        usual=sigma,
        points=limits.points,
    )


def _of_shares(
    judged: Sequence[Counted | None], base: Sequence[Counted], people: Returning
) -> _Told | None:
    """Laney's limits at what each period's answers are worth."""
    sizes = [people.worth(one) for one in base]
    counts = [size * one.tally.sum_y / one.n for size, one in zip(sizes, base, strict=True)]
    shares = prime_shares(counts, sizes)
    if shares is None or shares.sigma_z == 0:
        return None
    if people.come_back:
        shares = replace(shares, sigma_z=max(shares.sigma_z, 1.0))
    return _Told(
        kind=ChartKind.P_PRIME,
        mean=100 * shares.mean,
        deviations=tuple(None if one is None else 100 * shares.deviation(people.worth(one))
                         for one in judged),
        usual=100 * shares.deviation(sum(sizes) / len(sizes)),
        points=shares.points,
        overdispersion=shares.sigma_z,
    )  # fmt: skip


def _points(asked: _Asked, shown: Sequence[Estimate], told: _Told) -> tuple[ControlPoint, ...]:
    plain = [
        ControlPoint(start=window.start, end=window.end, label=label, estimate=one)
        for window, label, one in zip(asked.windows, asked.labels, shown, strict=True)
    ]
    scores = [
        None if one.value is None or not sigma else (one.value - told.mean) / sigma
        for one, sigma in zip(shown, told.deviations, strict=True)
    ]
    course = smooth(
        [None if z is None else told.mean + z * told.usual for z in scores],
        Course(mean=told.mean, deviation=told.usual),
    )
    broken = broken_rules(scores, OURS)
    floor, ceiling = POSSIBLE.get(asked.series.kind.unit, (float("-inf"), float("inf")))
    made = []
    for point, z, sigma, rules, smoothed in zip(
        plain, scores, told.deviations, broken, course, strict=True
    ):
        half = 3 * (told.usual if sigma is None else sigma)
        limited = replace(
            point,
            lower=max(told.mean - half, floor),
            upper=min(told.mean + half, ceiling),
            broken=rules,
        )
        made.append(_with_course(limited, z, smoothed))
    return tuple(made)


def _with_course(point: ControlPoint, z: float | None, course: Smoothed | None) -> ControlPoint:
    if z is None or course is None:
        return point
    away = z if point.broken else course.value - (course.lower + course.upper) / 2
    is_out = bool(point.broken) or course.is_outside
    side = Side.INSIDE if not is_out else Side.HIGH if away > 0 else Side.LOW
    return replace(
        point,
        side=side,
        smoothed=course.value,
        smoothed_lower=course.lower,
        smoothed_upper=course.upper,
    )


def _signals(chart: ControlChart) -> bool:
    return any(point.side is not Side.INSIDE for point in chart.points)
