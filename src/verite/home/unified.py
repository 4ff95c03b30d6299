"""Who is who, read off the links of the ledger, with the evidence for what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from verite.home.proposing import waiting_alike
from verite.words.customer import show_person
from verite.words.people import Doubt, Junk, Merge, Seen, Unified, Waiting

if TYPE_CHECKING:
    from verite.home.desk import Desk
    from verite.ledger.links import Effect
    from verite.ledger.review import Doubted, Merged
    from verite.ledger.sightings import Sighting
    from verite.ledger.timeline.timeline import Timeline
    from verite.records.unify.proposals import ProposalRecord

SHOWN = 50
IDENTITIES_SHOWN = 12  # of one doubt


def read_unified(
    desk: Desk, *, limit: int = SHOWN, alike: Sequence[ProposalRecord] = ()
) -> Unified:
    """Everything that is known of who is who."""
    ledger = desk.ledger
    doubts, waiting = ledger.doubts(limit=limit)
    proposed, all_proposed = waiting_alike(desk, alike, limit=max(0, limit - len(doubts)))
    merges = ledger.merges(limit=limit)
    junk, all_junk = ledger.junk(limit=limit)
    named = ledger.named(_shown_keys(doubts, merges) + [key for key, _, _ in junk])
    return Unified(
        about=desk.about("unify"),
        people=desk.timeline.people,
        identities=ledger.identity_count,
        merged=ledger.merged_count,
        reasons=ledger.reasons(),
        review=_waiting(desk, doubts, named) + proposed,
        waiting=waiting + all_proposed,
        merges=tuple(
            Merge(
                id=one.id,
                identities=(named.get(one.pair[0], "?"), named.get(one.pair[1], "?")),
                reason=one.reason,
                at=one.at,
                decided=one.decided,
            )
            for one in merges
        ),
        junk=tuple(
            Junk(identity=named[key], why=why, links=links)
            for key, why, links in junk
            if key in named
        ),
        all_junk=all_junk,
    )


def met(timeline: Timeline, people: Iterable[int]) -> tuple[int, ...]:
    """Those of some people who have interactions: they alone count, as in the status."""
    asked = np.unique(np.fromiter(people, np.int64))
    return tuple(asked[np.isin(asked, timeline.persons)].tolist())


def counted(desk: Desk, apply: Callable[[], Effect]) -> Effect:
    """What a decision changes, of the people who have interactions before and after it."""
    before = desk.timeline
    effect = apply()
    return replace(effect, was=met(before, effect.was), makes=met(desk.timeline, effect.makes))


def _shown_keys(doubts: Sequence[Doubted], merges: Sequence[Merged]) -> list[int]:
    keys = [key for one in doubts for key in _first_keys(one)]
    return keys + [key for one in merges for key in one.pair]


def _first_keys(doubt: Doubted) -> list[int]:
    """The identity to blame first, then some of the others."""
    others = [key for key in doubt.keys if key != doubt.culprit]
    first = [] if doubt.culprit is None else [doubt.culprit]
    return (first + others)[:IDENTITIES_SHOWN]


def _waiting(
    desk: Desk, doubts: Sequence[Doubted], named: Mapping[int, str]
) -> tuple[Waiting, ...]:
    from verite.ledger.sightings import read_sightings

    shown = sorted({key for one in doubts for key in _first_keys(one)})
    with desk.ledger.reading() as snapshot:
        sightings = read_sightings(snapshot.files, shown)
    seen = {
        key: _seen(named[key], desk.ledger.person_of(key), sightings.get(key))
        for key in shown
        if key in named
    }
    cases = {key: sighting.cases for key, sighting in sightings.items()}
    return tuple(
        replace(_one_waiting(one, seen, cases), people=_people(desk, one)) for one in doubts
    )


def _people(desk: Desk, doubt: Doubted) -> int:
    """How many people accepting makes one; an identity never met alone is nobody yet."""
    return len(met(desk.timeline, map(desk.ledger.person_of, doubt.keys)))


def _one_waiting(
    doubt: Doubted, seen: Mapping[int, Seen], cases: Mapping[int, frozenset[str]]
) -> Waiting:
    keys = [key for key in _first_keys(doubt) if key in seen]
    met = Counter(case for key in keys for case in cases.get(key, ()))
    return Waiting(
        id=doubt.id,
        reason=Doubt(doubt.reason),
        identities=tuple(seen[key] for key in keys),
        all_identities=len(doubt.keys),
        people=doubt.people,
        links=len(doubt.pairs),
        told=doubt.told,
        at=doubt.at,
        shared_cases=sum(count > 1 for count in met.values()),
    )


def _seen(identity: str, person: int, sighting: Sighting | None) -> Seen:
    if sighting is None:
        return Seen(identity=identity, person=show_person(person))
    return Seen(
        identity=identity,
        interactions=sighting.rows,
        first=sighting.first,
        last=sighting.last,
        person=show_person(person),
    )
