"""Contacts under way that do not suit their channel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import EVERYTHING, Filters
from verite.words.customer import Alert

if TYPE_CHECKING:
    from verite.loop.unify.channel_fit import Bench
    from verite.words.alerts import Alerts as Told
    from verite.words.alerts import Raised


@dataclass(frozen=True, slots=True)
class Held:
    """Paces, the data they were last asked of, and the part of it that they rest on."""

    seen: tuple[object, ...]
    older: tuple[datetime, int]
    bench: Bench


class Alerts(Door):
    """Alerts of one person and of everybody."""

    _bench: Held | None = None

    def alerts_of(self, person_key: int) -> tuple[Alert, ...]:
        """The alerts of one person, oldest first; the key is that of the timeline."""
        from verite.home.alerting import alerts_of_person

        return self.desk.recovering(lambda: alerts_of_person(self.desk, self.bench(), person_key))

    def alerts(self, *, since: datetime | None = None, where: Filters = EVERYTHING) -> Answer[Told]:
        """The alerts of a period, open ones first, and how they told abandonment in advance."""
        from verite.home.alerting import all_alerts

        asked = where if since is None else replace(where, since=since)

        def find() -> Told:
            about = self.desk.about("alerts", asked)
            return all_alerts(self.desk, self.bench(), asked, about)

        return self.told(self.desk.answer(("alerts", asked, self.as_of), find))

    def fresh_alerts(self, *, at: datetime, within: timedelta) -> tuple[Raised, ...]:
        """The alerts raised lately, as of now."""
        from verite.home.alerting import lately

        return self.desk.recovering(lambda: lately(self.desk, self.bench(at), at=at, within=within))

    def bench(self, at: datetime | None = None) -> Bench:
        """The pace of others, of conversations begun before the day of a time.

        Read once a day: what arrives during the day changes nothing of it, unless it is older.
        """
        from verite.home.alerting import midnight_of, older_than
        from verite.loop.unify.channel_fit import bench_of
        from verite.measure.settings import read_definitions

        timeline, midnight = self.desk.timeline, midnight_of(at or self.as_of)
        seen = (timeline.ledger_version, timeline.people_version, midnight)
        if self._bench is None or self._bench.seen != seen:
            older = older_than(timeline, midnight)
            bench = self._bench.bench if self._bench and self._bench.older == older else None
            if bench is None:
                definitions = read_definitions(self.settings.definitions)
                bench = bench_of(timeline, definitions, before=midnight)
            self._bench = Held(seen=seen, older=older, bench=bench)
        return self._bench.bench
