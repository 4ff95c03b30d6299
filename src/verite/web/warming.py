"""Warm what is slow the first time: kernels, the timeline, the pages; again once data came."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from verite.web.language import LANGUAGES, speak
from verite.web.logged import without_words
from verite.words.member import CONSOLE

log = logging.getLogger(__name__)
ADDRESSES: Final = (
    "/", "/map", "/measure", "/effort", "/customers", "/alerts", "/unify", "/feeling", "/status",
)  # fmt: skip
# What they tell is worked out behind them: here it is waited for.
LONG_ADDRESSES: Final = ("/promises", "/moments", "/identical", "/experience")
LONGEST_S: Final = 900.0
LOOKS_S: Final = 5.0  # how often it is seen whether data came
CALM_S: Final = 10.0  # without any new data
LONGEST_WAIT_S: Final = 240.0  # pages of older data are sent for five minutes
MUCH: Final = 250_000  # bytes that wait in the inbox: who sends goes before who may read
RESTS: Final = 10.0  # times as long as warming took, before it is done again
Versions = tuple[int, int]


def warm_in_background(home: Path) -> threading.Thread:
    """Answer the first pages once before anybody asks for them, and again once data came."""
    thread = threading.Thread(target=_stay_warm, args=(home,), name="warming", daemon=True)
    thread.start()
    return thread


@dataclass(slots=True, kw_only=True)
class Pace:
    """When to warm again: once new data have settled, and after a rest.

    Data that come without an end are not waited for; they cost one part in eleven of the time.
    """

    clock: Callable[[], float] = time.monotonic
    _warm: Versions | None = field(default=None, init=False)
    _last: Versions | None = field(default=None, init=False)
    _changed_at: float = field(default=-math.inf, init=False)
    _cold_since: float | None = field(default=None, init=False)
    _rests_until: float = field(default=-math.inf, init=False)

    def is_due(self, versions: Versions) -> bool:
        """Whether pages of these data are to be warmed now."""
        now = self.clock()
        if versions == self._warm:
            return False
        if self._cold_since is None:
            self._cold_since = now
        if versions != self._last:
            self._changed_at = now if self._last is not None else -math.inf
            self._last = versions
        has_settled = now - self._changed_at >= CALM_S or now - self._cold_since >= LONGEST_WAIT_S
        return has_settled and now >= self._rests_until

    def warmed(self, versions: Versions, *, began: float) -> None:
        """They were, since `began`."""
        over = self.clock()
        self._warm, self._last, self._cold_since = versions, self._last or versions, None
        self._rests_until = over + RESTS * (over - began)


def _stay_warm(home: Path) -> None:
    from verite.web.ending import rest

    _begin(home)
    pace = Pace()
    _round(pace)
    while not rest(LOOKS_S):
        _round(pace)


def _round(pace: Pace) -> None:
    """Warms when it is due; whatever goes wrong, another round comes."""
    from django.db import connections

    from verite.web.house import home_here

    try:
        here = home_here()
        versions, began = here.versions, pace.clock()
        if pace.is_due(versions) and here.backlog.size <= MUCH:
            _warm()
            pace.warmed(versions, began=began)
    except Exception as error:
        log.error("warming: %s", without_words(error))
    finally:
        connections.close_all()


def _begin(home: Path) -> None:
    """What a stopped server left running is marked so; the daily fit is waited for."""
    from verite.records.current import choose
    from verite.records.setup import prepare

    alias = prepare(home)
    choose(alias)
    from verite.records.listen.actions import stop_orphans

    stop_orphans(using=alias, error="interrupted")
    from verite.records.measure.fitting import stop_orphan_fits
    from verite.records.unify.searching import stop_orphan_searches
    from verite.web.clock import now
    from verite.web.feeling.running import refit_every_day

    stop_orphan_fits(using=alias, at=now())
    stop_orphan_searches(using=alias, at=now())
    refit_every_day(alias)


def _warm() -> None:
    """Every page in every language, the quick ones first; the cockpit tells of the long ones."""
    from verite.web.ending import is_over
    from verite.web.lately import unhurried

    for address in (*ADDRESSES, *LONG_ADDRESSES, ADDRESSES[0]):
        for lang in LANGUAGES:
            if is_over():
                return
            try:
                with unhurried(LONGEST_S):
                    _open(address, lang)
            except Exception as error:  # a courtesy: a fault will show on the page itself
                log.error("warming %s: %s", address, without_words(error))


def _open(address: str, lang: str) -> None:
    """Answer a page as an owner would read it, so that it is remembered."""
    from django.http import HttpRequest
    from django.urls import resolve

    request = HttpRequest()
    request.method, request.path = "GET", address
    request.member = CONSOLE  # type: ignore[attr-defined]
    request.session = {}  # type: ignore[assignment]
    speak(lang)
    found = resolve(address)
    found.func(request, *found.args, **found.kwargs)
