"""Customers who look alike: found among what is known of them, put into the queue, no further."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verite.text.identities import why_junk
from verite.words.customer import show_person
from verite.words.errors import VeriteError
from verite.words.people import Alike, Doubt, Seen, Waiting

if TYPE_CHECKING:
    from datetime import datetime

    from verite.home.desk import Desk
    from verite.loop.unify.profiles import Profile
    from verite.records.unify.proposals import ProposalRecord
    from verite.words.member import Member

_AT_ONCE: Final = 50_000
_READ: Final = 20  # percent of a search once everybody is read; comparing is the rest
_CONTACTS: Final = ("email:", "phone:")
_KNOWN: Final = ("user:", "account:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search under way: where it is written down, who began it, and when."""

    using: str
    number: int
    by: Member
    at: datetime

    def tell(self, done: int) -> None:
        """How far it is, in percent."""
        from verite.records.unify.searching import tell_search

        tell_search(using=self.using, number=self.number, done=done)

    def drop(self, error: str) -> None:
        """It came to nothing."""
        from verite.records.unify.searching import drop_search

        drop_search(using=self.using, by=self.by, number=self.number, error=error, at=self.at)


def look_for_alike(desk: Desk, search: Search) -> tuple[int, int]:
    """How many customers have a mail or a phone, and how many pairs of them now wait."""
    from verite.records.unify.searching import end_search

    try:
        gave = _look(desk, search)
    except VeriteError as error:
        search.drop(str(error))
        raise
    except BaseException:
        search.drop("broken")
        raise
    end_search(using=search.using, by=search.by, number=search.number, gave=gave, at=search.at)
    return gave


def _look(desk: Desk, search: Search) -> tuple[int, int]:
    from verite.loop.unify.proposing import propose
    from verite.records.unify.proposal_actions import replace_proposals

    profiles = tuple(_profiles(desk, search.tell))
    search.tell(_READ)
    found = _not_decided(desk, propose(profiles), search.using)
    replace_proposals(using=search.using, by=search.by, found=found, at=search.at)
    return len({one.key for one in profiles}), len(found)


def _not_decided(desk: Desk, found: Sequence[Alike], using: str) -> list[Alike]:
    """Without those whom somebody told apart, and those who wait for a better reason."""
    from verite.records.unify.proposals import told_apart

    ledger = desk.ledger
    apart = {
        frozenset((ledger.person_of(one), ledger.person_of(other)))
        for one, other in told_apart(using=using)
        if one != other
    }
    apart |= {
        frozenset((ledger.person_of(link.one), ledger.person_of(link.other)))
        for link in ledger.pending_links()
    }
    return [
        one
        for one in found
        if frozenset((ledger.person_of(one.one), ledger.person_of(one.other))) not in apart
    ]


def _profiles(desk: Desk, tell: Callable[[int], None]) -> Iterator[Profile]:
    """Each person's, under the key of the user or account that they are known by."""
    from verite.loop.unify.profiles import profiles_of

    ledger = desk.ledger
    keys, persons = ledger.people()
    names: dict[int, list[str]] = {}
    known: dict[int, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        tell(_READ * start // len(keys))
        part = slice(start, start + _AT_ONCE)
        listed = keys[part].tolist()
        named = ledger.named(listed)
        for key, person in zip(listed, persons[part].tolist(), strict=True):
            name = named.get(key, "")
            if name.startswith(_CONTACTS) and why_junk(name) is None:
                names.setdefault(person, []).append(name)
            elif name.startswith(_KNOWN):
                known.setdefault(person, key)
    for person, told in names.items():
        yield from profiles_of(known.get(person, person), told)


def waiting_alike(
    desk: Desk, proposals: Sequence[ProposalRecord], *, limit: int
) -> tuple[tuple[Waiting, ...], int]:
    """The pairs that wait as the queue shows them, and how many there are.

    Those that became one person, or of whom nothing is known any more, wait for nobody.
    """
    ledger = desk.ledger
    ends = sorted({key for one in proposals for key in (one.alike.one, one.alike.other)})
    named = ledger.named(ends)
    live = [
        one
        for one in proposals
        if {one.alike.one, one.alike.other} <= named.keys()
        and ledger.person_of(one.alike.one) != ledger.person_of(one.alike.other)
    ]
    return tuple(_waiting(desk, one) for one in live[:limit]), len(live)


def _waiting(desk: Desk, found: ProposalRecord) -> Waiting:
    from verite.ledger.sightings import read_sightings

    ledger, alike = desk.ledger, found.alike
    identities: list[Seen] = []
    cases: list[frozenset[str]] = []
    for end in (alike.one, alike.other):
        keys = ledger.keys_with(end)
        with ledger.reading() as snapshot:
            met = read_sightings(snapshot.files, keys).values()
        cases.append(frozenset[str]().union(*(one.cases for one in met)))
        named = ledger.named(keys)
        told = [named[end], *sorted(name for name in named.values() if name.startswith(_CONTACTS))]
        identities.append(
            Seen(
                identity=" · ".join(dict.fromkeys(told)),
                interactions=sum(one.rows for one in met),
                first=min((one.first for one in met), default=None),
                last=max((one.last for one in met), default=None),
                person=show_person(ledger.person_of(end)),
            )
        )
    return Waiting(
        id=id_of(alike.one, alike.other),
        reason=Doubt.ALIKE,
        identities=tuple(identities),
        all_identities=2,
        people=2,
        links=0,
        told=(),
        at=found.at,
        shared_cases=len(cases[0] & cases[1]),
        likely=alike.likely,
        agreed=alike.agreed,
        apart=alike.apart,
    )


def id_of(one: int, other: int) -> str:
    """Eight signs that stand for a pair, as for any other doubt.

    >>> id_of(1, 2) == id_of(2, 1), len(id_of(1, 2))
    (True, 8)
    """
    from verite.ledger.review import show

    said = f"alike {min(one, other)} {max(one, other)}".encode()
    return show(int.from_bytes(hashlib.md5(said, usedforsecurity=False).digest()[:5], "big"))
