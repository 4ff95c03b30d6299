"""Lived journeys: what customers went through, read from their interactions."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from verite.ledger.engines.kernels import Kernels
from verite.ledger.port import Graph
from verite.loop.map.feelings import estimate_feeling, tally_feelings
from verite.loop.map.notes import note_drop_off, note_unplaced, with_notes
from verite.loop.map.passages import Codes, Passages, Rows, select_passages
from verite.loop.map.paths import group_paths, top_variants
from verite.loop.map.people import count_everyone, count_people
from verite.loop.map.spreads import spread_by
from verite.loop.map.stopping import estimate_stop, find_stops
from verite.loop.map.switching import Switches, find_switches
from verite.words.asked import About, Filters
from verite.words.journey import DesignedMap, Edge, LivedMap, Node

if TYPE_CHECKING:
    from verite.ledger.timeline.timeline import Timeline

MICRO = 1e6


def live(
    timeline: Timeline,
    *,
    case: str,
    where: Filters,
    top: int,
    designs: Sequence[DesignedMap] = (),
    about: About,
) -> LivedMap:
    """The lived map: touchpoints, steps between them, the `top` paths, switches of channel.

    A journey is what happened to one `case` (`person`, `case_id` or `gap:30d`) before
    `about.as_of`; rows that the filters leave out, or without a touchpoint, are not in it.
    """
    passages = select_passages(timeline, case=case, where=where, as_of=about.as_of)
    return live_passages(passages, case=case, top=top, designs=designs, about=about)


def live_passages(
    passages: Passages, *, case: str, top: int, designs: Sequence[DesignedMap], about: About
) -> LivedMap:
    """The lived map of passages already selected."""
    graph = Kernels(passages.timeline).graph(passages.walk)
    paths, switches = group_paths(passages), find_switches(passages)
    nodes = _nodes(passages, graph)
    orphans = find_orphans(nodes, designs)
    told = (note_drop_off(), *note_unplaced(orphans))
    return LivedMap(
        about=with_notes(about, passages, *told),
        case=case,
        interactions=passages.count,
        cases=passages.cases,
        people=count_everyone(passages),
        nodes=nodes,
        edges=_edges(graph, switches),
        variants=top_variants(passages, paths, top),
        variant_count=paths.distinct,
        switches=switches.between_channels(),
        orphans=orphans,
    )


def find_orphans(nodes: Sequence[Node], designs: Sequence[DesignedMap]) -> tuple[str, ...]:
    """Touchpoints lived but on no designed map, most frequent first; none without a map."""
    if not designs:
        return ()
    known = {touchpoint.key for design in designs for touchpoint in design.touchpoints}
    return tuple(node.touchpoint for node in nodes if node.touchpoint not in known)


def _nodes(passages: Passages, graph: Graph) -> tuple[Node, ...]:
    place, k = passages.timeline.codes("touchpoint"), len(passages.labels)
    code = {label: p for p, label in enumerate(passages.labels)}
    people, stops = count_people(passages, place, k), find_stops(passages)
    waits, channels = _median_waits(passages), _main_channels(passages)
    felt = tally_feelings(passages, place, k)
    nodes = [
        Node(
            touchpoint=stop.label,
            count=stop.count,
            people=int(people[p]),
            cases=stop.cases,
            entries=stop.starts,
            exits=stop.ends,
            rework=stop.rework,
            median_stay_s=stop.stay.median_s if stop.stay else None,
            median_wait_s=waits[p],
            drop_off=estimate_stop(stops, p),
            feeling=estimate_feeling(felt[p]) if felt[p].n else None,
            channel=channels[p],
        )
        for stop, p in ((stop, code[stop.label]) for stop in graph.stops)
    ]
    return tuple(sorted(nodes, key=lambda node: (-node.count, node.touchpoint)))


def _edges(graph: Graph, switches: Switches) -> tuple[Edge, ...]:
    changed = switches.between_touchpoints()
    edges = [
        Edge(
            source=flow.source,
            target=flow.target,
            count=flow.count,
            cases=flow.cases,
            median_gap_s=flow.gaps.median_s,
            p90_gap_s=flow.gaps.p90_s,
            switches=changed.get((flow.source, flow.target), 0),
        )
        for flow in graph.flows
    ]
    return tuple(sorted(edges, key=lambda edge: (-edge.count, edge.source, edge.target)))


def _median_waits(passages: Passages) -> list[float | None]:
    """Per place the median seconds waited, None where nobody's wait is known."""
    wait = passages.timeline.numbers("wait_s")[passages.rows]
    known = wait >= 0  # NaN is not
    whole: Rows = np.rint(wait[known] * MICRO).astype(np.int64)
    spread = spread_by(passages.place[known], whole, len(passages.labels), (0.5,))
    return [None if isnan(m) else float(m) / MICRO for m in spread.quantiles[:, 0]]


def _main_channels(passages: Passages) -> list[str | None]:
    """Per place its most frequent channel, the first by name among equals."""
    labels = passages.timeline.labels("channel")
    channel: Codes = passages.timeline.codes("channel")[passages.rows]
    known = channel >= 0
    pair = passages.place[known].astype(np.int64) * len(labels) + channel[known]
    count = np.bincount(pair, minlength=len(passages.labels) * len(labels))
    table = count.reshape(len(passages.labels), len(labels))
    return [_most(row, labels) for row in table]


def _most(count: Rows, labels: tuple[str, ...]) -> str | None:
    if not len(count) or not count.any():
        return None
    return min(labels[i] for i in np.flatnonzero(count == count.max()))
