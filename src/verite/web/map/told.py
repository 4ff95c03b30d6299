"""The map page as it is printed: the journey, its paths, planned against lived."""

from __future__ import annotations

from dataclasses import dataclass

from verite.home import Home
from verite.sentences.names import channel_name
from verite.sentences.numbers import count, interval, number, share, value
from verite.web.asked import Asked, Choice
from verite.web.evidence.links import PageLinks
from verite.web.language import language
from verite.web.map.feelings import StageLine, told_stages
from verite.web.pictured import Drawn, drawn
from verite.web.touchpoints.naming import Names
from verite.web.withheld import told_share, told_time
from verite.web.wording import say
from verite.words.errors import BadInput
from verite.words.journey import (
    ChannelSwitch,
    Conformance,
    DesignedMap,
    Edge,
    LivedMap,
    Node,
    Variant,
)

CASES = ("person", "case_id", "gap:30d")
SHOWN = 10
EDGES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeLine:
    """A touchpoint as numbers."""

    name: str
    url: str
    count: str
    people: str
    wait: str
    stay: str
    stops: str
    stops_interval: str
    rework: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeLine:
    """A passage as numbers."""

    name: str
    url: str
    count: str
    median: str
    p90: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One variant."""

    path: str
    share: str
    interval: str
    count: str
    duration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One deviation from the designed journey."""

    told: str
    count: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One change of channel."""

    told: str
    count: str
    by_customer: str
    interval: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """Everything the page prints."""

    title: str
    lede: str
    cases: tuple[Choice, ...]
    designs: tuple[Choice, ...]
    journey: Drawn | None
    stages: tuple[StageLine, ...]
    transitions: Drawn
    nodes: tuple[NodeLine, ...]
    edges: tuple[EdgeLine, ...]
    paths: tuple[Path, ...]
    paths_told: str
    paths_source: str
    departures: tuple[Departure, ...]
    planned: str
    switches: tuple[Switch, ...]
    orphans: tuple[tuple[str, str], ...]


def told_map(home: Home, asked: Asked, names: Names, chosen: tuple[str, str]) -> MapPage:
    """The lived journeys, cut into cases as asked, laid on the design asked."""
    case, key = chosen
    if case not in CASES:
        raise BadInput("unknown_case", fields={"case": case, "known": ", ".join(CASES)})
    design = home.known_design(key) if key else next(iter(home.designs()), None)
    lived = home.map(case=case, top=SHOWN, where=asked.where).result
    links = PageLinks(asked=asked, names=names)
    picture = None
    conformance = None
    stages: tuple[StageLine, ...] = ()
    if design is not None and lived.cases:
        laid = home.journey(design=design, case=case, where=asked.where).result
        picture, stages = drawn(laid, links), told_stages(laid)
        conformance = home.conform(design, case=case, where=asked.where).result
    return MapPage(
        title=say("map.title", count=lived.people) if lived.cases else say("map.nobody"),
        lede=_lede(lived, case) if lived.cases else say("map.nobody_lede"),
        cases=tuple(
            Choice(value=k, name=say(f"map.case_{k.partition(':')[0]}"), is_chosen=k == case)
            for k in CASES
        ),
        designs=_designs(home, design),
        journey=picture,
        stages=stages,
        transitions=drawn(lived, links, design),
        nodes=tuple(_node(node, names, asked) for node in lived.nodes),
        edges=_edges(lived.edges, names, links),
        paths=tuple(_path(variant, names, lived.cases) for variant in lived.variants),
        paths_source=say("map.paths_source", cases=lived.cases),
        paths_told=say(
            "map.paths_sub",
            shown=len(lived.variants),
            total=number(lived.variant_count, language()),
            cases=number(lived.cases, language()),
        ),
        departures=_departures(conformance, names, asked),
        planned=_planned(conformance),
        switches=_switches(lived),
        orphans=tuple((names.name(key), names.url(key, asked.query())) for key in lived.orphans),
    )


def _lede(lived: LivedMap, case: str) -> str:
    lang = language()
    return say(
        f"map.lede_{case.partition(':')[0]}",
        interactions=count(lived.interactions, "interaction", lang),
        cases=count(lived.cases, "case" if case == "case_id" else "journey", lang),
        touchpoints=count(len(lived.nodes), "touchpoint", lang),
    )


def _designs(home: Home, chosen: DesignedMap | None) -> tuple[Choice, ...]:
    from verite.loop.map import shipped

    lang = language()
    every = {design.key: design for design in (*shipped(), *home.designs())}
    return tuple(
        Choice(
            value=design.key,
            name=dict(design.names).get(lang) or design.key,
            is_chosen=chosen is not None and design.key == chosen.key,
        )
        for design in every.values()
    )


def _node(node: Node, names: Names, asked: Asked) -> NodeLine:
    lang = language()
    return NodeLine(
        name=names.name(node.touchpoint),
        url=names.url(node.touchpoint, asked.query()),
        count=number(node.count, lang),
        people=number(node.people, lang),
        wait=told_time(node.median_wait_s, node.people),
        stay=told_time(node.median_stay_s, node.people),
        stops=value(node.drop_off, lang) if node.drop_off else "",
        stops_interval=interval(node.drop_off, lang) if node.drop_off else "",
        rework=number(node.rework, lang),
        owner=names.owner(node.touchpoint) or "",
    )


def _edges(edges: tuple[Edge, ...], names: Names, links: PageLinks) -> tuple[EdgeLine, ...]:
    lang = language()
    widest = sorted(edges, key=lambda edge: -edge.count)[:EDGES]
    return tuple(
        EdgeLine(
            name=f"{names.name(edge.source)} › {names.name(edge.target)}",
            url=links.passage(edge.source, edge.target) or "",
            count=number(edge.count, lang),
            median=told_time(edge.median_gap_s, edge.cases),
            p90=told_time(edge.p90_gap_s, edge.cases),
        )
        for edge in widest
    )


def _path(variant: Variant, names: Names, cases: int) -> Path:
    part, bounds = told_share(variant.count, cases)
    return Path(
        path=" › ".join(names.name(key) for key in variant.path),
        share=part,
        interval=bounds,
        count=number(variant.count, language()),
        duration=told_time(variant.median_duration_s, variant.count),
    )


def _departures(
    conformance: Conformance | None, names: Names, asked: Asked
) -> tuple[Departure, ...]:
    if conformance is None:
        return ()
    worst = sorted(conformance.deviations, key=lambda d: -d.count)[:SHOWN]
    return tuple(
        Departure(
            told=say(f"map.deviation_{d.kind}", touchpoint=names.name(d.touchpoint)),
            count=number(d.count, language()),
            url=names.url(d.touchpoint, asked.query()),
        )
        for d in worst
    )


def _planned(conformance: Conformance | None) -> str:
    if conformance is None or conformance.fitness is None:
        return say("map.no_design")
    lang = language()
    return say(
        "map.planned",
        fitness=share(conformance.fitness, lang),
        fitting=number(conformance.fitting_cases, lang),
        cases=number(conformance.cases, lang),
    )


def _switches(lived: LivedMap) -> tuple[Switch, ...]:
    widest = sorted(lived.switches, key=lambda s: -s.count)[:SHOWN]
    return tuple(_switch(switch) for switch in widest)


def _switch(switch: ChannelSwitch) -> Switch:
    lang = language()
    part, bounds = told_share(switch.by_customer, switch.count)
    return Switch(
        told=f"{channel_name(switch.source, lang)} › {channel_name(switch.target, lang)}",
        count=number(switch.count, lang),
        by_customer=part,
        interval=bounds,
    )
