"""Who is who, read off the links of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.words.people import Doubt, Seen, Unified, Waiting

if TYPE_CHECKING:
    from verite.home.desk import Desk


def read_unified(desk: Desk) -> Unified:
    """Everything that is known of who is who."""
    ledger = desk.ledger
    keys, persons = ledger.people()
    waiting = tuple(
        Waiting(
            id=f"{link.one:x}-{link.other:x}",
            reason=Doubt.TWO_KNOWN,
            identities=tuple(
                Seen(identity=name)
                for key in (link.one, link.other)
                for name in ledger.identities_of(key)
            ),
            all_identities=2,
            people=2,
            links=1,
            told=(link.reason,),
            at=link.at,
        )
        for link in ledger.pending_links()
    )
    return Unified(
        about=desk.about("unify"),
        people=desk.timeline.people,
        identities=len(keys),
        merged=len(keys) - len(set(persons.tolist())),
        reasons=(),
        review=waiting,
        waiting=len(waiting),
        merges=(),
        junk=(),
        all_junk=0,
    )
