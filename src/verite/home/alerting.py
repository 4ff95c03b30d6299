"""Alerts read off the timeline: whose they are, what became of them, what they told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from verite.home.desk import START_OF_TIME
from verite.words.alerts import Alerts, Raised, State
from verite.words.asked import About, Filters
from verite.words.customer import Alert, show_person
from verite.words.interaction import Direction, Kind

if TYPE_CHECKING:
    import numpy as np

    from verite.home.desk import Desk
    from verite.ledger.timeline.timeline import Timeline
    from verite.loop.unify.channel_fit import Bench, Found, Watch
    from verite.words.estimate import Estimate

CALLED_WITHIN: Final = timedelta(days=1)
END_OF_TIME: Final = datetime(9999, 1, 1, tzinfo=UTC)
LONGEST: Final = timedelta(days=2)  # social networks promise within the hour: 30 times it


def alerts_of_person(desk: Desk, bench: Bench, person_key: int) -> tuple[Alert, ...]:
    """The alerts of one person of the timeline; nothing for a person it does not know."""
    import numpy as np

    from verite.loop.unify.channel_fit import find_alerts, watch

    timeline = desk.timeline
    place = int(np.searchsorted(timeline.persons, person_key))
    if place >= timeline.people or int(timeline.persons[place]) != person_key:
        return ()
    as_of = desk.as_of or START_OF_TIME
    seen = watch(timeline, bench, as_of=as_of, people=np.array([place]))
    found = find_alerts(timeline, seen, as_of=_horizon(desk))
    return tuple(sorted((one.alert for one in found), key=lambda alert: alert.at))


def all_alerts(desk: Desk, bench: Bench, where: Filters, about: About) -> Alerts:
    """The alerts of the conversations begun in a period, open ones first, the newest first."""
    from verite.loop.unify.channel_fit import find_alerts, watch

    timeline, as_of = desk.timeline, desk.as_of or START_OF_TIME
    seen = watch(timeline, bench, as_of=as_of)
    chosen = _chosen(timeline, seen, where)
    found = find_alerts(timeline, seen, as_of=_horizon(desk), among=chosen.tolist())
    rows = [_raised(timeline, seen, one, as_of) for one in found]
    rows.sort(key=lambda row: (row.state is not State.OPEN, -row.alert.at.timestamp()))
    alerted, otherwise = _abandoned(timeline, seen, chosen, found)
    return Alerts(
        about=about,
        rows=tuple(rows),
        usual=seen.bench.usual,
        contacts=len(chosen),
        abandoned_if_alerted=alerted,
        abandoned_otherwise=otherwise,
    )


def lately(desk: Desk, bench: Bench, *, at: datetime, within: timedelta) -> tuple[Raised, ...]:
    """The alerts of the last while before now."""
    from verite.loop.unify.channel_fit import find_alerts, watch, writers_since

    timeline = desk.timeline
    # A conversation may have begun well before its alert.
    people = writers_since(timeline, at - within - LONGEST)
    seen = watch(timeline, bench, as_of=at, people=people)
    found = find_alerts(timeline, seen, as_of=at)
    return tuple(
        _raised(timeline, seen, one, at) for one in found if at - within <= one.alert.at <= at
    )


def midnight_of(at: datetime | None) -> datetime:
    """The midnight (UTC) that begins the day of a time."""
    day = (at or START_OF_TIME).astimezone(UTC)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def older_than(timeline: Timeline, midnight: datetime) -> tuple[datetime, int]:
    """A midnight, and how many rows come before it."""
    import numpy as np

    us = (midnight - START_OF_TIME) // timedelta(microseconds=1)
    return midnight, int(np.count_nonzero(timeline.ts < us))


def _horizon(desk: Desk) -> datetime:
    """Until when alerts are known: a row tells its whole wait, be it the last one here."""
    timeline, as_of = desk.timeline, desk.as_of
    if as_of is None or timeline.rows == 0:
        return START_OF_TIME
    return as_of if desk.is_dated else END_OF_TIME


def _chosen(timeline: Timeline, seen: Watch, where: Filters) -> np.ndarray:
    """The conversations whose first row passes the filters."""
    import numpy as np

    return np.asarray(np.flatnonzero(timeline.rows_of(where)[seen.talks.head]))


def _raised(timeline: Timeline, seen: Watch, found: Found, as_of: datetime) -> Raised:
    talks, talk = seen.talks, found.talk
    case = int(timeline.codes("case_id")[talks.head[talk]])
    person = int(talks.person[talk])
    return Raised(
        alert=found.alert,
        person=show_person(int(timeline.persons[person])),
        case_id=timeline.labels("case_id")[case] if case >= 0 else None,
        state=_state(timeline, seen, found, as_of),
        abandoned=bool(talks.abandoned[talk]),
    )


def _state(timeline: Timeline, seen: Watch, found: Found, as_of: datetime) -> State:
    """Open while the conversation lasts; then whether we called within a day."""
    import numpy as np

    talks, talk = seen.talks, found.talk
    person = int(talks.person[talk])
    rows = np.arange(int(timeline.starts[person]), int(timeline.starts[person + 1]))
    until = min(found.alert.at + CALLED_WITHIN, as_of)
    first, last = (
        (at - START_OF_TIME) // timedelta(microseconds=1) for at in (found.alert.at, until)
    )
    calls = _is(timeline, rows, "direction", (Direction.OUTBOUND, Direction.PROACTIVE))
    calls &= _is(timeline, rows, "channel", ("phone",))
    # What an agent asks during a call of the customer's is not a call of ours.
    calls &= _is(timeline, rows, "kind", (Kind.CONTACT, Kind.PROACTIVE))
    if bool((calls & (timeline.ts[rows] > first) & (timeline.ts[rows] < last)).any()):
        return State.CALLED
    closed = bool(timeline.codes("outcome")[talks.head[talk]] >= 0)
    silence = 0.0 if closed else seen.bench.definitions.session_gap_s
    over = START_OF_TIME + timedelta(microseconds=int(talks.over[talk]), seconds=silence)
    return State.OPEN if as_of <= over else State.MISSED


def _is(timeline: Timeline, rows: np.ndarray, column: str, values: tuple[str, ...]) -> np.ndarray:
    import numpy as np

    labels = timeline.labels(column)
    wanted = [labels.index(value) for value in values if value in labels]
    return np.asarray(np.isin(timeline.codes(column)[rows], wanted))


def _abandoned(
    timeline: Timeline, seen: Watch, chosen: np.ndarray, found: tuple[Found, ...]
) -> tuple[Estimate, Estimate]:
    """The share abandoned among conversations with an alert, and among the others."""
    import numpy as np

    from verite.measure.evidence import Kind, Shape, counted, estimate
    from verite.measure.samples import Grouping, Sample, tally_groups
    from verite.stats.withholding import withhold
    from verite.words.estimate import Better, Unit

    sample = Sample(seen.talks.head[chosen], seen.talks.abandoned[chosen].astype(float))
    alerted = np.isin(chosen, [one.talk for one in found]).astype(np.int64)
    tallies = tally_groups(timeline, sample, Grouping(alerted, (("no",), ("yes",))))
    kind = Kind(Unit.PERCENT, Better.LOWER)

    def share(name: str) -> Estimate:
        tally = tallies.get((name,))
        return withhold(estimate(None if tally is None else counted(tally, Shape.SHARE), kind))

    return share("yes"), share("no")
