"""One customer: the story so far, effort and repetition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import EVERYTHING, Filters

if TYPE_CHECKING:
    from verite.words.customer import Customer
    from verite.words.effort import EffortLost


class Customers(Door):
    """The story of one customer, and what repetition costs."""

    def customer(self, identity: str, *, case: str | None = None) -> Answer[Customer]:
        """The story so far of one person, found by any identity or by the id that people see.

        It is told by the case that matters now, or by the one named.
        """
        from verite.home.finding import find_person
        from verite.home.one_customer import read_customer

        def read() -> Customer:
            return read_customer(self, find_person(self.desk, identity), case)

        return self.told(self.desk.recovering(read))

    def effort(
        self, *, by: tuple[str, ...] = (), where: Filters = EVERYTHING
    ) -> Answer[EffortLost]:
        """Time and money lost to repetition, whole and by dimensions; never by agent."""
        from verite.home.losing import read_losses

        question = ("effort", by, where, self.as_of)
        return self.told(self.desk.answer(question, lambda: read_losses(self.desk, by, where)))
