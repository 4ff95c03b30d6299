"""Likenesses are looked for behind the page, which says how far it is and what came of it."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import connections

from verite.home import Home
from verite.records.current import choose
from verite.records.unify.searches import SearchRecord, SearchState
from verite.sentences.dates import instant
from verite.sentences.explain import explain_note
from verite.sentences.say import say as say_result
from verite.web.clock import now
from verite.web.house import home_here
from verite.web.language import language
from verite.web.logged import without_words
from verite.web.wording import say
from verite.words.errors import VeriteError
from verite.words.member import Member
from verite.words.people import Proposed

log = logging.getLogger(__name__)
STARTS_IN_S = 0.5  # the record of a search is there by then, and what is quickly found too


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSearch:
    """The last search: how far it is, what it gave, or why it came to nothing."""

    is_running: bool
    is_fault: bool
    told: str
    percent: int


def start_looking(alias: str, *, by: Member) -> None:
    """Looks behind the page. Begun twice at once, the second one finds the first and ends."""
    # Not a daemon: compiled code cut short at exit would abort the whole process.
    thread = threading.Thread(target=_look, args=(alias, by), name="likenesses")
    thread.start()
    thread.join(STARTS_IN_S)


def told_search(home: Home) -> ToldSearch | None:
    """The last search as the page prints it; nothing when nobody ever looked."""
    found = home.last_search()
    if found is None:
        return None
    if found.state is SearchState.RUNNING:
        looking = say("unify.searching")
        done = min(found.done, 95)
        return ToldSearch(is_running=True, is_fault=False, told=looking, percent=done)
    when = instant(found.at.astimezone(ZoneInfo(home.settings.zone)), language())
    if found.state is SearchState.DONE:
        gave = say("unify.searched", when=when, told=_gave(home, found))
        return ToldSearch(is_running=False, is_fault=False, told=gave, percent=100)
    why: str = say("unify.search_broke")
    if found.error not in {"broken", "interrupted"}:
        why = explain_note(found.error, language())
    told = f"{say('unify.search_failed', when=when)} {why}"
    return ToldSearch(is_running=False, is_fault=True, told=told, percent=0)


def _gave(home: Home, found: SearchRecord) -> str:
    gave = Proposed(about=home.desk.about("proposed"), profiles=found.customers, found=found.found)
    return say_result(gave, language(), home.settings.zone)


def _look(alias: str, by: Member) -> None:
    choose(alias)
    try:
        home_here().propose(at=now(), by=by)
    except VeriteError as error:
        log.info("likenesses: %s", error.code)  # the record says it too
    except Exception as error:
        log.error("likenesses: %s", without_words(error))
    finally:
        connections.close_all()
