"""Rows of journeys: nodes, edges, variants, planned against lived."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, estimate_keys, table
from verite.words.estimate import Estimate
from verite.words.journey import Conformance, Edge, JourneyPicture, LivedMap, Node, Variant


def _optional(estimate: Estimate | None) -> Json:
    if estimate is None:
        return None
    keys = estimate_keys(estimate)
    return {name: keys[name] for name in ("value", "low", "high", "n", "status", "unit", "method")}


def _node(node: Node) -> dict[str, Json]:
    return {
        "touchpoint": node.touchpoint,
        "count": node.count,
        "people": node.people,
        "cases": node.cases,
        "entries": node.entries,
        "exits": node.exits,
        "rework": node.rework,
        "median_stay_s": node.median_stay_s,
        "median_wait_s": node.median_wait_s,
        "drop_off": _optional(node.drop_off),
        "feeling": _optional(node.feeling),
        "channel": node.channel,
    }


def _edge(edge: Edge) -> dict[str, Json]:
    return {
        "from": edge.source,
        "to": edge.target,
        "count": edge.count,
        "cases": edge.cases,
        "median_gap_s": edge.median_gap_s,
        "p90_gap_s": edge.p90_gap_s,
        "switches": edge.switches,
    }


def _variant(variant: Variant) -> dict[str, Json]:
    return {
        "path": list(variant.path),
        "count": variant.count,
        "share": variant.share,
        "median_duration_s": variant.median_duration_s,
    }


@document.register
def _lived(result: LivedMap) -> dict[str, Json]:
    return {
        "case": result.case,
        "cases": result.cases,
        "interactions": result.interactions,
        "people": result.people,
        "nodes": [_node(node) for node in result.nodes],
        "edges": [_edge(edge) for edge in result.edges],
        "variants": [_variant(variant) for variant in result.variants],
        "variant_count": result.variant_count,
        "channel_switches": [
            {"from": s.source, "to": s.target, "count": s.count, "by_customer": s.by_customer}
            for s in result.switches
        ],
        "orphans": list(result.orphans),
        **about_keys(result.about),
    }


@table.register
def _lived_table(result: LivedMap) -> list[Row]:
    return [
        {
            **_node(node),
            "drop_off": node.drop_off.value if node.drop_off else None,
            "feeling": node.feeling.value if node.feeling else None,
        }
        for node in result.nodes
    ]


def _conformance_keys(result: Conformance) -> dict[str, Json]:
    return {
        "design": result.design.key,
        "fitness": result.fitness,
        "fitting_cases": result.fitting_cases,
        "deviations": [
            {"kind": d.kind.value, "touchpoint": d.touchpoint, "count": d.count}
            for d in result.deviations
        ],
    }


@document.register
def _conformance(result: Conformance) -> dict[str, Json]:
    return {"cases": result.cases, **_conformance_keys(result), **about_keys(result.about)}


@table.register
def _conformance_table(result: Conformance) -> list[Row]:
    return [
        {"kind": d.kind.value, "touchpoint": d.touchpoint, "count": d.count}
        for d in result.deviations
    ]


@document.register
def _laid(result: JourneyPicture) -> dict[str, Json]:
    stages: list[Json] = [
        {
            "stage": f.stage,
            "people": f.people,
            "feeling": _optional(f.feeling),
            "worst": _optional(f.worst),
            "best": _optional(f.best),
        }
        for f in result.feelings
    ]
    return {**document(result.lived), "design": result.design.key, "stages": stages}


@table.register
def _laid_table(result: JourneyPicture) -> list[Row]:
    return [
        {
            "stage": f.stage,
            "people": f.people,
            "feeling": f.feeling.value,
            "low": f.feeling.low,
            "high": f.feeling.high,
            "n": f.feeling.n,
            "status": f.feeling.status.value,
            "worst": None if f.worst is None else f.worst.value,
            "best": None if f.best is None else f.best.value,
        }
        for f in result.feelings
    ]
