"""How much is taken: sizes, rates per source, and the pressure of what waits already."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from verite.loop.listen.collect.answers import TurnedAway
from verite.words.live import Backlog

_WRITTEN_PER_BYTE = 3  # the log of the database, the database, the ledger
_DRAINED_AT_ONCE = 32 * 2**20
_ROOM_TO_DRAIN = 2  # bytes for each byte of a slice: forgetting it is written down too


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of the collector. Clients send 0.5 MB at most; hand-written callers may send more."""

    body: int = 4_000_000
    inflated: int = 16_000_000
    batches: int = 200_000
    size: int = 2 * 2**30
    age: timedelta = timedelta(hours=24)
    disk_used: float = 0.88
    burst: timedelta = timedelta(seconds=10)
    retry_s: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """What waits in the inbox and how full its disk is, when last looked at."""

    backlog: Backlog
    disk_total: int
    disk_used: int


CALM = Pressure(backlog=Backlog(batches=0, size=0), disk_total=2**60, disk_used=0)


def relieve(pressure: Pressure, since: Backlog, limits: Limits, *, at: datetime) -> None:
    """Raises `TurnedAway` when the house cannot take more; `since` came after the last look.

    >>> full = Pressure(backlog=Backlog(batches=0, size=0), disk_total=100, disk_used=89)
    >>> relieve(full, Backlog(batches=0, size=0), Limits(), at=datetime(2026, 1, 5))
    Traceback (most recent call last):
    verite.loop.listen.collect.answers.TurnedAway: disk_short: used=89
    """
    waiting = pressure.backlog
    written = pressure.disk_used + _WRITTEN_PER_BYTE * since.size
    room = _ROOM_TO_DRAIN * min(_DRAINED_AT_ONCE, waiting.size + since.size)
    used = written / pressure.disk_total
    # A disk without room for the drain would never be emptied again.
    if used >= limits.disk_used or (limits.disk_used < 1 and written + room > pressure.disk_total):
        fields = {"used": f"{min(1.0, used):.0%}".rstrip("%")}
        raise TurnedAway("disk_short", fields=fields, retry_s=4 * limits.retry_s)
    is_old = waiting.oldest_at is not None and at - waiting.oldest_at > limits.age
    if (
        is_old
        or waiting.batches + since.batches >= limits.batches
        or waiting.size + since.size >= limits.size
    ):
        fields = {"batches": f"{waiting.batches + since.batches}"}
        raise TurnedAway("inbox_crowded", fields=fields, retry_s=limits.retry_s)


class Bucket:
    """Events that a source may still send: filled at its rate, up to a burst.

    A call larger than what is left is taken whole, and waited for afterwards: a client that
    cannot cut its batches is slowed, never shut out.

    >>> bucket, noon = Bucket(10, timedelta(seconds=2)), datetime(2026, 1, 5, 12)
    >>> [bucket.take(count, noon) for count in (15, 15, 1)]
    [0, 0, 2]
    """

    __slots__ = ("_at", "_left", "_most", "_rate")

    def __init__(self, rate_per_s: int, burst: timedelta) -> None:
        self._rate = max(1, rate_per_s)
        self._most = self._rate * burst.total_seconds()
        self._left = self._most
        self._at: datetime | None = None

    def take(self, count: int, at: datetime) -> int:
        """0 when they may come in; else after how many seconds to come back."""
        if self._at is not None:
            passed = max(0.0, (at - self._at).total_seconds())
            self._left = min(self._most, self._left + passed * self._rate)
        self._at = at
        if self._left <= 0:
            return 1 + math.floor(-self._left / self._rate)
        self._left -= count
        return 0
