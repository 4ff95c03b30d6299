"""Pages of the data just before: sent at once while the page of the newest data is made behind.

A page is never sent again once somebody was erased, a record changed, or it is too old.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import copy_context
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from verite.web.ending import is_over

log = logging.getLogger(__name__)
P = TypeVar("P", bound=Hashable)
T = TypeVar("T")
SENT_FOR_S: Final = 300.0  # older news is waited for
LONGEST_REST_S: Final = 5.0


@dataclass(slots=True, kw_only=True)
class _Kept(Generic[T]):
    """A page, and until when it was the newest."""

    page: T
    newest_at: float


class Former(Generic[P, T]):
    """The newest page of each place, whatever the data it was made from.

    A place is an address as somebody reads it; it holds what forbids to send a former page again.
    """

    def __init__(self, at_most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_most, self._clock = at_most, clock
        self._kept: OrderedDict[P, _Kept[T]] = OrderedDict()
        self._under_way: set[P] = set()
        self._rests_until = 0.0
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()

    def keep(self, place: P, page: T) -> None:
        """This page is the newest of its place."""
        with self._lock:
            self._kept[place] = _Kept(page=page, newest_at=self._clock())
            self._kept.move_to_end(place)
            while len(self._kept) > self._at_most:
                self._kept.popitem(last=False)

    def of(self, place: P) -> T | None:
        """What was the newest page of a place lately; None when it must be made."""
        with self._lock:
            kept = self._kept.get(place)
            if kept is None or self._clock() - kept.newest_at > SENT_FOR_S:
                return None
            return kept.page

    def forget(self, is_over: Callable[[P], bool]) -> None:
        """Lets go of the pages of some places."""
        with self._lock:
            for place in [place for place in self._kept if is_over(place)]:
                del self._kept[place]

    def renew(self, place: P, make: Callable[[], object]) -> threading.Thread | None:
        """Makes the page of a place behind, unless it is being made; one page at a time.

        Between pages a rest as long as the work: they take half a processor at most.
        """
        with self._lock:
            if place in self._under_way or self._clock() < self._rests_until:
                return None
            self._under_way.add(place)
        arguments = (self._make, place, make)
        thread = threading.Thread(target=copy_context().run, args=arguments, name="former")
        thread.start()
        return thread

    def _make(self, place: P, make: Callable[[], object]) -> None:
        try:
            with self._one_at_a_time:
                if is_over():
                    return
                began = self._clock()
                _try(make)
                now = self._clock()
                self._rests_until = now + min(now - began, LONGEST_REST_S)
        finally:
            with self._lock:
                self._under_way.discard(place)


def _try(make: Callable[[], object]) -> None:
    try:
        make()
    except Exception as error:  # it will show on the page itself, once the former is too old
        log.warning("a page was not renewed: %s", type(error).__name__)
