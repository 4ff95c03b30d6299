"""Warm what is slow the first time: kernels, the timeline, the cockpit."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

log = logging.getLogger(__name__)


def warm_in_background(home: Path) -> threading.Thread:
    """Answer the first pages once before anybody asks for them."""
    thread = threading.Thread(target=_warm, args=(home,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(home: Path) -> None:
    from verite.records.current import choose
    from verite.records.listen.actions import stop_orphans
    from verite.records.setup import prepare

    alias = prepare(home)
    choose(alias)
    stop_orphans(using=alias, error="interrupted")
    for page in ("cockpit", "map", "measure"):
        try:
            _ask(page)
        except Exception:  # warming is a courtesy: a fault will show on the page itself
            log.exception("warming %s", page)


def _ask(page: str) -> None:
    from verite.web.house import home_here
    from verite.web.language import LANGUAGES, speak

    home = home_here()
    for lang in LANGUAGES:
        speak(lang)
        home.status()
