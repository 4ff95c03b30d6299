"""Imports run in a thread of their own; their progress is told to the records."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from html import unescape

from django.db import connections

from verite.loop.listen import Request
from verite.records.current import choose
from verite.records.listen.actions import Outcome, end_import, start_import, tell_progress
from verite.records.listen.records import Counts
from verite.sentences import explain
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.language import language, speak
from verite.web.listen.decisions import told_decisions
from verite.web.listen.uploads import forget_upload
from verite.web.logged import without_words
from verite.web.wording import say
from verite.words.errors import VeriteError
from verite.words.heard import Heard
from verite.words.member import Member

log = logging.getLogger(__name__)
TELL_EVERY_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One import under way: whose, in which home, told in which language."""

    alias: str
    member: Member
    token: str
    lang: str


def start(alias: str, *, by: Member, token: str, request: Request) -> threading.Thread:
    """Run the import in the background; it can be followed under its token."""
    start_import(using=alias, by=by, token=token, at=now())
    running = Running(alias=alias, member=by, token=token, lang=language())
    thread = threading.Thread(target=_run, args=(running, request), name=f"import-{token}")
    thread.daemon = True
    thread.start()
    return thread


def _run(running: Running, request: Request) -> None:
    choose(running.alias)
    speak(running.lang)
    try:
        heard = home_here().listen_to(request, at=now(), progress=_Teller(running)).result
        outcome = _outcome(heard)
    except VeriteError as error:
        outcome = Outcome(error=explain(error, running.lang))
    except Exception as error:
        log.error("import %s: %s", running.token, without_words(error))
        outcome = Outcome(error=str(say("listen.broke")))
    try:
        end_import(
            using=running.alias,
            by=running.member,
            token=running.token,
            outcome=outcome,
            at=now(),
        )
    finally:
        forget_upload(running.token)
        connections.close_all()


def _outcome(heard: Heard) -> Outcome:
    counts = Counts(
        read=heard.read,
        kept=heard.kept,
        duplicates=heard.duplicates,
        quarantined=heard.quarantined,
    )
    # Kept as plain text: the page that shows it escapes it.
    lines = [unescape(line) for source in heard.sources for line in told_decisions(source)]
    return Outcome(
        counts=counts,
        ledger_version=heard.about.ledger_version,
        decisions="\n".join(lines),
    )


class _Teller:
    """Writes progress down twice a second at most."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.told_at = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.told_at < TELL_EVERY_S:
            return
        self.told_at = time.monotonic()
        tell_progress(using=self.running.alias, token=self.running.token, done=done, total=total)
