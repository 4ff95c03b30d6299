"""A metric over successive weeks or months, with the limits of its usual wobble."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from verite.measure.evidence import Kind, estimate
from verite.measure.measuring import seen
from verite.measure.metrics import FOLLOWED, kind_of
from verite.measure.notes import notes
from verite.measure.series import NPS_KINDS, Key, fullest, gather
from verite.measure.study import EVERYTHING, Study, about, question
from verite.stats.charts import Limits, individual_limits, signals
from verite.stats.withholding import withhold
from verite.words.asked import Filters, Window
from verite.words.errors import WrongUse
from verite.words.estimate import Estimate, Status, Unit
from verite.words.measured import Trend, TrendPoint

PERIODS: Final = ("week", "month")
# What no figure can go beyond, by unit.
POSSIBLE: Final = {
    Unit.NPS: (-100.0, 100.0),
    Unit.PERCENT: (0.0, 100.0),
    Unit.SECONDS: (0.0, float("inf")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How many periods, of which length, and how many of the first make the baseline."""

    periods: int = 16
    period: str = "week"
    baseline: int = 12

    def __post_init__(self) -> None:
        if self.period not in PERIODS:
            raise WrongUse("unknown_period", fields={"period": self.period})
        if self.periods < 1:
            raise WrongUse("no_period", fields={"periods": self.periods})


def trend(
    study: Study,
    metric: str,
    *,
    where: Filters = EVERYTHING,
    periods: int = 16,
    period: str = "week",
    baseline: int = 12,
) -> Trend:
    """The last whole periods before `as_of`, each with its estimate and its signal.

    Limits come from the first `baseline` periods that have enough answers (XmR). For NPS the trend
    is of one kind: relational, unless touchpoints are asked or only the other has answers. For a
    metric given on several scales it is of the one with most answers: scales never mix in a line.
    """
    rhythm = Rhythm(periods=periods, period=period, baseline=baseline)
    wanted = one_kind(study, metric, where)
    windows = whole_periods(study, rhythm)
    main = _main(study, wanted, where)
    found = [_estimate(study, wanted, _inside(where, window), main) for window in windows]
    values = [each.value if each.status is Status.OK else None for each in found]
    kind = _kind(study, wanted)
    limits = _possible(individual_limits(_first(values, baseline)), kind.unit)
    points = tuple(
        TrendPoint(start=window.start, end=window.end, estimate=each, signal=signal)
        for window, each, signal in zip(windows, found, signals(values, limits), strict=True)
    )
    named = f"trend {metric} {periods} {period}"
    told = notes(question(study, where), (wanted,))
    return Trend(
        about=about(study, named, where, told),
        metric="nps" if wanted in NPS_KINDS else metric,
        unit=kind.unit,
        better=kind.better,
        points=points,
        mean=limits.mean if limits else None,
        lower=limits.lower if limits else None,
        upper=limits.upper if limits else None,
        baseline_points=limits.points if limits else 0,
    )


def one_kind(study: Study, metric: str, where: Filters) -> str:
    """The metric, with NPS narrowed to the one kind that a single line can show."""
    if metric != "nps":
        return metric
    series = seen(gather(question(study, where), ("nps",)))
    kinds = {found.nps_kind for found in series if found.groups}
    told = "transactional" if where.touchpoints or kinds == {"transactional"} else "relational"
    return next(name for name, kind in NPS_KINDS.items() if kind == told)


def whole_periods(study: Study, rhythm: Rhythm) -> tuple[Window, ...]:
    """The last whole weeks (Monday first) or months in local time; the day of `as_of` is whole."""
    zone = ZoneInfo(study.zone)
    last = (study.as_of - timedelta(microseconds=1)).astimezone(zone).date()
    edge = _start(last + timedelta(days=1), rhythm.period)
    edges = [edge]
    for _ in range(rhythm.periods):
        edges.append(_start(edges[-1] - timedelta(days=1), rhythm.period))
    moments = [datetime.combine(day, time(), tzinfo=zone) for day in reversed(edges)]
    return tuple(Window(start=start, end=end) for start, end in pairwise(moments))


def _start(day: date, period: str) -> date:
    """The first day of the period that holds this day."""
    return day.replace(day=1) if period == "month" else day - timedelta(days=day.weekday())


def _inside(where: Filters, window: Window) -> Filters:
    since = window.start if where.since is None else max(where.since, window.start)
    until = window.end if where.until is None else min(where.until, window.end)
    return replace(where, since=since, until=max(since, until))


def _main(study: Study, metric: str, where: Filters) -> Key | None:
    """The one scale that a line can show: that of most answers. None: there is no choice."""
    if metric in FOLLOWED:
        return None
    found = fullest(gather(question(study, replace(where, since=None)), (metric,)))
    return found.key if found else None


def _estimate(study: Study, metric: str, where: Filters, main: Key | None) -> Estimate:
    series = gather(question(study, where), (metric,))
    found = next((one for one in series if main is None or one.key == main), None)
    return withhold(estimate(found.groups.get(()) if found else None, _kind(study, metric)))


def _kind(study: Study, metric: str) -> Kind:
    return kind_of("nps" if metric in NPS_KINDS else metric)


def _first(values: list[float | None], baseline: int) -> list[float]:
    return [value for value in values if value is not None][:baseline]


def _possible(limits: Limits | None, unit: Unit) -> Limits | None:
    """Limits cut to what the unit allows."""
    if limits is None or unit not in POSSIBLE:
        return limits
    floor, ceiling = POSSIBLE[unit]
    return replace(limits, lower=max(limits.lower, floor), upper=min(limits.upper, ceiling))
