"""Lived journeys: what customers went through, read from their interactions."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from verite.loop.map.counting import count_everyone, count_places
from verite.loop.map.feelings import estimate_feeling, tally_feelings
from verite.loop.map.passages import Codes, Passages, Rows, select_passages
from verite.loop.map.paths import group_paths, top_variants
from verite.loop.map.spreads import spread_by
from verite.loop.map.steps import Steps, count_steps, list_steps, median_stays
from verite.loop.map.stopping import estimate_stop, find_stops
from verite.loop.map.switching import count_switches
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
    steps = list_steps(passages)
    paths = group_paths(passages)
    nodes = _nodes(passages, steps)
    return LivedMap(
        about=about,
        case=case,
        interactions=passages.count,
        cases=passages.cases,
        people=count_everyone(passages),
        nodes=nodes,
        edges=_edges(passages, steps),
        variants=top_variants(passages, paths, top),
        variant_count=paths.distinct,
        switches=count_switches(passages),
        orphans=find_orphans(nodes, designs),
    )


def find_orphans(nodes: Sequence[Node], designs: Sequence[DesignedMap]) -> tuple[str, ...]:
    """Touchpoints lived but on no designed map, most frequent first; none without a map."""
    if not designs:
        return ()
    known = {touchpoint.key for design in designs for touchpoint in design.touchpoints}
    return tuple(node.touchpoint for node in nodes if node.touchpoint not in known)


def _nodes(passages: Passages, steps: Steps) -> tuple[Node, ...]:
    k = len(passages.labels)
    counts, stops = count_places(passages), find_stops(passages)
    stays, waits = median_stays(passages, steps)[:, 0], _median_waits(passages)
    place = passages.timeline.codes("touchpoint")
    felt = tally_feelings(passages.timeline, passages.kept, place, k)
    channels = _main_channels(passages)
    nodes = [
        Node(
            touchpoint=passages.labels[p],
            count=int(counts.count[p]),
            people=int(counts.people[p]),
            cases=int(counts.cases[p]),
            entries=int(counts.entries[p]),
            exits=int(counts.exits[p]),
            rework=int(counts.rework[p]),
            median_stay_s=_or_none(stays[p]),
            median_wait_s=_or_none(waits[p]),
            drop_off=estimate_stop(int(stops.n[p]), stops.share[p], stops.effective_n[p]),
            feeling=estimate_feeling(felt[p]) if felt[p].n else None,
            channel=channels[p],
        )
        for p in np.flatnonzero(counts.count)
    ]
    return tuple(sorted(nodes, key=lambda node: (-node.count, node.touchpoint)))


def _edges(passages: Passages, steps: Steps) -> tuple[Edge, ...]:
    counts = count_steps(passages, steps)
    edges = [
        Edge(
            source=passages.labels[counts.source[i]],
            target=passages.labels[counts.target[i]],
            count=int(counts.count[i]),
            cases=int(counts.cases[i]),
            median_gap_s=float(counts.gaps[i, 0]),
            p90_gap_s=float(counts.gaps[i, 1]),
            switches=int(counts.switches[i]),
        )
        for i in range(len(counts.count))
    ]
    return tuple(sorted(edges, key=lambda edge: (-edge.count, edge.source, edge.target)))


def _median_waits(passages: Passages) -> list[float]:
    """Per place the median seconds waited; NaN where nobody's wait is known."""
    wait = passages.timeline.numbers("wait_s")[passages.rows]
    known = wait >= 0  # NaN is not
    whole: Rows = np.rint(wait[known] * MICRO).astype(np.int64)
    spread = spread_by(passages.place[known], whole, len(passages.labels), (0.5,))
    return [float(median) / MICRO for median in spread.quantiles[:, 0]]


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


def _or_none(x: float) -> float | None:
    return None if isnan(x) else float(x)
