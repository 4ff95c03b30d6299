"""Warm what is slow the first time: kernels, the timeline, the cockpit."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from verite.web.language import LANGUAGES, speak
from verite.web.logged import without_words
from verite.words.member import CONSOLE

log = logging.getLogger(__name__)
ADDRESSES = ("/", "/map", "/measure", "/effort", "/customers")


def warm_in_background(home: Path) -> threading.Thread:
    """Answer the first pages once before anybody asks for them."""
    thread = threading.Thread(target=_warm, args=(home,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(home: Path) -> None:
    from django.db import connections

    from verite.records.current import choose
    from verite.records.setup import prepare

    alias = prepare(home)
    choose(alias)
    from verite.records.listen.actions import stop_orphans

    stop_orphans(using=alias, error="interrupted")
    from verite.records.measure.fitting import stop_orphan_fits
    from verite.web.clock import now
    from verite.web.feeling.running import refit_every_day

    stop_orphan_fits(using=alias, at=now())
    refit_every_day(alias)
    from verite.web.ending import is_over

    for address in ADDRESSES:
        for lang in LANGUAGES:
            if is_over():
                return
            try:
                _open(address, lang)
            except Exception as error:  # a courtesy: a fault will show on the page itself
                log.error("warming %s: %s", address, without_words(error))
    connections.close_all()


def _open(address: str, lang: str) -> None:
    """Answer a page as an owner would read it, so that it is remembered."""
    from django.http import HttpRequest
    from django.urls import resolve

    request = HttpRequest()
    request.method, request.path = "GET", address
    request.member = CONSOLE  # type: ignore[attr-defined]
    speak(lang)
    found = resolve(address)
    found.func(request, *found.args, **found.kwargs)
