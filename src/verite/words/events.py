"""Names of live events: what each means here, and those that nobody has explained yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRule:
    """What an event name means, for one source or (source "") for all.

    An empty field leaves what the event itself says. `ignored` events are not kept.
    """

    event: str
    source: str = ""
    touchpoint: str = ""
    channel: str = ""
    kind: str = ""
    ignored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEvent:
    """An event name that no rule knows: its interactions are kept under a key made from it."""

    source: str
    event: str
    count: int
    first_at: datetime
    last_at: datetime
