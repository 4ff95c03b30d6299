"""Webhooks: who is told of alerts outside, and what became of each delivery."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Sending(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Somebody outside who is told. Turned off by the house after too many failures in a row."""

    id: int
    name: str
    url: str
    made_by: str
    made_at: datetime
    failures: int = 0
    off_at: datetime | None = None
    off_why: str = ""  # code

    @property
    def is_on(self) -> bool:
        """Whether it is told."""
        return self.off_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is told: the same id is told once to each target. `person` is there for erasing."""

    id: str
    kind: str  # code: alert.raised, promise.drifts, test
    body: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message for one target."""

    id: int
    target: str
    message: str
    kind: str
    made_at: datetime
    state: Sending
    tries: int
    next_at: datetime | None
    last_at: datetime | None
    status: int | None  # what the target answered
    why: str  # code of the last failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A delivery to try now, with all that its call needs."""

    id: int
    tries: int
    message: str
    body: str
    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a try gave: a status, or why there is none."""

    status: int | None = None
    why: str = ""  # code; empty: received
    permanent: bool = False
    after_s: float | None = None  # how long the target asked to wait
