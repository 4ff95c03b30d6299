"""The drainer: a thread that moves what waits in the inbox into the ledger, again and again."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import close_old_connections

from verite.home import Home
from verite.records.current import choose
from verite.web.clock import now
from verite.words.errors import VeriteError
from verite.words.live import Backlog, LastDrain

log = logging.getLogger(__name__)
_LONGEST_REST_S: Final = 60.0
_RANK: Final = 10  # of a thread that gives way: 0 is everybody's, 19 the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often: every few seconds, sooner when about 10,000 events wait."""

    every: timedelta = timedelta(seconds=5)
    batches: int = 10_000  # of one event each
    size: int = 4_000_000  # bytes of as many events in larger batches
    look_s: float = 0.5


class Drainer:
    """Drains one home until stopped. Other processes may drain too: the ledger's lock decides."""

    def __init__(self, home: Home, alias: str, pace: Pace | None = None) -> None:
        self.last: LastDrain | None = None
        self._home = home
        self._alias = alias
        self._pace = pace or Pace()
        self._stopping = threading.Event()
        self._drained = time.monotonic()
        self._rest_s = 0.0
        self._tidying = threading.Thread()
        self._thread = threading.Thread(target=self._run, name="verite-drain", daemon=True)

    def start(self) -> None:
        """From now on."""
        self._thread.start()

    def stop(self, patience_s: float = 20) -> None:
        """Ends after the drain under way; one that is cut off is done again at the next start."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(patience_s)

    def _run(self) -> None:
        choose(self._alias)
        while not self._stopping.wait(self._rest_s or self._pace.look_s):
            self._step()
            close_old_connections()

    def _step(self) -> None:
        began = time.monotonic()
        try:
            if not self._is_due(self._home.backlog):
                return
            kept = self._home.drain(at=now()).kept
        except Exception as error:  # it must live on; what waits is still there
            self._note(began, error=_told(error))
            self._rest_s = min(_LONGEST_REST_S, max(1.0, 2 * self._rest_s))
            log.warning("drain failed, next in %.0f s: %s", self._rest_s, _told(error))
            return
        self._rest_s = 0.0
        self._note(began, kept=kept)
        self._tidy()

    def _tidy(self) -> None:
        """Beside the drain: putting many files in order takes longer than the inbox should wait."""
        if not self._tidying.is_alive() and not self._stopping.is_set():
            self._tidying = threading.Thread(
                target=self._put_in_order, name="verite-tidy", daemon=True
            )
            self._tidying.start()

    def _put_in_order(self) -> None:
        _give_way()
        try:
            self._home.desk.tidy(threads=1)  # in this thread, which gives way
        except Exception as error:  # what was kept stays kept
            log.warning("putting files in order failed: %s", _told(error))

    def _is_due(self, backlog: Backlog) -> bool:
        if not backlog.batches:
            self._drained = time.monotonic()
            return False
        waited = time.monotonic() - self._drained
        return (
            waited >= self._pace.every.total_seconds()
            or backlog.batches >= self._pace.batches
            or backlog.size >= self._pace.size
        )

    def _note(self, began: float, *, kept: int = 0, error: str = "") -> None:
        self._drained = time.monotonic()
        self.last = LastDrain(at=now(), seconds=self._drained - began, kept=kept, error=error)


def _give_way() -> None:
    """Whoever waits for an answer goes before this thread, where threads have ranks."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _RANK)


def _told(error: Exception) -> str:
    """What failed, never what it was about: details may quote somebody's words."""
    return error.code if isinstance(error, VeriteError) else type(error).__name__
