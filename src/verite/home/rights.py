"""The rights of a person: everything exported, everything erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import About
from verite.words.errors import BadInput
from verite.words.member import Member, Right

if TYPE_CHECKING:
    from verite.home.customers import Customers
    from verite.home.live import Live
    from verite.home.whom import Whom
    from verite.words.rights import Erasure, Held, Verdict


class Rights(Door):
    """Export and erasure of a person."""

    def held_about(self, asked: str, *, by: Member, at: datetime) -> Answer[Held]:
        """Everything held about the person who bears an identity or a shown id."""
        using = self.open_records()
        from verite.home.held import gather, worked_out
        from verite.records.rights import need

        need(by, Right.EXPORT)
        self._drain(at)
        ledger, name, whose = self.desk.ledger, self.settings.name, self.whom(asked)
        held = gather(ledger, whose, organisation=name, at=at, using=using)
        customer = cast("Customers", self).customer(asked)
        return self.told(replace(held, derived=worked_out(customer.json())))

    def erase(self, asked: str, *, by: Member, at: datetime) -> Answer[Erasure]:
        """Erases a person everywhere in this home, for ever; answers with the signed receipt."""
        using = self.open_records()
        from verite.home.erasing import Order, erase_everywhere, resume
        from verite.home.whom import with_orphans
        from verite.records.rights import need

        need(by, Right.ERASE_PEOPLE)
        self._drain(at)
        try:
            whose = with_orphans(self.desk, self.whom(asked))
        except BadInput:  # erased already, by one that died before it told so?
            found = resume(self, asked, by=by, using=using)
            if found is None:
                raise
            return self.told(found)
        decode = cast("Live", self).reader()
        order = Order(whose=whose, by=by, at=at, using=using, decode=decode)
        return self.told(erase_everywhere(self, order))

    def verify_receipt(self, text: str, *, of: str | None = None) -> Answer[Verdict]:
        """Whether a receipt comes from this home unchanged; and concerns an identity, if given."""
        from verite.home.finding import spellings
        from verite.home.receipts import verify
        from verite.records.databases import secret_key

        version, people = self.versions
        about = About(
            asked="erase --verify", as_of=None, ledger_version=version, people_version=people
        )
        identities = () if of is None else spellings(of)
        verdict = verify(text, secret_key(self.path), about=about, identities=identities)
        return self.told(verdict)

    def whom(self, asked: str) -> Whom:
        """The person meant by an identity or a shown id; raises `BadInput` for nobody."""
        from verite.home.whom import whom

        return whom(self.desk, asked)

    def _drain(self, at: datetime) -> None:
        """What waits is read first: it may be about the person."""
        cast("Live", self).drain_waiting(at=at)
