"""The people side of a ledger: who is whom, what waits for a decision, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from verite.ledger.content import Int64s
from verite.ledger.junk import list_junk
from verite.ledger.keys import Keys
from verite.ledger.links import JOINED_BY_HAND, PARTED, Effect, Link, Links, Pair
from verite.text.identities import AUDIENCE
from verite.words.errors import BadInput, WrongUse

if TYPE_CHECKING:
    from verite.ledger.review import Doubted, Merged


class Persons:
    """What a ledger knows of people."""

    _keys: Keys
    _links: Links

    @property
    def people_version(self) -> int:
        """Grows whenever somebody is somebody else."""
        return self._links.version

    @property
    def links_state(self) -> int:
        """Grows with every link and decision, even those that change nobody."""
        return self._links.state

    @property
    def identity_count(self) -> int:
        """How many identities were ever seen."""
        return self._keys.count

    def people(self) -> tuple[Int64s, Int64s]:
        """Every identity key, sorted, and its person: the smallest key of those linked."""
        keys = self._keys.all_keys()
        return keys, self._links.people_of(keys)

    @property
    def merged_count(self) -> int:
        """How many identities are joined to another one: each takes one person away."""
        return self._links.merged

    def person_of(self, key: int) -> int:
        """The person of a key: the smallest key of those linked."""
        return int(self._links.people_of(np.array([key], dtype=np.int64))[0])

    def keys_with(self, key: int) -> tuple[int, ...]:
        """Every key of the person of a key, itself included, sorted."""
        return self._links.component(key)

    def identities_of(self, person: int) -> tuple[str, ...]:
        """The identities of a person, as received."""
        return self._keys.identities_of(self._links.component(person))

    def names_of(self, keys: Sequence[int]) -> tuple[str, ...]:
        """The identities behind some keys, sorted."""
        return self._keys.identities_of(keys)

    def named(self, keys: Sequence[int]) -> dict[int, str]:
        """The identity behind each key."""
        return self._keys.named(keys)

    def names_starting(self, start: str, *, limit: int) -> tuple[str, ...]:
        """The first identities that begin so, in their order."""
        return self._keys.starting(start, limit=limit)

    def key_of(self, identity: str) -> int | None:
        """The surrogate key of an identity, if it was ever seen."""
        return self._keys.key_of(identity)

    # What joined them, what waits

    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Links in force by reason, the most frequent first."""
        from verite.ledger.review import count_reasons

        return count_reasons(self._links)

    def doubts(self, *, limit: int = 50) -> tuple[tuple[Doubted, ...], int]:
        """What waits for someone to decide, the last told first, and how much there is in all."""
        from verite.ledger.review import list_doubts

        return list_doubts(self._links, limit=limit)

    def merges(self, *, limit: int = 50) -> tuple[Merged, ...]:
        """The last links in force."""
        from verite.ledger.review import list_merges

        return list_merges(self._links, limit=limit)

    def pending_links(self) -> tuple[Link, ...]:
        """The links that wait for someone to decide."""
        from verite.ledger.review import list_doubts

        waiting, _ = list_doubts(self._links, limit=10_000)
        return tuple(
            Link(one=one, other=other, reason=found.told[0], at=found.at)
            for found in waiting
            for one, other in found.pairs
        )

    def junk(self, *, limit: int = 50) -> tuple[tuple[tuple[int, str, int], ...], int]:
        """Impossible identities (key, why, links refused), the most told first; how many in all."""
        return list_junk(self._links.store, limit=limit)

    # Decisions

    def decide(self, doubt: str, accept: bool, *, at: datetime) -> Effect:
        """Accepts or rejects what waits under an id of `doubts`."""
        from verite.ledger.review import find_doubt

        found = find_doubt(self._links, doubt)
        if accept:
            return self._join(found.pairs, at=at)
        if found.culprit is not None:  # it glues nothing, whoever else it is linked to later
            alone = self._links.decide([(found.culprit, found.culprit)], PARTED, at=at)
            return self._set_aside(found, alone)
        return self._links.decide(found.pairs, PARTED, at=at)

    def _set_aside(self, found: Doubted, alone: Effect) -> Effect:
        """Whoever the identity was linked to stays apart: they are counted, and its links."""
        people = tuple(set(self._links.people_of(np.array(found.keys, np.int64)).tolist()))
        return replace(alone, keys=found.keys, aside=len(found.pairs), was=people, makes=people)

    def merge(self, one: str, other: str, *, reason: str = JOINED_BY_HAND, at: datetime) -> Effect:
        """Joins the people of two identities because somebody says that they are one."""
        for identity in (one, other):
            if identity.startswith(AUDIENCE):
                raise WrongUse("audience_alone", fields={"identity": identity})
        if one == other:
            raise WrongUse("same_identity", fields={"identity": one})
        return self._join([(self._known(one), self._known(other))], reason=reason, at=at)

    def _join(self, pairs: Sequence[Pair], *, reason: str = JOINED_BY_HAND, at: datetime) -> Effect:
        from verite.ledger.naming import pack_pairs
        from verite.ledger.review import customers_of

        # Between the customers they belong to: a link between their mails would join nobody.
        ends = customers_of(self._links, [key for pair in pairs for key in pair])
        named = self._keys.named(sorted(set(ends.values())))
        meant = {(ends[one], ends[other]) for one, other in pairs if ends[one] != ends[other]}
        links = pack_pairs([(named[one], named[other]) for one, other in sorted(meant)], named)
        return self._links.accept(links, reason=reason, at=at)

    def part(self, one: str, other: str, *, at: datetime) -> Effect:
        """Undoes the link between two identities; it stays undone when it is told again.

        Where no link in force holds them together directly, the fewest links that do are undone.
        """
        from verite.ledger.parting import links_between

        ends = (self._known(one), self._known(other))
        pairs = links_between(self._links, *ends)
        if not pairs:
            raise WrongUse("not_one_person", fields={"one": one, "other": other})
        return self._links.decide(pairs, PARTED, at=at)

    def undo(self, merge: str, *, at: datetime) -> Effect:
        """Undoes the link in force under an id of `merges`.

        Told by a source, it stays undone. Accepted by a person, the whole decision is taken back:
        every link accepted with it is as it was before, waiting again where it waited.
        """
        from verite.ledger.joint import taken_back
        from verite.ledger.review import find_merge

        pair = find_merge(self._links, merge)
        before = taken_back(self._links, pair)
        if before:
            effect = self._links.take_back(before, at=at)
            return replace(effect, waits=self._wait_between(effect.keys))
        return self._links.decide([pair], PARTED, at=at)

    def _wait_between(self, keys: Sequence[int]) -> bool:
        """Whether a link waits between the people of some keys."""
        theirs = {key for one in keys for key in self._links.component(one)}
        waiting = self._links.touching(theirs, is_applied=False)
        return any({link.one, link.other} <= theirs for link in waiting)

    def bound_people(self, identities: int) -> None:
        """Sets how many identities a person may have before links wait."""
        self._links.bound(identities)

    def _known(self, identity: str) -> int:
        key = self._keys.key_of(identity)
        if key is None:
            raise BadInput("unknown_identity", fields={"identity": identity})
        return key
