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
    """Something that sends events as they happen. `rate_per_s` counts events.

    `origins`: the web pages that browsers let send to it, as `https://shop.example`; "*" is any.
    Until `former_until`, the signing secret before this one is honoured too.
    """

    name: str
    key_hint: str
    mode: Mode
    scopes: frozenset[Scope]
    rate_per_s: int
    is_signed: bool
    made_at: datetime
    closed_at: datetime | None = None
    origins: tuple[str, ...] = ()
    former_until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether its key is still accepted."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """An open source as the collector knows it: by the hash of its key, never the key.

    `numbers_alone`: the ids of its webhooks and CloudEvents are unique within it only. Sources
    older than this rule keep the ids that the ledger knows of them.
    """

    name: str
    key_hash: str
    mode: Mode
    scopes: frozenset[Scope]
    rate_per_s: int
    secret: str = field(default="", repr=False)
    former_secret: str = field(default="", repr=False)
    former_until: datetime | None = None
    origins: frozenset[str] = frozenset()
    numbers_alone: bool = False

    def secrets(self, at: datetime) -> tuple[str, ...]:
        """Those that may sign now: this one, and the one before it for a while."""
        is_late = self.former_until is None or at >= self.former_until
        return tuple(filter(None, (self.secret, "" if is_late else self.former_secret)))


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
