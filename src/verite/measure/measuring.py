"""Metrics with their intervals: the whole first, then group by group."""

from __future__ import annotations

from collections.abc import Sequence

from verite.ledger.port import Group
from verite.measure.agents import named, unnamed
from verite.measure.evidence import estimate
from verite.measure.items import refuse_by_agent
from verite.measure.notes import notes
from verite.measure.series import Series, gather
from verite.measure.study import EVERYTHING, Study, about, question
from verite.stats.withholding import hide, withhold, withhold_breakdown
from verite.words.asked import Filters
from verite.words.columns import TIME_DIMENSIONS, dimension_column
from verite.words.errors import WrongUse
from verite.words.estimate import Estimate, Status
from verite.words.measured import Companion, Label, Measured, MeasuredRow


def measure(
    study: Study, metrics: tuple[str, ...], *, by: tuple[str, ...] = (), where: Filters = EVERYTHING
) -> Measured:
    """Rows of every metric asked: the whole, then each group of `by`, small numbers withheld.

    No metric asked means all of them. NPS gives one row for each kind that has answers.
    """
    from verite.measure.metrics import METRICS

    wanted = tuple(dict.fromkeys(metrics)) or METRICS
    allow(study, by)
    refuse_by_agent(wanted, by)
    asked = question(study, where, by)
    whole = gather(question(study, where), wanted)
    groups = gather(asked, wanted if metrics else _divisible(wanted, by)) if by else []
    parts = {one.key: one for one in groups}
    rows: list[MeasuredRow] = []
    for one in seen(whole):
        rows.append(_row(one, (), withhold(_estimate(one, ()))))
        if one.key in parts:
            rows += _breakdown(parts[one.key], by)
    named = " ".join(("measure", *wanted, *(("--by", ",".join(by)) if by else ())))
    told = (*notes(asked, wanted), *unnamed(groups, by))
    return Measured(about=about(study, named, where, told), rows=tuple(rows))


def allow(study: Study, by: Sequence[str]) -> None:
    """Refuses figures per agent until the company allows them, and segments never heard of."""
    if "agent" in by and not study.definitions.agent_figures:
        raise WrongUse("agent_figures_off")
    for dimension in by:
        key = dimension.removeprefix("segment.")
        if dimension_column(dimension) == f"segment_{key}" and key not in study.timeline.segments:
            known = ", ".join(study.timeline.segments) or "–"
            raise WrongUse("unknown_segment", fields={"segment": key, "known": known})


def _divisible(metrics: tuple[str, ...], by: Sequence[str]) -> tuple[str, ...]:
    """The metrics that can be cut so: retention is read over a period, never by week or hour."""
    in_time = any(dimension in TIME_DIMENSIONS for dimension in by)
    return tuple(metric for metric in metrics if not (in_time and metric == "retention"))


def seen(whole: Sequence[Series]) -> list[Series]:
    """The series worth a row: of the kinds of one metric, those with answers, or else the first."""
    kept: list[Series] = []
    for one in whole:
        others = [other for other in whole if other.metric == one.metric]
        filled = [other for other in others if other.groups]
        if one.groups or (not filled and one is others[0]):
            kept.append(one)
    return kept


def _estimate(one: Series, group: Group) -> Estimate:
    return estimate(one.groups.get(group), one.kind)


def _breakdown(one: Series, by: tuple[str, ...]) -> list[MeasuredRow]:
    """The rows of the groups, in order of time where time was asked, else the largest first."""
    in_time = any(dimension in TIME_DIMENSIONS for dimension in by)
    groups = sorted(
        named(one, by), key=lambda group: (0 if in_time else -one.groups[group].n, group)
    )
    shown = withhold_breakdown([_estimate(one, group) for group in groups])
    return [_row(one, group, found, by) for group, found in zip(groups, shown, strict=True)]


def _row(one: Series, group: Group, found: Estimate, by: tuple[str, ...] = ()) -> MeasuredRow:
    labels = tuple(Label(dimension=d, value=v) for d, v in zip(by, group, strict=True))
    return MeasuredRow(
        metric=one.metric,
        by=(*labels, *one.labels),
        estimate=found,
        companions=_companions(one, group, found.status),
        nps_kind=one.nps_kind,
    )


def _companions(one: Series, group: Group, status: Status) -> tuple[Companion, ...]:
    """The second figures of a row; hidden with it."""
    found = []
    for aside in one.asides:
        if aside.groups.get(group) is None:
            continue
        beside = withhold(estimate(aside.groups[group], aside.kind))
        beside = hide(beside) if status is Status.HIDDEN else beside
        found.append(Companion(name=aside.name, estimate=beside))
    return tuple(found)
