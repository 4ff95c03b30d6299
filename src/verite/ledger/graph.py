"""The links of a home in memory: arrays that grow, and the person of each identity.

A new link is judged again with all that its region holds, and nothing else.
"""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from verite.ledger.content import Int64s
from verite.ledger.joining import Bounds, Web, solve
from verite.ledger.timeline.lookup import number
from verite.ledger.told import Packed
from verite.ledger.unions import join, least, touch

REFUSED: Final = 4  # by a person: beside the states of `joining`
_FEW: Final = 50_000  # from there on a hash table beats a search
T = TypeVar("T", bound=np.generic)
Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]


class Graph:
    """Identities by number in the order they came, links by number, and who is whom."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.keys: Int64s = np.empty(0, np.int64)
        self.kinds: NDArray[np.uint8] = np.empty(0, np.uint8)
        self.person: Int64s = np.empty(0, np.int64)  # the smallest key of each one's component
        self.one: Int32s = np.empty(0, np.int32)
        self.other: Int32s = np.empty(0, np.int32)
        self.line: Int32s = np.empty(0, np.int32)  # which line told each link
        self.states: NDArray[np.uint8] = np.empty(0, np.uint8)
        self.culprits: Int32s = np.empty(0, np.int32)
        self.forced: Bools = np.empty(0, np.bool_)
        self.refused: Bools = np.empty(0, np.bool_)
        self.out: Bools = np.empty(0, np.bool_)  # identities that a person said glue nothing
        self._region: Int32s = np.empty(0, np.int32)
        self._sorted: Int64s = np.empty(0, np.int64)
        self._places: Int32s = np.empty(0, np.int32)
        self._pairs: Int64s | None = None

    # Reading

    def numbers_of(self, keys: Int64s) -> Int32s:
        """The number of each key, -1 when no link holds it."""
        if not len(self._sorted):
            return np.full(len(keys), -1, dtype=np.int32)
        at = np.minimum(np.searchsorted(self._sorted, keys), len(self._sorted) - 1)
        return np.where(self._sorted[at] == keys, self._places[at], -1).astype(np.int32)

    def persons_of(self, keys: Int64s) -> Int64s:
        """The person of each key; one that no link holds is its own."""
        numbers = self.numbers_of(keys)
        linked = numbers >= 0
        persons = keys.copy()
        persons[linked] = self.person[numbers[linked]]
        return persons

    def said(
        self, scope: Int64s, pairs: tuple[Int32s, Int32s], verdicts: Int32s
    ) -> tuple[Int64s, Int32s]:
        """Those of some links that are about these pairs of identities, and the verdict on each."""
        asked = pair_ids(*pairs)
        order = np.argsort(asked)
        asked, verdicts = asked[order], verdicts[order]
        held = pair_ids(self.one[scope], self.other[scope])
        found = _among(held, asked)
        return scope[found], verdicts[np.searchsorted(asked, held[found])]

    def holds(self, one: Int64s, other: Int64s) -> Bools:
        """Which pairs of keys are links already."""
        left, right = self.numbers_of(one), self.numbers_of(other)
        known = (left >= 0) & (right >= 0)
        known[known] = _among(pair_ids(left[known], right[known]), self._known_pairs())
        return known

    def fresh(self, links: Packed) -> Packed:
        """Those of some links that are new, each once."""
        links = links[links["one"] != links["other"]]
        fresh = links[~self.holds(links["one"], links["other"])]
        if len(fresh) < 2:
            return fresh
        order = np.lexsort((fresh["other"], fresh["one"]))
        fresh = fresh[order]
        repeated = (fresh["one"][1:] == fresh["one"][:-1]) & (
            fresh["other"][1:] == fresh["other"][:-1]
        )
        once: Packed = fresh[np.append(True, ~repeated)]
        return once

    # Growing

    def add(self, links: Packed, line: int) -> Int64s:
        """Takes links that it does not hold; answers their numbers. `resolve` judges them."""
        ends = self._number(np.concatenate([links["one"], links["other"]]))
        self.kinds[ends] = np.concatenate([links["kind"], links["other_kind"]])
        one, other = ends[: len(links)], ends[len(links) :]
        first = len(self.one)
        self.one, self.other = _grown(self.one, one), _grown(self.other, other)
        self.line = _grown(self.line, np.full(len(links), line, np.int32))
        self.states = _grown(self.states, np.zeros(len(links), np.uint8))
        self.culprits = _grown(self.culprits, np.full(len(links), -1, np.int32))
        self.forced = _grown(self.forced, np.zeros(len(links), np.bool_))
        self.refused = _grown(self.refused, np.zeros(len(links), np.bool_))
        join(self._region, one, other, np.ones(len(links), np.bool_))
        if self._pairs is not None:
            self._pairs = np.sort(_grown(self._pairs, pair_ids(one, other)), kind="stable")
        return np.arange(first, len(self.one))

    def resolve(self, links: Int64s) -> bool:
        """Judges all that is in reach of these links again; whether somebody is somebody else."""
        if not len(links):
            return False
        reached = touch(self._region, self.one[links], self.one)
        refused = (
            self.refused[reached] | self.out[self.one[reached]] | self.out[self.other[reached]]
        )
        self.states[reached[refused]] = REFUSED
        judged = reached[~refused]
        ends, place = _renumbered(len(self.keys), self.one[reached], self.other[reached])
        web = Web(
            kinds=self.kinds[ends],
            one=place[self.one[judged]],
            other=place[self.other[judged]],
            forced=self.forced[judged],
        )
        joined = solve(web, self.bounds)
        self.states[judged] = joined.states
        blamed = joined.culprits
        self.culprits[judged] = np.where(blamed >= 0, ends[blamed], -1)
        person = least(joined.person, self.keys[ends])
        changed = bool(np.any(person != self.person[ends]))
        self.person[ends] = person
        return changed

    def _number(self, keys: Int64s) -> Int32s:
        """The number of each key; unknown ones are numbered, each its own person for now."""
        if len(keys) > _FEW:
            numbers, distinct = number(keys, self.keys)
            new = distinct[len(self.keys) :]
        else:
            new = np.unique(keys[self.numbers_of(keys) < 0])
        count = len(self.keys)
        self.keys = _grown(self.keys, new)
        self.kinds = _grown(self.kinds, np.zeros(len(new), np.uint8))
        self.person = _grown(self.person, new)
        self.out = _grown(self.out, np.zeros(len(new), np.bool_))
        self._region = _grown(self._region, np.arange(count, count + len(new), dtype=np.int32))
        self._index(new, count)
        return numbers if len(keys) > _FEW else self.numbers_of(keys)

    def _index(self, new: Int64s, count: int) -> None:
        if len(new) > _FEW:
            order = np.argsort(self.keys)
            self._sorted, self._places = self.keys[order], order.astype(np.int32)
            return
        order = np.argsort(new)
        at = np.searchsorted(self._sorted, new[order])
        self._sorted = np.insert(self._sorted, at, new[order])
        self._places = np.insert(self._places, at, (count + order).astype(np.int32))

    def _known_pairs(self) -> Int64s:
        if self._pairs is None:
            self._pairs = np.sort(pair_ids(self.one, self.other))
        return self._pairs


def pair_ids(one: Int32s, other: Int32s) -> Int64s:
    """One number per pair of identities, whichever comes first.

    >>> pair_ids(np.array([1, 2]), np.array([2, 1])).tolist()
    [4294967298, 4294967298]
    """
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    return low << 32 | high


def _renumbered(count: int, *ends: Int32s) -> tuple[Int64s, Int32s]:
    """Those of `count` identities that some links hold, and the place of each among them."""
    held = np.zeros(count, dtype=np.bool_)
    for end in ends:
        held[end] = True
    place: Int32s = np.cumsum(held, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(held), place


def _among(values: Int64s, ordered: Int64s) -> Bools:
    """Which values some ordered ones hold."""
    if not len(ordered):
        return np.zeros(len(values), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return np.asarray(ordered[at] == values)


def _grown(array: NDArray[T], more: NDArray[T]) -> NDArray[T]:
    return np.concatenate([array, more]) if len(more) else array
