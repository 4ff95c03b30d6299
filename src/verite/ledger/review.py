"""What waits for someone to decide, and what is in force, read off the links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from verite.ledger.content import Int64s
from verite.ledger.joining import APPLIED, CROWD, SHARED, TWO_KNOWN, USER
from verite.ledger.links import ACCEPTED, JOINED_BY_HAND, Link, Links, Pair
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from verite.ledger.graph import Graph

NAMES: Final = {TWO_KNOWN: "two_known", SHARED: "shared", CROWD: "crowd"}
_SIGNS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_FOLD: Final = np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """Links that wait together: between the same two people, or all of one identity."""

    id: str
    reason: str
    culprit: int | None  # the identity that is shared, or the hub of a crowd
    pairs: tuple[Pair, ...]
    keys: tuple[int, ...]  # the users and accounts of these people first
    people: int
    told: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A link in force."""

    id: str
    pair: Pair
    reason: str
    at: datetime
    decided: bool


def list_doubts(links: Links, *, limit: int) -> tuple[tuple[Doubted, ...], int]:
    """The doubts last told, and how many there are."""
    with links.store.turn:
        graph = links.follow()
        waiting, groups = _groups(graph)
        ids, inverse = np.unique(groups, return_inverse=True)
        last = np.full(len(ids), -1, dtype=np.int64)
        np.maximum.at(last, inverse, graph.line[waiting])
        chosen = np.argsort(-last, kind="stable")[:limit]
        known = _customers(graph)
        found = [
            _doubted(links, waiting[inverse == place], int(ids[place]), known) for place in chosen
        ]
        return tuple(found), len(ids)


def find_doubt(links: Links, asked: str) -> Doubted:
    """The doubt of an id."""
    with links.store.turn:
        waiting, groups = _groups(links.follow())
        mine = waiting[_is_asked(groups, asked)]
        if not len(mine):
            raise BadInput("unknown_doubt", fields={"id": asked})
        group = int(groups[np.searchsorted(waiting, mine[0])])
        return _doubted(links, mine, group, _customers(links.graph))


def list_merges(links: Links, *, limit: int) -> tuple[Merged, ...]:
    """The links in force that were last told or accepted."""
    with links.store.turn:
        graph = links.follow()
        applied = np.flatnonzero(graph.states == APPLIED)
        forced = applied[graph.forced[applied]]
        chosen = np.union1d(applied[-limit:], forced)
        times = dict(_times_of_decisions(links))
        found = [_merged(links, int(place), times) for place in chosen]
        return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:limit])


def find_merge(links: Links, asked: str) -> Pair:
    """The link in force of an id."""
    with links.store.turn:
        graph = links.follow()
        applied = np.flatnonzero(graph.states == APPLIED)
        one, other = _ends(graph, applied)
        found = np.flatnonzero(_is_asked(_mixed(one, other, np.int64(0)), asked))
        if not len(found):
            raise BadInput("unknown_merge", fields={"id": asked})
        return int(one[found[0]]), int(other[found[0]])


def customers_of(links: Links, keys: Sequence[int]) -> dict[int, int]:
    """Of each key, the user or account that its person is known by; itself when there is none."""
    with links.store.turn:
        graph = links.follow()
        people, known = _customers(graph)
        found = {key: key for key in keys}
        for key, number in zip(keys, graph.numbers_of(np.array(keys, np.int64)), strict=True):
            if number < 0 or graph.kinds[number] >= USER:
                continue
            at = int(np.searchsorted(people, graph.person[number]))
            if at < len(people) and people[at] == graph.person[number]:
                found[key] = int(graph.keys[known[at]])
        return found


def list_touching(links: Links, keys: Iterable[int], *, is_applied: bool) -> tuple[Link, ...]:
    """Links with one end at least among some keys, in force or waiting."""
    with links.store.turn:
        graph = links.follow()
        ends = graph.numbers_of(np.fromiter(keys, np.int64))
        near = np.isin(graph.one, ends[ends >= 0]) | np.isin(graph.other, ends[ends >= 0])
        held = graph.states == APPLIED if is_applied else np.isin(graph.states, list(NAMES))
        found = np.flatnonzero(near & held)
        pairs = zip(*(end.tolist() for end in _ends(graph, found)), strict=True)
        lines = [links.lines[line] for line in graph.line[found].tolist()]
        return tuple(
            Link(one=one, other=other, reason=reason, at=at)
            for (one, other), (reason, at) in zip(pairs, lines, strict=True)
        )


def count_reasons(links: Links) -> tuple[tuple[str, int], ...]:
    """Links in force by reason, the most frequent first."""
    with links.store.turn:
        graph = links.follow()
        applied, forced = graph.states == APPLIED, graph.forced
        counts = np.bincount(graph.line[applied & ~forced], minlength=len(links.lines))
        found: Counter[str] = Counter({JOINED_BY_HAND: int((applied & forced).sum())})
        for (reason, _), count in zip(links.lines, counts.tolist(), strict=True):
            found[reason] += count
        held = ((reason, count) for reason, count in found.items() if count)
        return tuple(sorted(held, key=lambda pair: (-pair[1], pair[0])))


def _groups(graph: Graph) -> tuple[Int64s, Int64s]:
    """The links that wait, and the number of the doubt that each is part of."""
    states = graph.states
    waiting = np.flatnonzero((states == TWO_KNOWN) | (states == SHARED) | (states == CROWD))
    one, other = graph.person[graph.one[waiting]], graph.person[graph.other[waiting]]
    first, second = np.minimum(one, other), np.maximum(one, other)
    blamed = graph.culprits[waiting]
    culprit = graph.keys[np.maximum(blamed, 0)] if len(graph.keys) else first
    is_blamed = blamed >= 0
    first, second = np.where(is_blamed, culprit, first), np.where(is_blamed, culprit, second)
    return waiting, _mixed(first, second, states[waiting].astype(np.int64))


def _customers(graph: Graph) -> tuple[Int64s, Int64s]:
    """The people who hold a user or an account, sorted, and that identity."""
    known = np.flatnonzero(graph.kinds >= USER)
    known = known[np.argsort(graph.person[known], kind="stable")]
    return graph.person[known], known


def _doubted(links: Links, mine: Int64s, group: int, known: tuple[Int64s, Int64s]) -> Doubted:
    graph = links.graph
    one, other = _ends(graph, mine)
    blamed = int(graph.culprits[mine[0]])
    lines = [links.lines[line] for line in np.unique(graph.line[mine]).tolist()]
    ends = np.unique(np.concatenate([graph.one[mine], graph.other[mine]]))
    people = np.unique(graph.person[ends])
    first, last = (np.searchsorted(known[0], people, side=side) for side in ("left", "right"))
    spans = zip(first.tolist(), last.tolist(), strict=True)
    customers = [key for low, high in spans for key in graph.keys[known[1][low:high]].tolist()]
    return Doubted(
        id=show(group),
        reason=NAMES[int(graph.states[mine[0]])],
        culprit=int(graph.keys[blamed]) if blamed >= 0 else None,
        pairs=tuple(zip(one.tolist(), other.tolist(), strict=True)),
        keys=tuple(dict.fromkeys([*customers, *graph.keys[ends].tolist()])),
        people=len(people),
        told=tuple(sorted({reason for reason, _ in lines})),
        at=max(at for _, at in lines),
    )


def _merged(links: Links, place: int, times: dict[Pair, datetime]) -> Merged:
    graph = links.graph
    one, other = _ends(graph, np.array([place]))
    pair = (int(one[0]), int(other[0]))
    reason, at = links.lines[int(graph.line[place])]
    return Merged(
        id=show(int(_mixed(one, other, np.int64(0))[0])),
        pair=pair,
        reason=JOINED_BY_HAND if pair in times else reason,
        at=times.get(pair, at),
        decided=pair in times,
    )


def _times_of_decisions(links: Links) -> list[tuple[Pair, datetime]]:
    rows = links.store.rows("SELECT one, other, at FROM decisions WHERE verdict = ?", [ACCEPTED])
    return [
        ((int(one or 0), int(other or 0)), datetime.fromisoformat(str(at)))
        for one, other, at in rows
    ]


def _ends(graph: Graph, places: Int64s) -> tuple[Int64s, Int64s]:
    one, other = graph.keys[graph.one[places]], graph.keys[graph.other[places]]
    return np.minimum(one, other), np.maximum(one, other)


def _mixed(one: Int64s, other: Int64s, salt: Int64s | np.int64) -> Int64s:
    """Forty bits that stand for a pair of keys."""
    bits = one.view(np.uint64) * _MIX ^ (other.view(np.uint64) + np.uint64(1)) * _FOLD
    bits ^= np.asarray(salt).astype(np.uint64) * _FOLD
    bits = (bits ^ bits >> np.uint64(29)) * _MIX
    folded: Int64s = (bits >> np.uint64(24)).astype(np.int64)
    return folded


def _is_asked(numbers: Int64s, asked: str) -> NDArray[np.bool_]:
    wanted = read(asked)
    return np.asarray(numbers == (-1 if wanted is None else wanted))


def show(number: int) -> str:
    """Forty bits in eight signs that nobody mistakes for another.

    >>> show(0), show(2**40 - 1)
    ('00000000', 'zzzzzzzz')
    """
    return "".join(_SIGNS[number >> shift & 31] for shift in range(35, -1, -5))


def read(text: str) -> int | None:
    """The number that `show` shows; None when it is not one.

    >>> read(show(123456789)), read("!")
    (123456789, None)
    """
    if len(text) != 8 or not set(text.lower()) <= set(_SIGNS):
        return None
    value = 0
    for sign in text.lower():
        value = value << 5 | _SIGNS.index(sign)
    return value
