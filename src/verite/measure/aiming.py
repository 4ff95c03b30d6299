"""KPI, now, target, gap: where each figure stands against what is wanted."""

from __future__ import annotations

from dataclasses import replace

from verite.measure.evidence import estimate
from verite.measure.metrics import METRICS, kind_of
from verite.measure.notes import notes
from verite.measure.series import NPS_KINDS, fullest, gather
from verite.measure.study import EVERYTHING, Study, about, question
from verite.measure.trending import one_kind, trend
from verite.stats.withholding import withhold
from verite.words.asked import Filters
from verite.words.estimate import Better, Estimate, Status
from verite.words.measured import Target, TargetRow, Targets, TargetStatus, Trend


def set_against(
    study: Study, targets: tuple[Target, ...], *, where: Filters = EVERYTHING
) -> Targets:
    """Each target with the figure now, the gap (now − target), its trend, and where it stands."""
    rows = tuple(_row(study, target, where) for target in targets)
    told = notes(question(study, where), tuple(target.metric for target in targets))
    return Targets(about=about(study, "targets", where, told), rows=rows)


def _row(study: Study, target: Target, where: Filters) -> TargetRow:
    here = where if target.touchpoint is None else replace(where, touchpoints=(target.touchpoint,))
    metric = one_kind(study, target.metric, here)
    now = _now(study, metric, here)
    told = now.status is Status.UNKNOWN and target.now is not None
    if told:
        now = _given(now, target.now)
    better = kind_of("nps" if metric in NPS_KINDS else metric).better or Better.HIGHER
    return TargetRow(
        touchpoint=target.touchpoint,
        metric=target.metric,
        now=now,
        target=target.target,
        gap=None if now.value is None else now.value - target.target,
        better=better,
        trend=_trend(study, metric, here),
        status=TargetStatus.UNKNOWN if told else stand(now, target.target, better),
    )


def _now(study: Study, metric: str, where: Filters) -> Estimate:
    series = gather(question(study, where), (metric,)) if _is_heard(study, metric) else []
    found = fullest(series)
    kind = kind_of("nps" if metric in NPS_KINDS else metric)
    return withhold(estimate(found.groups.get(()) if found else None, kind))


def _is_heard(study: Study, metric: str) -> bool:
    """Whether the metric is one of ours, or a rating that somebody has given."""
    ours = metric in METRICS or metric in NPS_KINDS
    return ours or metric in study.timeline.labels("metric")


def _trend(study: Study, metric: str, where: Filters) -> Trend | None:
    """The last weeks whatever the period asked; none of a rating never heard of."""
    if not _is_heard(study, metric):
        return None
    return trend(study, metric, where=replace(where, since=None))


def _given(now: Estimate, value: float | None) -> Estimate:
    """A figure told from outside, shown until data answer; nothing is known of its certainty."""
    return replace(now, value=value, n=None, people=None, method="given", status=Status.OK)


def stand(now: Estimate, target: float, better: Better) -> TargetStatus:
    """Reached or missed only when the whole interval stands on that side of the target.

    >>> from verite.words.estimate import Unit
    >>> seen = Estimate(value=45.0, low=42.0, high=48.0, n=900, unit=Unit.PERCENT, method="wilson")
    >>> stand(seen, 30.0, Better.LOWER).value, stand(seen, 46.0, Better.LOWER).value
    ('missed', 'undecided')
    """
    if now.status not in (Status.OK, Status.FEW):
        return TargetStatus.UNKNOWN
    worst, best = (now.low, now.high) if better is Better.HIGHER else (now.high, now.low)
    sign = 1.0 if better is Better.HIGHER else -1.0
    if worst is not None and sign * (worst - target) >= 0:
        return TargetStatus.REACHED
    if best is not None and sign * (best - target) < 0:
        return TargetStatus.MISSED
    return TargetStatus.UNDECIDED
