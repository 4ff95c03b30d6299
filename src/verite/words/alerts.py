"""Alerts: contacts under way that do not suit their channel, and what was usual there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verite.words.asked import About
from verite.words.customer import Alert
from verite.words.estimate import Estimate


class Sign(StrEnum):
    """What a pace is read from."""

    REPLY = "reply"  # from our message to the customer's next one
    STEP = "step"  # from a step asked to the next one
    TALK = "talk"  # from the answer to the end


class State(StrEnum):
    """What became of an alert."""

    OPEN = "open"  # the contact is still under way
    CALLED = "called"  # we called within a day
    MISSED = "missed"  # nobody called


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """How long one sign takes others on one channel: the middle, and the time from which it is
    slow. `n` conversations behind it; a limit is used from 30 on."""

    channel: str
    sign: Sign
    middle_s: float
    slow_s: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An alert, whose it is (base 36), in which case, and what became of it."""

    alert: Alert
    person: str
    case_id: str | None
    state: State
    abandoned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """The alerts of a period, open ones first, and how they told abandonment in advance."""

    about: About
    rows: tuple[Raised, ...]
    usual: tuple[Usual, ...]
    contacts: int  # conversations on written channels in the period
    abandoned_if_alerted: Estimate
    abandoned_otherwise: Estimate
