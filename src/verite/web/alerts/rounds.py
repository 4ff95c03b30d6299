"""Rounds: every few seconds, alerts that new data raised are queued, and what waits is sent."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Final

from verite.home import Home
from verite.home.outgoing.client import Client
from verite.home.outgoing.courier import deliver_due
from verite.home.telling import after_drain
from verite.web.clock import now
from verite.web.ending import is_over
from verite.web.logged import without_words

log = logging.getLogger(__name__)
EVERY_S: Final = 3.0
KEPT_FOR: Final = timedelta(days=30)  # deliveries name people
Versions = tuple[int, int]


def start_rounds(alias: str) -> threading.Event:
    """Goes round in the background until the event is set."""
    over = threading.Event()
    thread = threading.Thread(target=_go_on, args=(alias, over), name="rounds", daemon=True)
    thread.start()
    return over


def go_round(home: Home, alias: str, *, seen: Versions | None) -> Versions:
    """One round; the versions of the data whose alerts are queued now."""
    versions = home.versions
    if versions != seen:
        from verite.records.outgoing.sending import forget_deliveries

        after_drain(home, at=now())
        forget_deliveries(using=alias, before=now() - KEPT_FOR)
    deliver_due(Client(allow=home.settings.outgoing_allow), using=alias, clock=now)
    return versions


def _go_on(alias: str, over: threading.Event) -> None:
    from django.db import close_old_connections

    from verite.records.current import choose
    from verite.web.house import home_here

    choose(alias)
    seen: Versions | None = None
    while not (is_over() or over.wait(EVERY_S)):
        try:
            seen = go_round(home_here(), alias, seen=seen)
        except Exception as error:  # whatever one round met, the next ones must come
            log.error("rounds: %s", without_words(error))
        finally:
            close_old_connections()
