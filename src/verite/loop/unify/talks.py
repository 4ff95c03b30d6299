"""Talks: conversations on written channels, cut from rows, with what each shows of its pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from verite.measure.contacts import OURS
from verite.measure.ends import end_of
from verite.measure.study import Timeline as Measured
from verite.words.interaction import Kind, Outcome

if TYPE_CHECKING:
    from verite.measure.definitions import Definitions

WRITTEN: Final = ("chat", "bot", "social", "sms", "app")
_OTHER_KINDS: Final = (Kind.OTHER.value, Kind.HANDOVER.value)
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Timeline(Measured, Protocol):
    """Rows sorted by person, then time. Person i has rows `starts[i]:starts[i + 1]`."""

    @property
    def starts(self) -> Ints: ...
    def ids(self, rows: Sequence[int]) -> list[str]: ...
    def waited(self) -> Floats: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Times that the customer took, closed by the row that told them; in order of (talk, time).

    `talk` is the place of the conversation; `at` the time of the closing row.
    """

    talk: Ints
    at: Ints
    seconds: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks:
    """Conversations in order of person, channel, case and time; one array element each."""

    person: Ints
    channel: Ints  # codes
    head: Ints  # the row where the customer began
    start: Ints
    over: Ints
    wait_s: Floats  # absent: nan
    wait_told: Mask  # by the row itself, else seen from our first answer
    talk_s: Floats
    abandoned: Mask
    replies: Gaps
    steps: Gaps

    @property
    def count(self) -> int:
        """How many conversations."""
        return len(self.head)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of written channels in order of conversation, and what each of them is."""

    rows: Ints
    ts: Ints
    end: Ints
    talk: Ints  # the place of the row's conversation
    asked: Mask  # started by the customer
    ours: Mask
    step: Mask


def cut_talks(
    timeline: Timeline, definitions: Definitions, *, until_us: int, people: Ints | None = None
) -> Talks:
    """Every conversation begun before a time, as its rows before that time tell it.

    `people`: only those of these people, by their places.

    Rows of one person, channel and case belong together until the session's gap passes without
    any, or until a row that tells a whole conversation (its wait or its length) begins another.
    Our answer to a message of the same case belongs to it, however late.
    A conversation that the customer did not begin is none.
    """
    rows = None if people is None else rows_of_people(timeline, people)
    found = _order(timeline, definitions, _written(timeline, definitions, until_us, rows))
    heads = np.flatnonzero(found.asked)
    known, first = np.unique(found.talk[heads], return_index=True)
    heads = heads[first]
    place = np.full(int(found.talk.max(initial=-1)) + 1, -1, dtype=np.int64)
    place[known] = np.arange(len(known))
    rows = found.rows[heads]
    over = np.full(len(known), np.iinfo(np.int64).min)
    kept = place[found.talk] >= 0
    np.maximum.at(over, place[found.talk[kept]], found.end[kept])
    gone = _is(timeline, found.rows, "outcome", (Outcome.ABANDONED.value,))
    left = np.zeros(len(known), dtype=bool)
    left[place[found.talk[kept & gone]]] = True
    return Talks(
        person=person_of(timeline, rows),
        channel=timeline.codes("channel")[rows].astype(np.int64),
        head=rows,
        start=found.ts[heads],
        over=over,
        wait_s=_waits(timeline, found, heads, place),
        wait_told=~np.isnan(timeline.waited()[rows]),
        talk_s=timeline.numbers("duration_s")[rows],
        abandoned=left,
        replies=_gaps(found, place, found.ours[:-1] & found.asked[1:]),
        steps=_gaps(found, place, (found.ours & found.step)[:-1] & (found.ours & found.step)[1:]),
    )


def _written(
    timeline: Timeline, definitions: Definitions, until_us: int, rows: Ints | None
) -> Ints:
    """The rows of written channels that may belong to a conversation."""
    if rows is None:
        rows = np.flatnonzero(_is(timeline, slice(None), "channel", WRITTEN))
    else:
        rows = rows[_is(timeline, rows, "channel", WRITTEN)]
    rows = rows[timeline.ts[rows] < until_us]
    return rows[_is(timeline, rows, "kind", (*definitions.contact_kinds, *_OTHER_KINDS))]


def rows_of_people(timeline: Timeline, people: Ints) -> Ints:
    """Every row of some people, by their places in order."""
    first, size = timeline.starts[people], np.diff(timeline.starts)[people]
    before = np.cumsum(size) - size
    return np.asarray(np.repeat(first - before, size) + np.arange(int(size.sum())))


def person_of(timeline: Timeline, rows: Ints) -> Ints:
    """The place of each row's person."""
    return np.asarray(np.searchsorted(timeline.starts, rows, side="right") - 1)


def _is(timeline: Timeline, rows: Ints | slice, column: str, values: Sequence[str]) -> Mask:
    """Which of these rows hold one of the values."""
    wanted = np.array([label in values for label in timeline.labels(column)] + [False])
    return np.asarray(wanted[timeline.codes(column)[rows]])  # the last one stands for the code −1


def _order(timeline: Timeline, definitions: Definitions, rows: Ints) -> _Rows:
    """The rows, put in order and cut into conversations."""
    person = person_of(timeline, rows)
    channel, case = timeline.codes("channel")[rows], timeline.codes("case_id")[rows]
    order = np.lexsort((rows, timeline.ts[rows], case, channel, person))
    rows, keys = rows[order], np.stack([person[order], channel[order], case[order]])
    ts, end = timeline.ts[rows], end_of(timeline, rows)
    apart = np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0))[: len(rows)]
    ours = _is(timeline, rows, "direction", OURS)
    begun = _is(timeline, rows, "kind", definitions.contact_kinds) & ~ours
    silent = ts[1:] - _latest(end, np.cumsum(apart))[:-1] > definitions.session_gap_s * 1e6
    silent &= ~(ours[1:] & begun[:-1] & (keys[2][1:] >= 0))  # an answer, however late
    whole = ~np.isnan(timeline.waited()[rows]) | ~np.isnan(timeline.numbers("duration_s")[rows])
    cuts = apart | np.append(False, silent)[: len(rows)] | (whole & begun)
    return _Rows(
        rows=rows,
        ts=ts,
        end=end,
        talk=np.cumsum(cuts) - 1,
        asked=begun,
        ours=ours,
        step=timeline.codes("step")[rows] >= 0,
    )


def _latest(end: Ints, group: Ints) -> Ints:
    """The latest end so far within each group; groups come in order."""
    if not len(end):
        return end
    low = int(end.min())
    span = int(end.max()) // 1_000_000 - low // 1_000_000 + 2
    seconds = (end - low) // 1_000_000 + group * span  # seconds: microseconds would overflow
    return np.asarray((np.maximum.accumulate(seconds) - group * span) * 1_000_000 + low)


def _waits(timeline: Timeline, found: _Rows, heads: Ints, place: Ints) -> Floats:
    """Seconds waited: as told, else until our first row of the conversation."""
    told = timeline.waited()[found.rows[heads]]
    answers = np.flatnonzero(found.ours & (place[found.talk] >= 0))
    talk = place[found.talk[answers]]
    after = found.ts[answers] >= found.ts[heads][talk]
    first, at = np.unique(talk[after], return_index=True)
    seen = np.full(len(heads), np.nan)
    seen[first] = (found.ts[answers[after][at]] - found.ts[heads][first]) / 1e6
    return np.asarray(np.where(np.isnan(told), seen, told))


def _gaps(found: _Rows, place: Ints, closing: Mask) -> Gaps:
    """The times between neighbours of one conversation where `closing` holds."""
    talk = place[found.talk] if len(found.talk) else found.talk
    inside = (talk[1:] == talk[:-1]) & (talk[1:] >= 0)
    last = np.flatnonzero(closing & inside) + 1
    seconds = (found.ts[last] - found.ts[last - 1]) / 1e6
    return Gaps(talk=talk[last], at=found.ts[last], seconds=seconds)
