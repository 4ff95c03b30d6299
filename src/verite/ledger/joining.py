"""Who is joined: a function of what was told and of what people decided, whatever the order.

1. Links that a person accepted join first.
2. A customer known as a user and one known as an account are joined by a link between the two,
   when neither has such a link to anybody else.
3. Every other identity goes to the known customer it is nearest to, counted in links. As near to
   two of them, it is `SHARED`: it goes to nobody and glues nothing. A link between identities of
   two known customers waits as `TWO_KNOWN`.
4. What is linked to nobody known is joined freely.
5. A person of too many identities is a `CROWD`: the links of its hubs wait until none is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from verite.ledger.crowds import thin_crowds
from verite.ledger.unions import join
from verite.stats.compiled import njit

APPLIED: Final = 0
TWO_KNOWN: Final = 1
SHARED: Final = 2
CROWD: Final = 3
ANONYMOUS: Final = 0
NAMED: Final = 1
USER: Final = 2
ACCOUNT: Final = 3
_NONE: Final = -1
_MANY: Final = -2


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Identities, by number, and the links between them that nobody refused."""

    kinds: NDArray[np.uint8]  # of each identity
    one: NDArray[np.int32]
    other: NDArray[np.int32]
    forced: NDArray[np.bool_]  # links that a person accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The person of each identity, what became of each link, and the identity to blame (or -1)."""

    person: NDArray[np.int32]
    states: NDArray[np.uint8]
    culprits: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many identities a person may have before links wait. Those that glue nothing, anonymous
    ones with a single link, have a bound of their own."""

    named: int = 12
    anonymous: int = 365


def solve(web: Web, bounds: Bounds) -> Joined:
    """Who is joined.

    >>> kinds = np.array([USER, NAMED, ANONYMOUS, USER], dtype=np.uint8)
    >>> one, other = np.array([[0, 1, 3], [1, 2, 1]], dtype=np.int32)
    >>> web = Web(kinds=kinds, one=one, other=other, forced=np.zeros(3, dtype=bool))
    >>> joined = solve(web, Bounds())
    >>> joined.person.tolist(), joined.states.tolist()  # 1 is shared by the users 0 and 3
    ([0, 1, 2, 3], [2, 2, 2])
    """
    known = _known(web.kinds, web.one, web.other, web.forced)
    starts, near = _neighbours(known, web.one, web.other)
    label, shared = _spread(known, _holds(known, web.kinds), starts, near)
    states = np.zeros(len(web.one), dtype=np.uint8)
    culprits = np.full(len(web.one), _NONE, dtype=np.int32)
    _judge(known, (label, shared), (web.one, web.other, web.forced), states, culprits)
    thin_crowds(web, states, culprits, bounds)
    return Joined(person=_persons(web, states), states=states, culprits=culprits)


def _persons(web: Web, states: NDArray[np.uint8]) -> NDArray[np.int32]:
    parent: NDArray[np.int32] = np.arange(len(web.kinds), dtype=np.int32)
    join(parent, web.one, web.other, states == APPLIED)
    return parent


@njit(cache=True, nogil=True)
def _known(kinds, one, other, forced):  # type: ignore[no-untyped-def]
    """Accepted links joined, then users with their accounts."""
    parent = np.arange(len(kinds)).astype(np.int32)
    join(parent, one, other, forced)
    holds = _holds(parent, kinds)
    partner = np.full(len(kinds), _NONE, np.int32)
    for i in range(len(one)):
        left, right = parent[one[i]], parent[other[i]]
        if left != right and holds[left] and holds[right] and not holds[left] & holds[right]:
            _pair(partner, left, right)
            _pair(partner, right, left)
    pairs = np.zeros(len(one), np.bool_)
    for i in range(len(one)):
        left, right = parent[one[i]], parent[other[i]]
        pairs[i] = partner[left] == right and partner[right] == left
    join(parent, one, other, pairs)
    return parent


@njit(cache=True, nogil=True)
def _pair(partner, mine, theirs):  # type: ignore[no-untyped-def]
    if partner[mine] == _NONE:
        partner[mine] = theirs
    elif partner[mine] != theirs:
        partner[mine] = _MANY


@njit(cache=True, nogil=True)
def _holds(parent, kinds):  # type: ignore[no-untyped-def]
    """Of each root: 1 when it holds a user, 2 when it holds an account."""
    holds = np.zeros(len(kinds), np.uint8)
    for node in range(len(kinds)):
        if kinds[node] == USER:
            holds[parent[node]] |= 1
        elif kinds[node] == ACCOUNT:
            holds[parent[node]] |= 2
    return holds


@njit(cache=True, nogil=True)
def _neighbours(root, one, other):  # type: ignore[no-untyped-def]
    """For each root, the roots it is linked to: `near[starts[r]:starts[r + 1]]`."""
    starts = np.zeros(len(root) + 1, np.int64)
    for i in range(len(one)):
        left, right = root[one[i]], root[other[i]]
        if left != right:
            starts[left + 1] += 1
            starts[right + 1] += 1
    for node in range(len(root)):
        starts[node + 1] += starts[node]
    near = np.empty(starts[-1], np.int32)
    at = starts[:-1].copy()
    for i in range(len(one)):
        left, right = root[one[i]], root[other[i]]
        if left != right:
            near[at[left]] = right
            near[at[right]] = left
            at[left] += 1
            at[right] += 1
    return starts, near


@njit(cache=True, nogil=True)
def _spread(root, holds, starts, near):  # type: ignore[no-untyped-def]
    """The nearest known customer of each root (or -1), layer by layer; ties are shared."""
    label = np.full(len(root), _NONE, np.int32)
    layer = np.zeros(len(root), np.int32)
    shared = np.zeros(len(root), np.bool_)
    queue = np.empty(len(root), np.int32)
    end = 0
    for node in range(len(root)):
        if root[node] == node and holds[node]:
            label[node] = node
            queue[end] = node
            end += 1
    begin, depth = 0, 0
    while begin < end:
        depth += 1
        last = end
        for place in range(begin, last):
            mine = queue[place]
            if shared[mine]:
                continue
            for at in range(starts[mine], starts[mine + 1]):
                theirs = near[at]
                if label[theirs] == _NONE:
                    label[theirs], layer[theirs] = label[mine], depth
                    queue[end] = theirs
                    end += 1
                elif layer[theirs] == depth and label[theirs] != label[mine]:
                    shared[theirs] = True
        begin = last
    return label, shared


@njit(cache=True, nogil=True)
def _judge(root, near, links, states, culprits):  # type: ignore[no-untyped-def]
    """What becomes of each link, before crowds are thinned."""
    one, other, forced = links
    label, shared = near
    for i in range(len(one)):
        left, right = root[one[i]], root[other[i]]
        if forced[i] or left == right:
            continue
        if shared[left] or shared[right]:
            states[i] = SHARED
            culprits[i] = one[i] if shared[left] else other[i]
        elif label[left] != label[right]:
            states[i] = TWO_KNOWN
