"""The gate: who may come in, how fast, and where what they bring is put down."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import datetime
from threading import Lock

from verite.loop.listen.collect.answers import TurnedAway
from verite.loop.listen.collect.limits import CALM, Bucket, Limits, Pressure, relieve
from verite.words.live import Backlog, Caller

Offer = Callable[[bytes, str, datetime], Future[None]]
_NOTHING = Backlog(batches=0, size=0)


def hash_key(key: str) -> str:
    """What is stored of a write key. Keys are random and long: a plain hash cannot be guessed.

    >>> hash_key("k")[:12]
    '8254c329a928'
    """
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


class Gate:
    """Knows the callers and the pressure as they were last told to it; safe between threads."""

    def __init__(self, offer: Offer, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._offer = offer
        self._lock = Lock()
        self._by_key: dict[str, Caller] = {}
        self._by_name: dict[str, Caller] = {}
        self._origins: frozenset[str] = frozenset()
        self._buckets: dict[tuple[str, int], Bucket] = {}
        self._pressure = CALM
        self._since = _NOTHING

    def know(self, callers: Iterable[Caller]) -> None:
        """From now on exactly these may come in."""
        known = tuple(callers)
        self._by_key = {one.key_hash: one for one in known}
        self._by_name = {one.name: one for one in known}
        self._origins = frozenset().union(*(one.origins for one in known))

    @property
    def origins(self) -> frozenset[str]:
        """The pages that some caller or other lets send."""
        return self._origins

    def feel(self, pressure: Pressure) -> None:
        """How crowded the house is now."""
        with self._lock:
            self._pressure, self._since = pressure, _NOTHING

    def caller(self, key: str) -> Caller:
        """Whose key this is; raises `TurnedAway` when it is nobody's."""
        found = self._by_key.get(hash_key(key)) if key else None
        if found is None:
            raise TurnedAway("wrong_key")
        return found

    def named(self, name: str) -> Caller:
        """The source of a name; a stranger hears the same as one who signs wrongly."""
        found = self._by_name.get(name)
        if found is None:
            raise TurnedAway("bad_signature")
        return found

    def relieve(self, at: datetime) -> None:
        """Raises `TurnedAway` when too much waits or the disk is short."""
        relieve(self._pressure, self._since, self.limits, at=at)

    def slow(self, caller: Caller, events: int, at: datetime) -> None:
        """Raises `TurnedAway` when the source sends faster than agreed."""
        with self._lock:
            name = (caller.name, caller.rate_per_s)
            if name not in self._buckets:
                self._buckets[name] = Bucket(caller.rate_per_s, self.limits.burst)
            wait_s = self._buckets[name].take(events, at)
        if wait_s:
            fields = {"rate": caller.rate_per_s}
            raise TurnedAway("too_fast", fields=fields, retry_s=wait_s)

    def put_down(self, payload: bytes, caller: Caller, at: datetime) -> Future[None]:
        """A promise kept once the payload is on the disk."""
        with self._lock:
            self._since = Backlog(
                batches=self._since.batches + 1, size=self._since.size + len(payload)
            )
        return self._offer(payload, caller.name, at)
