"""The gate of each home served here: it knows the sources in the records and feels the inbox."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path
from shutil import disk_usage
from typing import Final

from django.db import DatabaseError, close_old_connections

from verite.home import Home
from verite.loop.listen.collect import Gate, Limits, Pressure
from verite.loop.listen.collect.limits import Bucket
from verite.records.current import current_alias
from verite.records.listen.sources import callers
from verite.web.clock import now
from verite.web.house import home_here
from verite.words.errors import VeriteError
from verite.words.live import Backlog

log = logging.getLogger(__name__)
FRESH_S: Final = 1.0
# A source made a moment ago must not hear 401, and a flood of wrong keys must cost little.
STRANGERS_PER_S: Final = 10
STRANGERS_AT_ONCE: Final = timedelta(seconds=2)
PATIENCE_S: Final = 2.0

_gates: dict[str, HomeGate] = {}
_lock = threading.Lock()


class HomeGate:
    """The gate of one home, looked after once a second by whoever comes first."""

    def __init__(self, home: Home, alias: str, limits: Limits | None = None) -> None:
        # Held for good: asking the desk for it waits while a timeline is being built.
        self._ledger = home.desk.ledger
        self._path = home.path
        self._alias = alias
        self._looking = threading.Lock()
        self._looked = float("-inf")
        self._began = float("-inf")
        self._strangers = Bucket(STRANGERS_PER_S, STRANGERS_AT_ONCE)
        self.gate = Gate(self._offer, limits)

    def freshen(self, older_than_s: float = FRESH_S) -> None:
        """Looks again when the last look is older than that; never waits for another's look."""
        if time.monotonic() - self._looked < older_than_s or not self._looking.acquire(False):
            return
        try:
            self._look()
        finally:
            self._looking.release()

    def meet_strangers(self) -> None:
        """Learns of every source there is by now, once for all who wait; not too often.

        Whoever comes while others look waits for a look that began after they came: one that was
        under way may have missed a source made in the meantime.
        """
        came = time.monotonic()
        if not self._looking.acquire(timeout=PATIENCE_S):
            return
        try:
            if self._began < came and not self._strangers.take(1, now()):
                self._look()
        finally:
            self._looking.release()

    def _look(self) -> None:
        self._began = time.monotonic()
        try:
            self.gate.know(callers(using=self._alias))
            self.gate.feel(felt(self._path, self._ledger.backlog))
        except (VeriteError, DatabaseError, OSError) as error:  # the last look still holds
            log.warning("the collector's look at its home failed: %s", type(error).__name__)
        self._looked = time.monotonic()

    def _offer(self, payload: bytes, source: str, at: datetime) -> Future[None]:
        return self._ledger.offer(payload, source=source, at=at)


def felt(path: Path, backlog: Backlog) -> Pressure:
    """The inbox and its disk; room that only root may take does not count as room."""
    usage = disk_usage(path)
    return Pressure(backlog=backlog, disk_total=usage.used + usage.free, disk_used=usage.used)


def gate_here() -> HomeGate:
    """The gate of the home of this request."""
    alias = current_alias()
    found = _gates.get(alias)
    home = home_here()
    if found is None or found._path != home.path:
        with _lock:
            found = _gates.setdefault(alias, HomeGate(home, alias))
    return found


def watch(gate: HomeGate, stopping: threading.Event) -> threading.Thread:
    """Looks after a gate in the background, so that no call has to."""

    def look() -> None:
        while not stopping.wait(FRESH_S / 2):
            gate.freshen(FRESH_S / 3)
            close_old_connections()

    thread = threading.Thread(target=look, name="verite-gate", daemon=True)
    thread.start()
    return thread
