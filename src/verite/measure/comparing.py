"""Change between two windows, told apart from noise after control of how many were looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verite.ledger.port import Group
from verite.measure.evidence import Evidence, Kind, Shape, estimate
from verite.measure.measuring import allow, seen
from verite.measure.notes import notes
from verite.measure.overlap import covariances
from verite.measure.scores import scale_label
from verite.measure.series import Key, Series, gather
from verite.measure.study import EVERYTHING, Study, about, question
from verite.stats.families import family_level, p_value
from verite.stats.intervals import LEVEL, Interval
from verite.stats.means import Spread, difference
from verite.stats.promoters import ADDED
from verite.stats.shares import Side, mover
from verite.stats.withholding import hide, withhold, withhold_breakdown
from verite.words.asked import Filters, Window
from verite.words.estimate import Estimate, Status
from verite.words.measured import Change, Changes, Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ALPHA = 1.0 - LEVEL
MANY = 1e9  # degrees of freedom of a normal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """The evidence of one group in both windows, and how much the same people link the two."""

    series: Series
    group: Group
    before: Evidence | None
    after: Evidence | None
    covariance: float

    def gap(self, level: float) -> Interval:
        """Interval of after − before."""
        return gap_interval(self.before, self.after, self.covariance, level)


def compare(
    study: Study,
    metrics: tuple[str, ...],
    before: Window,
    after: Window,
    *,
    by: tuple[str, ...] = (),
    where: Filters = EVERYTHING,
) -> Changes:
    """Every metric in both windows, whole and by group, with the difference after − before."""
    allow(study, by)
    wheres = [replace(where, since=window.start, until=window.end) for window in (before, after)]
    pairs = _pairs(study, metrics, wheres, ())
    if by:
        pairs += _pairs(study, metrics, wheres, by)
    shown = {id(pair): _withheld_sides(pair) for pair in pairs}
    if by:
        _hide_complements(pairs, shown)
    looked_at = [pair for pair in pairs if _is_shown(shown[id(pair)])]
    level = family_level([p_value(pair.gap) for pair in looked_at], ALPHA)
    rows = tuple(_change(pair, shown[id(pair)], level, by) for pair in pairs)
    asked = question(study, wheres[1], by)
    named = f"changes {' '.join(metrics)}"
    told = (
        *notes(asked, metrics),
        f"note_changes_looked_at: n={len(looked_at)}, level={level:.4f}",
    )
    return Changes(about=about(study, named, wheres[1], told), rows=rows)


Sides = tuple[Estimate, Estimate]


def _pairs(
    study: Study, metrics: tuple[str, ...], wheres: Sequence[Filters], by: tuple[str, ...]
) -> list[_Pair]:
    first, second = (question(study, where, by) for where in wheres)
    earlier = {one.key: one for one in gather(first, metrics)}
    later = {one.key: one for one in gather(second, metrics)}
    pairs: list[_Pair] = []
    for one in seen(_either(earlier, later)):
        was, now = (found[one.key].groups if one.key in found else {} for found in (earlier, later))
        linked = covariances(first, second, one)
        pairs += [
            _Pair(
                series=one,
                group=group,
                before=was.get(group),
                after=now.get(group),
                covariance=linked.get(group, 0.0),
            )
            for group in (sorted({*was, *now}) if by else [()])
        ]
    return pairs


def _either(earlier: Mapping[Key, Series], later: Mapping[Key, Series]) -> list[Series]:
    """Every series of the two windows, from the window where it has rows; scales are labelled."""
    both = [
        later[key] if key in later and (later[key].groups or key not in earlier) else earlier[key]
        for key in dict.fromkeys([*later, *earlier])
    ]
    return [replace(one, labels=_scale(one, both)) for one in both]


def _scale(one: Series, both: Sequence[Series]) -> tuple[Label, ...]:
    scales = {other.scale for other in both if other.metric == one.metric and other.groups}
    return (scale_label(one.scale),) if one.scale and len(scales) > 1 else ()


def _sides(pair: _Pair) -> Sides:
    return estimate(pair.before, pair.series.kind), estimate(pair.after, pair.series.kind)


def _withheld_sides(pair: _Pair) -> Sides:
    before, after = _sides(pair)
    return withhold(before), withhold(after)


def _hide_complements(pairs: list[_Pair], shown: dict[int, Sides]) -> None:
    """Complementary suppression within each metric's breakdown, window by window."""
    keys = dict.fromkeys(pair.series.key for pair in pairs)
    for key in keys:
        parts = [pair for pair in pairs if pair.group and pair.series.key == key]
        before = withhold_breakdown([_sides(pair)[0] for pair in parts])
        after = withhold_breakdown([_sides(pair)[1] for pair in parts])
        for pair, one, two in zip(parts, before, after, strict=True):
            shown[id(pair)] = (one, two)


def _is_shown(sides: Sides) -> bool:
    return all(side.status in (Status.OK, Status.FEW) for side in sides)


def _change(pair: _Pair, sides: Sides, level: float, by: tuple[str, ...]) -> Change:
    gap = _difference(pair, sides, level)
    told_apart = gap.status in (Status.OK, Status.FEW) and Interval(gap.low, gap.high).excludes(0)
    labels = tuple(Label(dimension=d, value=v) for d, v in zip(by, pair.group, strict=False))
    return Change(
        metric=pair.series.metric,
        by=(*labels, *pair.series.labels),
        before=sides[0],
        after=sides[1],
        difference=gap,
        told_apart=told_apart,
        nps_kind=pair.series.nps_kind,
    )


def _difference(pair: _Pair, sides: Sides, level: float) -> Estimate:
    """The difference under the small-n rule of its weaker side."""
    statuses = {side.status for side in sides}
    kind = pair.series.kind
    unknown = _unknown(kind, level)
    if Status.HIDDEN in statuses:
        return hide(unknown)
    if Status.UNKNOWN in statuses or pair.before is None or pair.after is None:
        return unknown
    interval = pair.gap(level)
    was, now = pair.before.figure().value, pair.after.figure().value
    few = Status.FEW in statuses
    value = None if few or was is None or now is None else now - was
    return replace(
        unknown,
        value=value,
        low=interval.low,
        high=interval.high,
        n=pair.before.n + pair.after.n,
        method=_method(pair),
        status=Status.FEW if few else Status.OK,
    )


def _unknown(kind: Kind, level: float) -> Estimate:
    return Estimate(
        value=None, low=None, high=None, n=0, unit=kind.unit, better=kind.better, level=level,
        method="none", status=Status.UNKNOWN,
    )  # fmt: skip


def _method(pair: _Pair) -> str:
    shape = _shape(pair.after)
    named = {
        Shape.NPS: "adjusted_difference",
        Shape.SHARE: "newcombe",
        Shape.MEAN: "welch",
    }.get(shape, "mover")
    return named if pair.covariance == 0.0 else f"{named}_paired"


def _shape(found: Evidence | None) -> Shape:
    return getattr(found, "shape", Shape.SURVIVAL)


def gap_interval(
    before: Evidence | None, after: Evidence | None, covariance: float, level: float
) -> Interval:
    """Interval of after − before.

    NPS: √(v₁ + v₂ − 2c) of the adjusted variances. Means: Welch, clustered by person. Shares:
    Newcombe's method 10. Medians and times: the same construction from their own intervals.
    """
    if before is None or after is None:
        return Interval(None, None)
    was, now = before.figure(level), after.figure(level)
    if was.value is None or now.value is None:
        return Interval(None, None)
    variances = before.variance(), after.variance()
    if _shape(after) in (Shape.NPS, Shape.MEAN):
        if variances[0] is None or variances[1] is None:
            return Interval(None, None)
        normal = _shape(after) is Shape.NPS
        if normal:  # the three added answers of each side are nobody's: they link nothing
            covariance *= before.n / (before.n + ADDED) * after.n / (after.n + ADDED)
        else:
            covariance *= _small_sample(before) * _small_sample(after)
        sides = [
            Spread(value, variance, MANY if normal else max(found.people - 1, 1))
            for value, variance, found in (
                (was.value, variances[0], before),
                (now.value, variances[1], after),
            )
        ]
        return difference(sides[0], sides[1], covariance, level)
    scale = (variances[0] or 0.0) * (variances[1] or 0.0)
    covariance *= _small_sample(before) * _small_sample(after)
    correlation = max(min(covariance / scale**0.5, 1.0), -1.0) if scale > 0 else 0.0
    return mover(Side(was.value, was.interval), Side(now.value, now.interval), correlation)


def _small_sample(found: Evidence) -> float:
    """√(G/(G − 1)): the same correction in the cross term as in the clustered variances."""
    return float((found.people / max(found.people - 1, 1)) ** 0.5)
