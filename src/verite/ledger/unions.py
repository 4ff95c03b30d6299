"""Union-find over arrays: after a join, `parent[i]` is the smallest number of i's component."""

from __future__ import annotations

import numpy as np

from verite.stats.compiled import njit


@njit(cache=True, nogil=True)
def find(parent, node):  # type: ignore[no-untyped-def]
    """The root of a node; the way there is halved."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@njit(cache=True, nogil=True)
def join(parent, one, other, chosen):  # type: ignore[no-untyped-def]
    """Joins the ends of the chosen links, then points every node at its root."""
    for i in range(len(one)):
        if chosen[i]:
            left, right = find(parent, one[i]), find(parent, other[i])
            if left < right:
                parent[right] = left
            elif right < left:
                parent[left] = right
    for node in range(len(parent)):
        parent[node] = find(parent, node)


@njit(cache=True, nogil=True)
def least(root, keys):  # type: ignore[no-untyped-def]
    """The smallest key of each one's component."""
    found = keys.copy()
    for node in range(len(root)):
        found[root[node]] = min(found[root[node]], keys[node])
    for node in range(len(root)):
        found[node] = found[root[node]]
    return found


@njit(cache=True, nogil=True)
def touch(region, nodes, one):  # type: ignore[no-untyped-def]
    """The links, by number, in the regions of some nodes. `region` points at roots."""
    touched = np.zeros(len(region), np.bool_)
    for place in range(len(nodes)):
        touched[region[nodes[place]]] = True
    count = 0
    for i in range(len(one)):
        count += touched[region[one[i]]]
    found = np.empty(count, np.int64)
    at = 0
    for i in range(len(one)):
        if touched[region[one[i]]]:
            found[at] = i
            at += 1
    return found
