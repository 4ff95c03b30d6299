"""The weekly share on a chart, and the alarm when a promise drifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from verite.ledger.port import Tally
from verite.measure.promises.fates import Judged
from verite.measure.promises.telling import share_of, tallies_of
from verite.measure.study import Study, microseconds
from verite.measure.trending import Rhythm, whole_periods
from verite.stats.charts import BASELINE_AT_LEAST
from verite.stats.ewma import Course, smooth
from verite.stats.laney import Shares, prime_shares
from verite.stats.run_rules import OURS, broken_rules
from verite.stats.withholding import FEW_UNDER, withhold_breakdown
from verite.words.asked import Filters, Window
from verite.words.control import ChartKind, ControlChart, ControlPoint, Rule, Side
from verite.words.estimate import Estimate, Status
from verite.words.measured import Label
from verite.words.promises import Lapse, Promise, PromiseAlarm

WEEKS: Final = 26
BASELINE: Final = 10 / 13  # of the weeks set the limits, as on the other charts


def chart_of(study: Study, judged: Judged, promise: Promise, where: Filters) -> ControlChart | None:
    """Half a year of whole weeks on Laney's p′ chart, with the smoothed course (EWMA).

    Only weeks of thirty and more are judged; none under six of them in the baseline.
    """
    end = study.as_of if where.until is None else min(where.until, study.as_of)
    seen = replace(study, as_of=end)
    windows = _since_first(study, whole_periods(seen, Rhythm(periods=WEEKS, period="week")))
    labels = [window.start.date().isoformat() for window in windows]
    tallies = tallies_of(study.timeline, judged, ("week",))
    found = [tallies.get((label,)) for label in labels]
    shown = withhold_breakdown([share_of(one) for one in found])
    base = _baseline(found)
    if len(base) < BASELINE_AT_LEAST:
        return None
    limits = _limits(base)
    points = tuple(
        ControlPoint(start=window.start, end=window.end, label=label, estimate=one)
        for window, label, one in zip(windows, labels, shown, strict=True)
    )
    return ControlChart(
        by=(Label(dimension="promise", value=promise.key),),
        kind=ChartKind.P_PRIME,
        points=_judged(points, limits, _bound(base)),
        mean=100 * limits.mean,
        baseline=limits.points,
        overdispersion=limits.sigma_z,
    )


def alarm_of(chart: ControlChart | None) -> PromiseAlarm | None:
    """The alarm that is on: the last week judged signals on the low side.

    Since when: the first of the signalling weeks that lead to it without a break.
    """
    judged = (
        [point for point in chart.points if point.estimate.status is Status.OK] if chart else []
    )
    since: ControlPoint | None = None
    for point in reversed(judged):
        if point.side is not Side.LOW:
            break
        since = point
    if chart is None or since is None or judged[-1].estimate.value is None:
        return None
    last = judged[-1]
    how = Lapse.DRIFT
    if last.broken:
        how = Lapse.BEYOND if Rule.BEYOND_THREE in last.broken else Lapse.RUN
    value = last.estimate.value or 0.0
    return PromiseAlarm(since=since.start, how=how, value=value, mean=chart.mean)


def _since_first(study: Study, windows: Sequence[Window]) -> tuple[Window, ...]:
    timeline = study.timeline
    first = int(timeline.ts.min()) if timeline.rows else 0
    return tuple(window for window in windows if microseconds(window.end) > first)


def _baseline(found: Sequence[Tally | None]) -> list[Tally]:
    """The weeks that set the limits."""
    first = found[: round(BASELINE * len(found))]
    return [one for one in first if one is not None and one.n >= FEW_UNDER]


def _limits(base: Sequence[Tally]) -> Shares:
    """Laney's limits of the baseline; those of chance alone where its weeks do not vary at all."""
    kept, sizes = [one.sum_y for one in base], [one.n for one in base]
    limits = prime_shares(kept, sizes)
    if limits is None:
        # Always kept, or never: chance alone about (kept + ½)/(n + 1), or no fall would ever show.
        return Shares((sum(kept) + 0.5) / (sum(sizes) + 1), 1.0, len(base))
    return limits if limits.sigma_z > 0 else replace(limits, sigma_z=1.0)


def _bound(base: Sequence[Tally]) -> Side | None:
    """The side on which nothing can be a signal: above a promise always kept, below one never
    kept, where every ordinary week stands a hair's breadth off the mean."""
    kept = sum(one.sum_y for one in base)
    if kept == sum(one.n for one in base):
        return Side.HIGH
    return Side.LOW if kept == 0 else None


def _judged(
    points: Sequence[ControlPoint], limits: Shares, bound: Side | None
) -> tuple[ControlPoint, ...]:
    mean = 100 * limits.mean
    sizes = [point.estimate.n or 0 for point in points]
    usual = 100 * limits.deviation(max(round(sum(sizes) / max(len(sizes), 1)), 1))
    scores = [_score(point.estimate, limits) for point in points]
    smoothed = smooth(
        [None if z is None else mean + z * usual for z in scores],
        Course(mean=mean, deviation=usual),
    )
    broken = broken_rules(scores, OURS)
    made = []
    for point, z, rules, course in zip(points, scores, broken, smoothed, strict=True):
        low, high = limits.limits(max(point.estimate.n or 0, 1))
        if z is not None and (Side.HIGH if z > 0 else Side.LOW) is bound:
            rules = ()
        one = replace(point, lower=100 * low, upper=100 * high, broken=rules)
        if z is not None and course is not None:
            away = z if rules else course.value - mean
            side = Side.HIGH if away > 0 else Side.LOW
            is_out = bool(rules) or (course.is_outside and side is not bound)
            one = replace(
                one,
                side=side if is_out else Side.INSIDE,
                smoothed=course.value,
                smoothed_lower=course.lower,
                smoothed_upper=course.upper,
            )
        made.append(one)
    return tuple(made)


def _score(found: Estimate, limits: Shares) -> float | None:
    if found.value is None or not found.n:
        return None
    return (found.value / 100 - limits.mean) / limits.deviation(found.n)
