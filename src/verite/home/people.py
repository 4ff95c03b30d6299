"""People: identities joined, reviewed, joined no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from verite.home.door import Door
from verite.words.member import CONSOLE, Member

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.ledger.links import Effect
    from verite.words.people import Decided, Unified


class People(Door):
    """Who is who."""

    def unify(self, *, limit: int = 50) -> Answer[Unified]:
        """People from identities: how many, joined by what, and what waits for a decision."""
        from verite.home.unified import read_unified

        ledger = self.desk.ledger
        question = ("unify", ledger.links_state, limit)
        return self.told(self.desk.answer(question, lambda: read_unified(self.desk, limit=limit)))

    def accept(self, doubt: str, *, at: datetime, by: Member = CONSOLE) -> Answer[Decided]:
        """What waits under this id is one person from now on."""
        ledger = self.desk.ledger
        return self._decide("accepted", lambda: ledger.decide(doubt, True, at=at), by, at)

    def reject(self, doubt: str, *, at: datetime, by: Member = CONSOLE) -> Answer[Decided]:
        """What waits under this id is not one person, for good."""
        ledger = self.desk.ledger
        return self._decide("rejected", lambda: ledger.decide(doubt, False, at=at), by, at)

    def undo(self, merge: str, *, at: datetime, by: Member = CONSOLE) -> Answer[Decided]:
        """The merge of this id is undone, for good."""
        ledger = self.desk.ledger
        return self._decide("undone", lambda: ledger.undo(merge, at=at), by, at)

    def merge(self, one: str, other: str, *, at: datetime, by: Member = CONSOLE) -> Answer[Decided]:
        """Two identities are one person, because a person says so."""
        ledger = self.desk.ledger
        ends = self._spelled(one), self._spelled(other)
        return self._decide("joined", lambda: ledger.merge(*ends, at=at), by, at)

    def part(self, one: str, other: str, *, at: datetime, by: Member = CONSOLE) -> Answer[Decided]:
        """Two identities are two people: the fewest links that hold them together are undone."""
        ledger = self.desk.ledger
        ends = self._spelled(one), self._spelled(other)
        return self._decide("undone", lambda: ledger.part(*ends, at=at), by, at)

    def _spelled(self, asked: str) -> str:
        """The identity meant, as the ledger knows it; as asked when it knows none."""
        from verite.home.finding import spellings

        ledger = self.desk.ledger
        known = (text for text in spellings(asked.strip()) if ledger.key_of(text) is not None)
        return next(known, asked.strip())

    def _decide(
        self, verdict: str, apply: Callable[[], Effect], by: Member, at: datetime
    ) -> Answer[Decided]:
        using = self.open_records()
        from verite.records.unify.actions import decide
        from verite.words.people import Decided

        effect = decide(using=using, by=by, at=at, verdict=verdict, apply=apply)
        ledger = self.desk.ledger
        return self.told(
            Decided(
                about=self.desk.about(verdict),
                verdict=verdict,
                identities=ledger.names_of(effect.keys),
                links=effect.aside or len(effect.links),
                people_before=effect.before,
                people_after=effect.after,
            )
        )
