"""Crowds: a person of too many identities loses the links of its hubs, until it is one no more.

A hub has at least half as many links as the busiest identity of its crowd: all of them go at once,
so that the order in which links were told changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verite.ledger.unions import join
from verite.stats.compiled import njit

if TYPE_CHECKING:
    from verite.ledger.joining import Bounds, Web

_APPLIED, _CROWD = 0, 3


def thin_crowds(
    web: Web, states: NDArray[np.uint8], culprits: NDArray[np.int32], bounds: Bounds
) -> None:
    """Links of hubs wait, in place, until no person is a crowd but by what people accepted."""
    while True:
        links = (web.one, web.other, states, web.forced)
        crowd, degrees, busiest = _measure(web.kinds, links, bounds.named, bounds.anonymous)
        if not _cut(crowd, degrees, busiest, links, culprits):
            return


@njit(cache=True, nogil=True)
def _measure(kinds, links, named, anonymous):  # type: ignore[no-untyped-def]
    """The crowd of each identity (its root, or -1), the links each could lose, the most of all."""
    one, other, states, forced = links
    nodes = len(kinds)
    root = np.arange(nodes).astype(np.int32)
    join(root, one, other, states == _APPLIED)
    links_of = np.zeros(nodes, np.int32)
    losable = np.zeros(nodes, np.int32)
    for i in range(len(one)):
        if states[i] == _APPLIED:
            links_of[one[i]] += 1
            links_of[other[i]] += 1
            if not forced[i]:
                losable[one[i]] += 1
                losable[other[i]] += 1
    weight = np.zeros(nodes, np.int32)
    total = np.zeros(nodes, np.int32)
    has_name = np.zeros(nodes, np.bool_)
    busiest = np.zeros(nodes, np.int32)
    for node in range(nodes):
        mine = root[node]
        total[mine] += 1
        has_name[mine] |= kinds[node] > 0
        if kinds[node] > 0 or links_of[node] > 1:
            weight[mine] += 1
        busiest[mine] = max(busiest[mine], losable[node])
    for node in range(nodes):
        mine = root[node]
        few = weight[mine] <= named and total[mine] <= anonymous
        if few and (has_name[mine] or total[mine] <= named):
            busiest[mine] = 0
    for node in range(nodes):
        if busiest[root[node]] == 0:
            root[node] = -1
    return root, losable, busiest


@njit(cache=True, nogil=True)
def _cut(crowd, degrees, busiest, links, culprits):  # type: ignore[no-untyped-def]
    """Links of hubs begin to wait; how many."""
    one, other, states, forced = links
    cut = 0
    for i in range(len(one)):
        mine = crowd[one[i]]
        if states[i] != _APPLIED or forced[i] or mine < 0:
            continue
        left, right = degrees[one[i]], degrees[other[i]]
        if 2 * max(left, right) >= busiest[mine]:
            states[i] = _CROWD
            culprits[i] = one[i] if left >= right else other[i]
            cut += 1
    return cut
