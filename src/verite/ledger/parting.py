"""Taking two identities apart: the link between them, or the fewest links that hold them."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from verite.ledger.joining import APPLIED
from verite.ledger.links import Links, Pair

if TYPE_CHECKING:
    from verite.ledger.graph import Graph

Near = dict[int, dict[int, int]]  # of each key, the keys it is linked to and the weight of each
_TOLD, _ACCEPTED = 1_000, 1  # what a person said goes before what a source did


def links_between(links: Links, one: int, other: int) -> tuple[Pair, ...]:
    """The links to undo so that two keys are two people; none when they are already."""
    with links.store.turn:
        graph = links.follow()
        ends = graph.numbers_of(np.array([one, other], dtype=np.int64))
        if one == other or ends.min() < 0 or graph.person[ends[0]] != graph.person[ends[1]]:
            return ()
        near = _near(graph, int(ends[0]))
    if other in near[one]:
        return ((one, other),)
    return cut(near, one, other)


def cut(near: Near, source: int, sink: int) -> tuple[Pair, ...]:
    """The lightest links without which two nodes are apart (Ford & Fulkerson 1956).

    >>> cut({1: {2: 1, 3: 1}, 2: {1: 1, 4: 1}, 3: {1: 1, 4: 1}, 4: {2: 1, 3: 1, 5: 1}, 5: {4: 1}},
    ...     1, 5)
    ((4, 5),)
    """
    left = {node: dict(sorted(others.items())) for node, others in near.items()}
    while True:
        came = _reach(left, source)
        if sink not in came:
            break
        way = [sink]
        while way[-1] != source:
            way.append(came[way[-1]])
        least = min(left[before][node] for node, before in pairwise(way))
        for node, before in pairwise(way):
            left[before][node] -= least
            left[node][before] += least
    return tuple(
        sorted((node, other) for node in came for other in near[node] if other not in came)
    )


def _reach(left: dict[int, dict[int, int]], source: int) -> dict[int, int]:
    """What can be reached, and from where."""
    came = {source: source}
    queue = deque([source])
    while queue:
        node = queue.popleft()
        for other, room in left[node].items():
            if room > 0 and other not in came:
                came[other] = node
                queue.append(other)
    return came


def _near(graph: Graph, node: int) -> Near:
    """The links in force of a person, by key."""
    mine = graph.person == graph.person[node]
    held = np.flatnonzero((graph.states == APPLIED) & mine[graph.one])
    near: Near = {key: {} for key in graph.keys[mine].tolist()}
    ends = graph.keys[graph.one[held]].tolist(), graph.keys[graph.other[held]].tolist()
    weights = np.where(graph.forced[held], _ACCEPTED, _TOLD).tolist()
    for one, other, weight in zip(*ends, weights, strict=True):
        near[one][other] = near[other][one] = weight
    return near
