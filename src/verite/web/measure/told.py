"""The measures page as it is printed: every measure, one by dimension, one over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from verite.home import Home
from verite.measure import METRICS
from verite.sentences.dates import period
from verite.sentences.names import dimension_name, metric_name, metric_note, value_name
from verite.sentences.numbers import figure, interval, number, value
from verite.web.asked import Asked, Choice
from verite.web.evidence.address import evidence_url, figure_key
from verite.web.evidence.links import PageLinks
from verite.web.language import language
from verite.web.pictured import Drawn, drawn
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.asked import Window
from verite.words.errors import BadInput
from verite.words.estimate import Estimate, Status
from verite.words.measured import Label, Measured, MeasuredRow, Trend

COMPANIONS = ("p90", "mean", "median", "journey")
SEGMENT = "segment."
DIMENSIONS = ("channel", "touchpoint", "team", "motive", "site", "month", "weekday", "hour")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure with its doubt and what it rests on."""

    name: str
    note: str
    value: str
    interval: str
    is_withheld: bool
    companions: str
    n: str
    people: str
    status: str
    url: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """One period of a trend as numbers."""

    period: str
    value: str
    interval: str
    n: str
    signal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePage:
    """Everything the page prints."""

    metric: str
    metric_name: str
    metrics: tuple[Choice, ...]
    by: str
    by_name: str
    dimensions: tuple[Choice, ...]
    whole: tuple[Row, ...]
    groups: tuple[Row, ...]
    groups_picture: Drawn | None
    trend: tuple[TrendLine, ...]
    trend_picture: Drawn
    trend_limits: str


def told_measures(home: Home, asked: Asked, names: Names, chosen: tuple[str, str]) -> MeasurePage:
    """All measures; the chosen one by the chosen dimension and over sixteen weeks."""
    lang = language()
    every = home.measure(*METRICS, *home.ratings(), where=asked.where).result.rows
    known = tuple(dict.fromkeys(row.metric for row in every)) or METRICS
    metric, by = chosen
    if metric and metric not in known:
        raise BadInput("unknown_metric", fields={"metric": metric, "known": ", ".join(known)})
    metric = metric or next(iter(known))
    dimensions = _dimensions(home)
    if by not in dimensions:
        raise BadInput("unknown_dimension", fields={"dimension": by})
    grouped = home.measure(metric, by=(by,), where=asked.where).result
    groups = tuple(row for row in grouped.rows if row.by)
    trend = home.trend(metric, where=asked.so_far).result
    links = PageLinks(asked=asked, names=names)
    return MeasurePage(
        metric=metric,
        metric_name=metric_name(metric, lang),
        metrics=_choices(known, metric, lambda key: metric_name(key, lang)),
        by=by,
        by_name=_dimension(by),
        dimensions=_choices(dimensions, by, _dimension),
        whole=tuple(_whole(row, asked) for row in every),
        groups=tuple(_group(row, asked, names) for row in groups),
        groups_picture=drawn(_with_names(grouped, names), links) if groups else None,
        trend=told_trend_lines(trend),
        trend_picture=drawn(trend, links),
        trend_limits=told_limits(trend),
    )


def _dimensions(home: Home) -> tuple[str, ...]:
    return (*DIMENSIONS, *(f"segment.{key}" for key, _ in home.segments()))


def _dimension(key: str) -> str:
    """A dimension as people read it; a segment says that it is one."""
    if key.startswith(SEGMENT):
        return say("listen.a_segment", key=dimension_name(key, language()))
    return dimension_name(key, language())


def _choices(keys: Sequence[str], chosen: str, name: Callable[[str], str]) -> tuple[Choice, ...]:
    return tuple(Choice(value=key, name=name(key), is_chosen=key == chosen) for key in keys)


def told_rows(rows: Sequence[MeasuredRow], asked: Asked, touchpoint: str) -> tuple[Row, ...]:
    """The measures of one touchpoint, whose evidence is narrowed to it."""
    here = (Label(dimension="touchpoint", value=touchpoint),)
    return tuple(_whole(replace(row, by=(*here, *row.by)), asked) for row in rows)


def _whole(row: MeasuredRow, asked: Asked) -> Row:
    lang = language()
    name = metric_name(row.metric, lang, row.nps_kind)
    return _row(row, asked, name, metric_note(row.metric, lang))


def _with_names(measured: Measured, names: Names) -> Measured:
    """As its picture shows it: touchpoints by their names; companions are left to the table."""
    rows = tuple(
        replace(row, by=tuple(_named(label, names) for label in row.by), companions=())
        for row in measured.rows
    )
    return replace(measured, rows=rows)


def _named(label: Label, names: Names) -> Label:
    is_place = label.dimension == "touchpoint"
    return replace(label, value=names.name(label.value)) if is_place else label


def _group(row: MeasuredRow, asked: Asked, names: Names) -> Row:
    label = row.by[0]
    told = (
        names.name(label.value)
        if label.dimension == "touchpoint"
        else value_name(label.dimension, label.value, language())
    )
    kind = metric_name(row.metric, language(), row.nps_kind) if row.nps_kind else ""
    return _row(row, asked, told, kind)


def _row(row: MeasuredRow, asked: Asked, name: str, note: str) -> Row:
    lang, estimate = language(), row.estimate
    return Row(
        name=name,
        note=note,
        value=value(estimate, lang),
        interval=interval(estimate, lang),
        is_withheld=estimate.value is None,
        companions=_companions(row),
        n=_count(estimate.n),
        people=_count(estimate.people),
        status=_status(estimate),
        url=f"/measure?{asked.query(metric=row.metric)}#trend",
        evidence=evidence_url(asked, metric=figure_key(row.metric, row.nps_kind), by=row.by),
    )


def _companions(row: MeasuredRow) -> str:
    lang = language()
    return ", ".join(
        say(f"measure.companion_{c.name}", value=value(c.estimate, lang))
        for c in row.companions
        if c.estimate.value is not None and c.name in COMPANIONS
    )


def _count(n: int | None) -> str:
    return "" if n is None else number(n, language())


def _status(estimate: Estimate) -> str:
    return "" if estimate.status is Status.OK else say(f"measure.status_{estimate.status}")


def told_trend_lines(trend: Trend) -> tuple[TrendLine, ...]:
    """The periods of a trend as numbers."""
    lang = language()
    return tuple(
        TrendLine(
            period=period(Window(start=point.start, end=point.end), lang),
            value=value(point.estimate, lang),
            interval=interval(point.estimate, lang),
            n=_count(point.estimate.n),
            signal=say(f"measure.signal_{point.signal}"),
        )
        for point in trend.points
    )


def told_limits(trend: Trend) -> str:
    """Mean and control limits, and what they rest on."""
    if trend.lower is None or trend.upper is None or trend.mean is None:
        return say("measure.no_limits")
    lang = language()
    return say(
        "measure.limits",
        mean=figure(trend.mean, trend.unit, lang),
        lower=figure(trend.lower, trend.unit, lang),
        upper=figure(trend.upper, trend.unit, lang),
        count=trend.baseline_points,
    )
