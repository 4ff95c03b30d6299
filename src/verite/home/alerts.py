"""Contacts under way that do not suit their channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import Filters
from verite.words.customer import Alert

if TYPE_CHECKING:
    from verite.loop.unify.channel_fit import Bench, Watch
    from verite.words.alerts import Alerts as Told
    from verite.words.alerts import Raised

EVERYTHING = Filters()


class Alerts(Door):
    """Alerts of one person and of everybody."""

    _watched: tuple[tuple[object, ...], Watch] | None = None
    _paced: tuple[date, Bench] | None = None

    def alerts_of(self, person_key: int) -> tuple[Alert, ...]:
        """The alerts of one person, oldest first; the key is that of the timeline."""
        from verite.home.alerting import alerts_of_person

        return self.desk.recovering(lambda: alerts_of_person(self.desk, self.watch(), person_key))

    def alerts(self, *, since: datetime | None = None, where: Filters = EVERYTHING) -> Answer[Told]:
        """The alerts of a period, open ones first, and how they told abandonment in advance."""
        from verite.home.alerting import all_alerts

        asked = where if since is None else replace(where, since=since)

        def find() -> Told:
            about = self.desk.about("alerts", asked)
            return all_alerts(self.desk, self.watch(), asked, about)

        return self.told(self.desk.answer(("alerts", asked, self.as_of), find))

    def fresh_alerts(self, *, at: datetime, within: timedelta) -> tuple[Raised, ...]:
        """The alerts raised lately, as of now, held against the paces of the day's first look."""
        from verite.home.alerting import lately

        day = at.date()
        if self._paced is None or self._paced[0] != day:
            self._paced = (day, self.watch().bench)
        bench = self._paced[1]
        return self.desk.recovering(lambda: lately(self.desk, bench, at=at, within=within))

    def watch(self) -> Watch:
        """The conversations and their paces, read once for each version of the data."""
        from verite.loop.unify.channel_fit import watch

        study = self.desk.study()
        timeline = study.timeline
        key = (timeline.ledger_version, timeline.people_version, study.as_of, study.definitions)
        held = self._watched  # one at a time: those of older versions are never asked again
        if held is None or held[0] != key:
            held = (key, watch(self.desk.timeline, study.definitions, as_of=study.as_of))
            self._watched = held
        return held[1]
