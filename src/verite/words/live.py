"""What is received live: the sources that send, and what waits in the inbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Mode(StrEnum):
    """How far a source may know people. `audience` is never joined with anything else."""

    AUDIENCE = "audience"
    IDENTIFIED = "identified"


class Scope(StrEnum):
    """What a source may send."""

    TRACK = "track"
    IDENTIFY = "identify"
    PAGE = "page"
    SCREEN = "screen"
    GROUP = "group"
    ALIAS = "alias"
    CLOUDEVENTS = "cloudevents"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSource:
    """Something that sends events as they happen. `rate_per_s` counts events."""

    name: str
    key_hint: str
    mode: Mode
    scopes: frozenset[Scope]
    rate_per_s: int
    is_signed: bool
    made_at: datetime
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether its key is still accepted."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """An open source as the collector knows it: by the hash of its key, never the key."""

    name: str
    key_hash: str
    mode: Mode
    scopes: frozenset[Scope]
    rate_per_s: int
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits in the inbox: how many batches, about how many bytes, the oldest's arrival."""

    batches: int
    size: int
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDrain:
    """The last time that the inbox was emptied by this process, and how it went."""

    at: datetime
    seconds: float
    kept: int
    error: str = ""
