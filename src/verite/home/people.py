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
    from verite.records.unify.proposals import ProposalRecord
    from verite.records.unify.searches import SearchRecord
    from verite.words.people import Decided, Proposed, Unified


class People(Door):
    """Who is who."""

    def unify(self, *, limit: int = 50) -> Answer[Unified]:
        """People from identities: how many, joined by what, and what waits for a decision."""
        from verite.home.unified import read_unified

        ledger, alike = self.desk.ledger, self._alike()
        question = ("unify", ledger.links_state, limit, alike)
        return self.told(
            self.desk.answer(question, lambda: read_unified(self.desk, limit=limit, alike=alike))
        )

    def propose(self, *, at: datetime, by: Member = CONSOLE) -> Answer[Proposed]:
        """Looks for customers who are alike, for the queue only; takes the extra `identity`.

        Takes a while; how far it is stands in the records. One search at a time.
        """
        using = self.open_records()
        from verite.home.proposing import Search, look_for_alike
        from verite.records.unify.searching import start_search
        from verite.words.people import Proposed

        number = start_search(using=using, by=by, at=at).number
        search = Search(using=using, number=number, by=by, at=at)
        profiles, found = look_for_alike(self.desk, search)
        about = self.desk.about("proposed")
        return self.told(Proposed(about=about, profiles=profiles, found=found))

    def last_search(self) -> SearchRecord | None:
        """The last search for customers who are alike: under way, ended, or come to nothing."""
        using = self.open_records()
        from verite.records.unify.searches import latest_search

        return latest_search(using=using)

    def _alike(self) -> tuple[ProposalRecord, ...]:
        using = self.open_records()
        from verite.records.unify.proposals import proposals

        return proposals(using=using)

    def accept(self, doubt: str, *, at: datetime, by: Member = CONSOLE) -> Answer[Decided]:
        """What waits under this id is one person from now on."""
        pair = self._proposed(doubt)
        if pair is not None:
            return self._settle("accepted", pair, by, at)
        ledger = self.desk.ledger
        return self._decide("accepted", lambda: ledger.decide(doubt, True, at=at), by, at)

    def reject(self, doubt: str, *, at: datetime, by: Member = CONSOLE) -> Answer[Decided]:
        """What waits under this id is not one person, for good."""
        pair = self._proposed(doubt)
        if pair is not None:
            return self._settle("rejected", pair, by, at)
        ledger = self.desk.ledger
        return self._decide("rejected", lambda: ledger.decide(doubt, False, at=at), by, at)

    def _proposed(self, doubt: str) -> tuple[int, int] | None:
        """The two customers that a proposal of this id is about."""
        from verite.home.proposing import id_of

        pairs = [(one.alike.one, one.alike.other) for one in self._alike()]
        return next((pair for pair in pairs if id_of(*pair) == doubt.lower()), None)

    def _settle(
        self, verdict: str, pair: tuple[int, int], by: Member, at: datetime
    ) -> Answer[Decided]:
        """A proposal decided upon: rejected, it changes nobody and never comes again."""
        from verite.ledger.links import Effect

        ledger, using = self.desk.ledger, self.open_records()
        from verite.records.unify.proposal_actions import drop_proposal

        def apply() -> Effect:
            drop_proposal(using=using, by=by, one=pair[0], other=pair[1])
            if verdict == "rejected":
                people = (ledger.person_of(pair[0]), ledger.person_of(pair[1]))
                return Effect(links=(pair,), keys=pair, was=people, makes=people)
            named = ledger.named(pair)
            return ledger.merge(named[pair[0]], named[pair[1]], at=at)

        return self._decide(verdict, apply, by, at)

    def undo(self, merge: str, *, at: datetime, by: Member = CONSOLE) -> Answer[Decided]:
        """The merge of this id is undone: told by a source, for good; accepted, with all that was
        accepted with it, and everything is as before."""
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
        from verite.home.unified import counted
        from verite.records.unify.actions import decide
        from verite.words.people import Decided

        effect = decide(
            using=using, by=by, at=at, verdict=verdict, apply=lambda: counted(self.desk, apply)
        )
        ledger = self.desk.ledger
        return self.told(
            Decided(
                about=self.desk.about(verdict),
                verdict=verdict,
                identities=ledger.names_of(effect.keys),
                links=effect.aside or len(effect.links),
                is_back=effect.is_back,
                waits=effect.waits,
                people_before=effect.before,
                people_after=effect.after,
            )
        )
