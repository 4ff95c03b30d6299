"""One customer: what happened, what it cost them, what the next agent must know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from verite.words.asked import About

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST: Final = 2**63 - 1


def show_person(key: int) -> str:
    """The id of a person as people see it: the surrogate key in base 36.

    >>> show_person(0), show_person(35), show_person(1296)
    ('0', 'z', '100')
    """
    digits = ""
    while key:
        key, digit = divmod(key, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits or "0"


def read_person(text: str) -> int | None:
    """The surrogate key in a shown id; nothing for what cannot be one.

    >>> read_person("100"), read_person("Zoé"), read_person("-5")
    (1296, None, None)
    """
    if not text or len(text) > 13 or any(digit not in DIGITS for digit in text):
        return None
    key = int(text, len(DIGITS))
    return key if key <= _LARGEST else None


class Mark(StrEnum):
    """What an event of a story is, beyond its own columns."""

    RETOLD = "retold"  # the same motive, told to another agent
    REDONE = "redone"  # a step that had been done already
    SWITCHED = "switched"  # the customer came back on another channel
    MOVED = "moved"  # the company moved the customer to another channel
    TRANSFERRED = "transferred"
    TRANSFER_FAILED = "transfer_failed"
    ABANDONED = "abandoned"
    MENU_AGAIN = "menu_again"  # a voice menu heard once more in the same case
    NEVER_REACHED = "never_reached"  # an agent or team announced and never met
    REPEAT = "repeat"  # back for the same motive within the repeat window
    CALL_BACK = "call_back"  # the system proposed to call back


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One interaction of a story, in time order. `id` is the interaction's, 32 hex digits.

    `agent` is a letter per agent of the case (A, B…), never a name; `feeling` is in [-1, 1].
    """

    id: str
    at: datetime
    until: datetime | None
    channel: str | None
    touchpoint: str | None
    kind: str | None
    direction: str | None
    case_id: str | None
    motive: str | None
    step: str | None
    agent: str | None
    team: str | None
    outcome: str | None
    wait_s: float | None
    duration_s: float | None
    menus: int | None
    metric: str | None
    score: float | None
    text: str | None
    feeling: float | None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What the customer had to do and bear, in one case or over a window. Counts and seconds."""

    contacts: int = 0
    wait_s: float = 0.0
    wait_kinds: tuple[tuple[str, float], ...] = ()  # phone, online, counter, other: seconds
    agents_reached: int = 0
    agents_never_reached: int = 0
    transfers: int = 0
    failed_transfers: int = 0
    retold: int = 0
    redone_steps: int = 0
    channel_switches: int = 0
    switches_by_customer: int = 0
    menus: int = 0
    menus_again: int = 0
    answer_wait_s: float = 0.0  # waited for written answers (e-mail, post…): not in `wait_s`
    abandoned: int = 0
    repeats: int = 0
    resolved: bool | None = None  # None: nothing to resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A step asked of the customer, how many times, and when last."""

    step: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the next agent must know before the first word."""

    case_id: str | None
    motive: str | None
    since: datetime | None
    said: tuple[str, ...]  # the customer's words of the case, masked, oldest first
    tried: tuple[Tried, ...]
    result: str | None  # the last outcome of the case
    waiting_for: str | None  # code: nothing, call_back, transfer, answer, repair
    waited_s: float
    not_to_ask: tuple[str, ...]  # codes: story, step:restart_box…
    preferred_channel: str | None
    unfit_channels: tuple[str, ...]
    promises: tuple[str, ...]  # open ones, as written
    grants: tuple[str, ...]  # what the reader may give without asking
    advice: str | None  # code of the next step: call_back, resume, hand_over, close, none
    preferred_n: int = 0  # contacts that the preferred channel rests on
    last_at: datetime | None = None  # of the last interaction of the case
    never_reached: str | None = None  # the team that a transfer failed to reach, if any
    silent_days: int | None = None  # whole days since the last interaction of the case


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A moment that stays: its interaction, its time and its feeling in [-1, 1]."""

    id: str
    at: datetime
    touchpoint: str | None
    feeling: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelingNow:
    """The running feeling of one person in [0, 100], with its 95 % bounds.

    Not calibrated: the plain decayed mean, to be read as an order, never as a risk.
    """

    value: float | None
    low: float | None
    high: float | None
    calibrated: bool
    model: str | None  # version id of the fitted model
    n: int  # contacts with a feeling that it rests on
    worst: Remembered | None = None
    best: Remembered | None = None
    last: Remembered | None = None
    course: tuple[tuple[datetime, float, float, float], ...] = ()  # at, value, low, high
    outcome: str | None = None  # what it was calibrated on: churn, repurchase, score
    days: int | None = None  # within how many days
    risk: tuple[float, float, float] | None = None  # of that outcome: value, low, high, 0-1


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A contact under way that does not suit its channel, and since when it can be told.

    `pace_s` is the customer's own time when slow; others take `usual_s` (median of `n`
    conversations) and are slow from `limit_s` on.
    """

    at: datetime
    interaction: str
    channel: str
    reason: str  # code: slow, long_wait, slow_and_long_wait
    proposal: str = "call_back"
    wait_s: float | None = None
    sign: str | None = None  # what the pace is read from: reply, step, talk
    pace_s: float | None = None
    usual_s: float | None = None
    limit_s: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The story so far of one person. `person` is a surrogate in base 36, stable across merges."""

    person: str
    identities: tuple[str, ...]
    since: datetime | None
    segments: tuple[tuple[str, str], ...]
    timeline: tuple[Beat, ...]
    story: Story
    effort: Effort  # of the case told in `story`
    year: Effort  # of the last 365 days
    feeling: FeelingNow
    about: About
    alerts: tuple[Alert, ...] = ()
