"""Promises: what the company says it does, as rules; and how often it does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import Final

from verite.words.asked import About
from verite.words.control import ControlChart
from verite.words.errors import BadInput
from verite.words.estimate import Estimate
from verite.words.interaction import CHANNELS, Kind
from verite.words.measured import Label

# Opening minutes of each weekday, Monday first, as (open, close) pairs.
Week = tuple[tuple[tuple[int, int], ...], ...]
DAY_MINUTES: Final = 24 * 60
ALWAYS: Final[Week] = (((0, DAY_MINUTES),),) * 7
NAME_AT_MOST: Final = 120
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class PromiseKind(StrEnum):
    """What is promised."""

    ANSWERED = "answered"  # somebody answers within a time
    OPEN = "open"  # somebody answers at all, at the hours told
    BY_DATE = "by_date"  # an event happens by the date that the customer was given
    FOLLOWED = "followed"  # an event follows another within a time
    SOLVED = "solved"  # a case is solved within a time, working hours alone where they are told


class Standing(StrEnum):
    """Where a share stands against its target: its whole interval over it, under it, or across."""

    KEPT = "kept"
    BROKEN = "broken"
    UNDECIDED = "undecided"


class Lapse(StrEnum):
    """How a drift was seen on the chart of the weeks."""

    BEYOND = "beyond"  # a week under the limits
    RUN = "run"  # eight weeks running under the mean
    DRIFT = "drift"  # the smoothed course left its limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens: interactions of a touchpoint, of a kind, or of both."""

    touchpoint: str | None = None
    kind: str | None = None

    def __post_init__(self) -> None:
        known = [kind.value for kind in Kind]
        if self.kind is not None and self.kind not in known:
            raise BadInput("promise_event", fields={"kind": self.kind, "known": ", ".join(known)})
        if not self.touchpoint and not self.kind:
            raise BadInput("promise_event", fields={"kind": "–", "known": ", ".join(known)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise. `target` is the share to keep, 0-100; `within_s` the time promised.

    `hours` are when it holds (answered, open) or the working hours that count (solved). `start` and
    `end` are the events of by_date and followed; `due` the segment that bears the date given.
    No channels and no touchpoints: everywhere.
    """

    key: str
    fr: str
    en: str
    kind: PromiseKind
    target: float
    within_s: float | None = None
    channels: tuple[str, ...] = ()
    touchpoints: tuple[str, ...] = ()
    hours: Week = ALWAYS
    start: Event | None = None
    end: Event | None = None
    due: str = ""

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise BadInput("promise_key", fields={"key": self.key[:60]})
        if not self.fr or not self.en or max(len(self.fr), len(self.en)) > NAME_AT_MOST:
            raise BadInput("promise_name", fields={"key": self.key, "at_most": NAME_AT_MOST})
        if not 0 < self.target <= 100:
            fields = {"key": self.key, "target": f"{self.target:g}"}
            raise BadInput("promise_target", fields=fields)
        for channel in self.channels:
            if channel not in CHANNELS:
                fields = {"key": self.key, "channel": channel, "known": ", ".join(CHANNELS)}
                raise BadInput("promise_channel", fields=fields)
        _check_time(self)
        _check_hours(self)
        _check_events(self)

    @property
    def is_always(self) -> bool:
        """Whether it holds day and night, all week."""
        return self.hours == ALWAYS

    def name(self, lang: str) -> str:
        """Its name in a language."""
        return self.fr if lang == "fr" else self.en


def _check_time(one: Promise) -> None:
    wants = one.kind in (PromiseKind.ANSWERED, PromiseKind.FOLLOWED, PromiseKind.SOLVED)
    if one.within_s is None:
        if wants:
            raise BadInput("promise_no_time", fields={"key": one.key, "kind": one.kind.value})
        return
    if not wants:
        raise BadInput("promise_extra_time", fields={"key": one.key, "kind": one.kind.value})
    if not (isfinite(one.within_s) and one.within_s > 0):
        raise BadInput("promise_time", fields={"key": one.key, "within": f"{one.within_s:g}"})


def _check_hours(one: Promise) -> None:
    fields = {"key": one.key}
    if len(one.hours) != len(ALWAYS) or not any(one.hours):
        raise BadInput("promise_hours", fields=fields)
    for spans in one.hours:
        for opening, closing in spans:
            if not 0 <= opening < closing <= DAY_MINUTES:
                raise BadInput("promise_hours", fields=fields)
        for (_, closing), (opening, _) in pairwise(sorted(spans)):
            if opening < closing:
                at = f"{opening // 60:02d}:{opening % 60:02d}"
                raise BadInput("promise_hours_overlap", fields={**fields, "at": at})


def _check_events(one: Promise) -> None:
    fields = {"key": one.key, "kind": one.kind.value}
    if one.kind is PromiseKind.FOLLOWED and (one.start is None or one.end is None):
        raise BadInput("promise_no_event", fields=fields)
    if one.kind is PromiseKind.BY_DATE and (one.end is None or not one.due):
        raise BadInput("promise_no_due", fields=fields)
    if one.kind not in (PromiseKind.FOLLOWED, PromiseKind.BY_DATE) and (
        one.start is not None or one.end is not None or one.due
    ):
        raise BadInput("promise_extra_event", fields=fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRecord:
    """A promise as somebody wrote it: each change is another version."""

    promise: Promise
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCounts:
    """What became of everything that a promise covers.

    `judged` = kept + broken; `waiting` of the broken still wait. Neither kept nor broken: `open`
    (its time is not over), `left` (the customer left before it was), `untold` (the data do not
    tell).
    """

    judged: int
    kept: int
    waiting: int
    open: int
    left: int
    untold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCell:
    """The share kept in an hour, a weekday, a channel, a week, or an hour of a weekday.

    No standing: withheld.
    """

    by: tuple[Label, ...]
    kept: Estimate
    standing: Standing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstHour:
    """An hour that chance does not explain: its share, that of the other hours, and how unlikely
    they would be if all were alike."""

    cell: PromiseCell
    others: float
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseAlarm:
    """A promise that drifts: the first of the weeks that signal up to the last one charted."""

    since: datetime
    how: Lapse
    value: float
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept:
    """How a promise is kept: in all, by hour (0-23), weekday (1-7), channel, week, and by hour of
    each weekday. `tested` hours were compared, at most `rate` of those named by chance.

    `lack` says why there is no figure: no_data, nothing_known, no_such_touchpoint, no_such_event,
    no_such_date, no_cases.
    """

    record: PromiseRecord
    counts: PromiseCounts
    whole: Estimate
    standing: Standing | None
    hours: tuple[PromiseCell, ...] = ()
    weekdays: tuple[PromiseCell, ...] = ()
    channels: tuple[PromiseCell, ...] = ()
    weeks: tuple[PromiseCell, ...] = ()
    slots: tuple[PromiseCell, ...] = ()
    worst: tuple[WorstHour, ...] = ()
    tested: int = 0
    rate: float = 0.05
    chart: ControlChart | None = None
    alarm: PromiseAlarm | None = None
    lack: str = ""

    @property
    def promise(self) -> Promise:
        """What is promised."""
        return self.record.promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """Every promise and how it is kept, in the order they were first written."""

    about: About
    rows: tuple[PromiseKept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSlots:
    """The hours of the week of one promise, for its picture."""

    about: About
    kept: PromiseKept
