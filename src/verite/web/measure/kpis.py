"""The table KPI, now, target, gap, sixteen weeks."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from verite.home import Home
from verite.sentences.names import metric_name, metric_note
from verite.sentences.numbers import figure, gap, interval, number, value
from verite.web.asked import Asked
from verite.web.evidence.address import evidence_url
from verite.web.language import language
from verite.web.pictured import drawn_spark
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.measured import Label, TargetRow, TargetStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One line of the table."""

    name: str
    note: str
    now: str
    interval: str
    is_withheld: bool
    n: str
    target: str
    gap: str
    status: str
    spark: SafeString
    url: str
    evidence: str


def kpis_of(
    home: Home, asked: Asked, names: Names, touchpoint: str | None = None
) -> tuple[Kpi, ...]:
    """Every target, or those of a touchpoint, against what was measured in the window asked."""
    rows = home.targets(where=asked.where).result.rows
    return tuple(_kpi(row, asked, names) for row in rows if touchpoint in (None, row.touchpoint))


def _kpi(row: TargetRow, asked: Asked, names: Names) -> Kpi:
    lang = language()
    by = (Label(dimension="touchpoint", value=row.touchpoint),) if row.touchpoint else ()
    note = names.name(row.touchpoint) if row.touchpoint else metric_note(row.metric, lang)
    more = {"touchpoint": row.touchpoint} if row.touchpoint else {}
    return Kpi(
        name=metric_name(row.metric, lang),
        note=note,
        now=value(row.now, lang),
        interval=interval(row.now, lang),
        is_withheld=row.now.value is None,
        n=number(row.now.n, lang) if row.now.n is not None else "",
        target=figure(row.target, row.now.unit, lang),
        gap=_gap(row),
        status=row.status.value,
        spark=drawn_spark(row.trend) if row.trend is not None else SafeString(""),
        url=f"/measure?{asked.query(metric=row.metric, **more)}#trend",
        evidence=evidence_url(asked, metric=row.metric, by=by),
    )


def _width(row: TargetRow) -> float | None:
    if row.now.low is None or row.now.high is None:
        return None
    return row.now.high - row.now.low


def _gap(row: TargetRow) -> str:
    if row.gap is None:
        return ""
    told = gap(row.gap, row.now.unit, language(), _width(row))
    if row.status is TargetStatus.REACHED:
        return say("measure.gap_reached", gap=told)
    if row.status is TargetStatus.MISSED:
        return say("measure.gap_missed", gap=told)
    if row.status is TargetStatus.UNDECIDED:
        return say("measure.gap_undecided", gap=told)
    return told
