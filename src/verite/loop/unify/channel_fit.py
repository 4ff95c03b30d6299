"""Channel fit: when a conversation under way should become a call, told as soon as rows tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from verite.loop.unify.pacing import (
    FEWEST,
    USABLE_FROM,
    Course,
    courses,
    of_talk,
    paces,
    running_middle,
    usual_at,
)
from verite.loop.unify.talks import Floats, Ints, Talks, Timeline, cut_talks, person_of
from verite.measure.definitions import Definitions
from verite.words.alerts import Sign, Usual
from verite.words.customer import Alert

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
SLOWER_THAN_OWN: Final = 1.5  # times the customer's own median pace, once it is known
OWN_FROM: Final = 3  # earlier conversations that make an own pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What conversations are held against: the limits of each channel as they were known on each
    day, the last of them (`usual`), and the definitions."""

    courses: Mapping[tuple[str, Sign], Course]
    definitions: Definitions

    @property
    def usual(self) -> tuple[Usual, ...]:
        """The others' paces as the last day knows them."""
        return tuple(usual_at(*key, course, -1) for key, course in self.courses.items())

    def limit(self, channel: str, sign: Sign, at_us: int) -> Usual | None:
        """The others' pace on the day of a time, when enough conversations stand behind it."""
        course = self.courses.get((channel, sign))
        place = -1 if course is None else course.place(at_us)
        if course is None or place < 0 or course.n[place] < USABLE_FROM:
            return None
        return usual_at(channel, sign, course, place)

    def slow_s(self, channel: str, sign: Sign, starts: Ints) -> Floats:
        """From how many seconds on others were slow, for conversations begun at these times."""
        course = self.courses.get((channel, sign))
        return np.full(len(starts), np.inf) if course is None else course.slow_at(starts)

    def wait(self, channel: str, times: float) -> float | None:
        """So many times the seconds within which this channel promises an answer."""
        promised = dict(self.definitions.answer_within_s).get(channel)
        return None if promised is None else promised * times


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An alert and the conversation it is about."""

    talk: int
    alert: Alert


@dataclass(frozen=True, slots=True)
class _Cause:
    """Since when (µs) something is known, and what."""

    at: int
    sign: Sign | None = None  # absent: the wait alone
    pace_s: float | None = None
    usual: Usual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Conversations with all that they are held against, read once for any number of questions."""

    talks: Talks
    bench: Bench
    own: Mapping[Sign, Floats]
    worth_a_look: frozenset[int]


def bench_of(timeline: Timeline, definitions: Definitions, *, before: datetime) -> Bench:
    """The pace of others, day after day: on each, that of the conversations over before it.

    `before` is a midnight (UTC): the last day known is the one that begins there.
    """
    talks = cut_talks(timeline, definitions, until_us=_us(before))
    found = courses(timeline, talks, before_us=_us(before))
    return Bench(courses=found, definitions=definitions)


def watch(
    timeline: Timeline, bench: Bench, *, as_of: datetime, people: Ints | None = None
) -> Watch:
    """The conversations begun before a time, those of these people only when they are given."""
    talks = cut_talks(timeline, bench.definitions, until_us=_us(as_of), people=people)
    return against(timeline, talks, bench)


def writers_since(timeline: Timeline, since: datetime) -> Ints:
    """The places of those with a row since a time."""
    return np.unique(person_of(timeline, np.flatnonzero(timeline.ts >= _us(since))))


def against(timeline: Timeline, talks: Talks, bench: Bench) -> Watch:
    """Conversations held against what is usual."""
    return Watch(
        talks=talks,
        bench=bench,
        own={sign: paces(talks, sign) for sign in Sign},
        worth_a_look=frozenset(_worth_a_look(timeline, talks, bench)),
    )


def find_alerts(
    timeline: Timeline, seen: Watch, *, as_of: datetime, among: Iterable[int] | None = None
) -> tuple[Found, ...]:
    """One alert at most for each conversation, at the first moment when its rows told it.

    Rows after that moment play no part in it. `among`: only these conversations.
    """
    chosen = seen.worth_a_look if among is None else seen.worth_a_look.intersection(among)
    found = []
    for talk in sorted(chosen):
        causes = [*_waiting(timeline, seen, talk), *_slow(timeline, seen, talk)]
        first = min(causes, key=lambda cause: cause.at, default=None)
        if first is not None and first.at <= _us(as_of):
            found.append(Found(talk=talk, alert=_alert(timeline, seen, talk, first)))
    return tuple(found)


def _us(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def _worth_a_look(timeline: Timeline, talks: Talks, bench: Bench) -> set[int]:
    """The conversations with at least one time over a limit."""
    labels = timeline.labels("channel")
    seen: set[int] = set()
    for code in np.unique(talks.channel):
        channel, here = labels[code], talks.channel == code
        wait = bench.wait(channel, bench.definitions.call_back_wait_times)
        if wait is not None:
            seen |= set(np.flatnonzero(here & (talks.wait_s > wait)).tolist())
        for sign, gaps in ((Sign.REPLY, talks.replies), (Sign.STEP, talks.steps)):
            slow = bench.slow_s(channel, sign, talks.start[gaps.talk])
            seen |= set(gaps.talk[here[gaps.talk] & (gaps.seconds > slow)].tolist())
        slow = bench.slow_s(channel, Sign.TALK, talks.start)
        seen |= set(np.flatnonzero(here & (talks.talk_s > slow)).tolist())
    return seen


def _waiting(timeline: Timeline, seen: Watch, talk: int) -> list[_Cause]:
    """The wait alone became too long: while it lasted when a row tells it, else at its end."""
    talks, bench = seen.talks, seen.bench
    channel = timeline.labels("channel")[talks.channel[talk]]
    limit = bench.wait(channel, bench.definitions.call_back_wait_times)
    if limit is None or not talks.wait_s[talk] > limit:
        return []
    known_s = limit if talks.wait_told[talk] else float(talks.wait_s[talk])
    return [_Cause(int(talks.start[talk]) + int(known_s * 1e6))]


def _slow(timeline: Timeline, seen: Watch, talk: int) -> list[_Cause]:
    """Slower than others and than the customer's own earlier conversations."""
    talks, bench = seen.talks, seen.bench
    channel = timeline.labels("channel")[talks.channel[talk]]
    found = []
    for sign in Sign:
        usual = bench.limit(channel, sign, int(talks.start[talk]))
        if usual is None:
            continue
        limit = max(usual.slow_s, SLOWER_THAN_OWN * _own_pace(talks, seen.own[sign], talk))
        if sign is Sign.TALK:
            found += _too_long(talks, talk, limit, usual)
            continue
        at, seconds = of_talk(talks.replies if sign is Sign.REPLY else talks.steps, talk)
        middle = running_middle(seconds, FEWEST[sign])
        over = np.flatnonzero(middle > limit)
        if len(over):
            first = over[0]
            found.append(_Cause(int(at[first]), sign, float(middle[first]), usual))
    return found


def _own_pace(talks: Talks, pace: Floats, talk: int) -> float:
    """The median pace of the customer's earlier conversations there; 0 when too few to tell."""
    low, high = np.searchsorted(talks.person, [talks.person[talk], talks.person[talk] + 1])
    mine = slice(int(low), int(high))
    earlier = talks.over[mine] <= talks.start[talk]
    earlier &= (talks.channel[mine] == talks.channel[talk]) & ~np.isnan(pace[mine])
    known = pace[mine][earlier]
    return float(np.median(known)) if len(known) >= OWN_FROM else 0.0


def _too_long(talks: Talks, talk: int, limit: float, usual: Usual) -> list[_Cause]:
    """Still talking when the conversation became longer than almost all others."""
    if not talks.talk_s[talk] > limit:
        return []
    answered = int(talks.start[talk]) + int(np.nan_to_num(talks.wait_s[talk]) * 1e6)
    return [_Cause(answered + int(limit * 1e6), Sign.TALK, limit, usual)]


def _alert(timeline: Timeline, seen: Watch, talk: int, cause: _Cause) -> Alert:
    talks, bench = seen.talks, seen.bench
    channel = timeline.labels("channel")[talks.channel[talk]]
    waited = min(float(talks.wait_s[talk]), (cause.at - int(talks.start[talk])) / 1e6)
    long = bench.wait(channel, bench.definitions.long_wait_times)
    is_long = long is not None and waited >= long
    slow = "slow_and_long_wait" if is_long else "slow"
    return Alert(
        at=EPOCH + timedelta(microseconds=cause.at),
        interaction=timeline.ids([int(talks.head[talk])])[0],
        channel=channel,
        reason="long_wait" if cause.sign is None else slow,
        wait_s=None if np.isnan(waited) else waited,
        sign=None if cause.sign is None else cause.sign.value,
        pace_s=cause.pace_s,
        usual_s=None if cause.usual is None else cause.usual.middle_s,
        limit_s=None if cause.usual is None else cause.usual.slow_s,
        n=None if cause.usual is None else cause.usual.n,
    )
