"""The running feeling: fitted, validated, asked for one customer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from verite.home.door import Door
from verite.words.errors import WrongUse

if TYPE_CHECKING:
    from verite.words.customer import FeelingNow

_MICROSECOND: Final = timedelta(microseconds=1)


class Feelings(Door):
    """What all contacts so far have left."""

    def feeling_of(self, person_key: int) -> FeelingNow:
        """The running feeling of one person, by the key of the person or of one identity."""
        from verite.measure import read_definitions
        from verite.measure.feeling.now import plain_now, run_of

        def feel() -> FeelingNow:
            definitions = read_definitions(self.settings.definitions)
            run = run_of(self.desk.timeline, definitions, self._place_of(person_key), self._now())
            return plain_now(run)

        return self.desk.recovering(feel)

    def _place_of(self, person_key: int) -> int:
        persons = self.desk.timeline.persons
        place = int(persons.searchsorted(person_key))
        if place < len(persons) and int(persons[place]) == person_key:
            return place
        identities, owners = self.desk.ledger.people()
        found = int(identities.searchsorted(person_key))
        if found < len(identities) and int(identities[found]) == person_key:
            place = int(persons.searchsorted(owners[found]))
            if place < len(persons) and persons[place] == owners[found]:
                return place
        raise WrongUse("unknown_person", fields={"person": person_key})

    def _now(self) -> int:
        from verite.home.desk import START_OF_TIME

        return ((self.as_of or START_OF_TIME) - START_OF_TIME) // _MICROSECOND
