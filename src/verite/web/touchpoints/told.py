"""One touchpoint as its page prints it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from verite.home import Home
from verite.measure import METRICS
from verite.measure.items import is_item, shipped_items
from verite.sentences.names import metric_name
from verite.sentences.numbers import number
from verite.web.asked import Asked, Choice
from verite.web.evidence.links import PageLinks
from verite.web.language import language
from verite.web.measure.told import Row, TrendLine, told_limits, told_rows, told_trend_lines
from verite.web.pictured import Drawn, drawn
from verite.web.touchpoints.naming import Names
from verite.web.verbatims import Verbatim, told_verbatims
from verite.web.withheld import told_time
from verite.web.wording import say
from verite.words.errors import BadInput
from verite.words.estimate import Status
from verite.words.journey import Edge, Touchpoint
from verite.words.measured import MeasuredRow

FLOWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Where customers come from, or go to next."""

    name: str
    url: str
    count: str
    median: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointPage:
    """Everything the page prints."""

    key: str
    name: str
    told: str
    owner: str
    design: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    items: tuple[Row, ...]
    metrics: tuple[Choice, ...]
    metric_name: str
    trend: tuple[TrendLine, ...]
    trend_picture: Drawn | None
    trend_limits: str
    before: tuple[Flow, ...]
    after: tuple[Flow, ...]
    verbatims: tuple[Verbatim, ...]
    moment: str
    evidence: str


def known_touchpoint(home: Home, names: Names, key: str) -> dict[str, int]:
    """Interactions of every touchpoint; raises `BadInput` for one neither held nor drawn."""
    held = dict(home.status().result.touchpoints)
    if key not in held and key not in names.drawn:
        raise BadInput("unknown_touchpoint", fields={"touchpoint": key})
    return held


def told_touchpoint(
    home: Home, asked: Asked, names: Names, key: str, metric: str
) -> TouchpointPage:
    """The figures, flows, words and owner of one touchpoint."""
    held = known_touchpoint(home, names, key)
    here = replace(asked, where=replace(asked.where, touchpoints=(key,)))
    rows = tuple(
        row
        for row in home.measure(*METRICS, *home.ratings(), where=here.where).result.rows
        if row.estimate.status is not Status.UNKNOWN
    )
    known = tuple(dict.fromkeys(row.metric for row in rows))
    chosen = metric if metric in known else _first_shown(rows)
    trend = home.trend(chosen, where=here.so_far).result if chosen else None
    edges = home.map(where=asked.where).result.edges
    links = PageLinks(asked=asked, names=names)
    point = names.drawn.get(key)
    return TouchpointPage(
        key=key,
        name=names.name(key),
        told=say("touchpoint.told", count=held.get(key, 0)),
        owner=names.owner(key) or "",
        design=_design(point, home),
        rows=told_rows([row for row in rows if not is_item(row.metric)], asked, key),
        items=_items([row for row in rows if is_item(row.metric)], asked, key),
        metrics=tuple(
            Choice(value=k, name=metric_name(k, language()), is_chosen=k == chosen) for k in known
        ),
        metric_name=metric_name(chosen, language()) if chosen else "",
        trend=told_trend_lines(trend) if trend else (),
        trend_picture=drawn(trend, links) if trend else None,
        trend_limits=told_limits(trend) if trend else "",
        before=_flows([e for e in edges if e.target == key], names, asked, "source"),
        after=_flows([e for e in edges if e.source == key], names, asked, "target"),
        verbatims=told_verbatims(home, here, names),
        moment=f"/moments/{quote(key, safe='')}",
        evidence=f"/interactions?{urlencode({'period': 'all', 'touchpoint': key})}",
    )


def _items(rows: list[MeasuredRow], asked: Asked, key: str) -> tuple[Row, ...]:
    """The questions about staff and product, as they were asked."""
    asked_as = {one.key: one.wording(language()).text for one in shipped_items()}
    told = zip(rows, told_rows(rows, asked, key), strict=True)
    return tuple(
        replace(line, name=asked_as.get(row.metric, line.name), note=line.name)
        for row, line in told
    )


def _first_shown(rows: tuple[MeasuredRow, ...]) -> str:
    """The first measure that has a figure to show, else the first one."""
    shown = [row.metric for row in rows if row.estimate.status is Status.OK]
    return next(iter([*shown, *(row.metric for row in rows)]), "")


def _flows(edges: list[Edge], names: Names, asked: Asked, end: str) -> tuple[Flow, ...]:
    lang = language()
    widest = sorted(edges, key=lambda edge: -edge.count)[:FLOWS]
    flows = []
    for edge in widest:
        key = edge.source if end == "source" else edge.target
        flows.append(
            Flow(
                name=names.name(key),
                url=names.url(key, asked.query()),
                count=number(edge.count, lang),
                median=told_time(edge.median_gap_s, edge.cases),
            )
        )
    return tuple(flows)


def _design(point: Touchpoint | None, home: Home) -> tuple[tuple[str, str], ...]:
    if point is None:
        return ()
    lang = language()
    stages = {s.key: dict(s.names) for design in home.designs() for s in design.stages}
    text = next((t for t in point.translations if t.language == lang), None)
    told = [(say("touchpoint.stage"), stages.get(point.stage, {}).get(lang, point.stage))]
    need = (text.need if text else None) or point.need
    frustration = (text.frustration if text else None) or point.frustration
    if need:
        told.append((say("touchpoint.need"), need))
    if frustration:
        told.append((say("touchpoint.frustration"), frustration))
    if point.line is not None and point.contact is not None:
        axes = f"{_axis(point.line)}, {_axis(point.contact)}"
        told.append((say("touchpoint.axes"), axes))
    if point.expected_feeling is not None:
        expected = number(point.expected_feeling, lang, 1, signed=True)
        told.append((say("touchpoint.expected"), expected))
    return tuple(told)


def _axis(axis: str) -> str:
    return say(f"touchpoint.{axis}")
