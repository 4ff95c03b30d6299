"""Long answers are worked out behind the pages, which show the latest and say what is under way."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from django.db import connections

from verite.records.current import choose, current_alias
from verite.web.ending import is_over
from verite.web.house import home_here, is_open
from verite.web.logged import without_words
from verite.words.errors import VeriteError, WrongUse

log = logging.getLogger(__name__)
T = TypeVar("T")
PATIENCE_S = 0.1  # a page waits that long: what is quickly found is shown at once
QUESTIONS_KEPT = 64
RESTS = 10.0  # times as long as an answer took, before newer data have it looked for again


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately(Generic[T]):
    """The latest answer to a question: none yet, one of older data, or the current one.

    `error` is why there is none; `is_under_way` whether a newer one comes by itself.
    """

    answer: T | None
    is_current: bool
    error: VeriteError | None = None
    is_under_way: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """What the page being made here could not tell yet: nothing, or only of older data.

    It holds until a long answer is found, or until `until`, when one may be looked for again.
    """

    is_missing: bool = False
    until: float = math.inf


@dataclass(slots=True, kw_only=True)
class _Work:
    """One question: the versions that its answer is of, and the thread that looks for another."""

    answer: object = None
    error: VeriteError | None = None
    versions: tuple[int, int] | None = None
    thread: threading.Thread | None = None
    rests_until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_works: dict[tuple[str, Hashable], _Work] = {}
_lock = threading.Lock()
_one_at_a_time = threading.Lock()  # two long answers at once would be slow twice
late: ContextVar[Late | None] = ContextVar("verite_page_is_late", default=None)
_patience: ContextVar[float | None] = ContextVar("verite_page_patience", default=None)
_ended: dict[str, int] = {}


@contextmanager
def unhurried(patience: float) -> Iterator[None]:
    """Pages made here wait that long (in seconds) for a long answer: nobody waits for them."""
    token = _patience.set(patience)
    try:
        yield
    finally:
        _patience.reset(token)


def is_hurried() -> bool:
    """Whether somebody waits for the page being made here."""
    return _patience.get() is None


def latest(
    question: Hashable, compute: Callable[[], T], *, patience: float | None = None
) -> Lately[T]:
    """The latest answer; a newer one is looked for when the data changed since, after a rest.

    `compute` is called in a thread of its own and may take its time. An answer is kept until the
    next one is there: hand out what tells of no single person.
    """
    alias, versions = current_alias(), home_here().versions
    with _lock:
        work = _works.setdefault((alias, question), _Work())
        _drop_oldest()
    with work.lock:
        if work.versions != versions and _may_look(work):
            # Not a daemon: compiled code cut short at exit would abort the whole process.
            work.thread = threading.Thread(target=_find, args=(alias, work, compute), name="lately")
            work.thread.start()
        thread = work.thread
    if thread is not None and work.versions != versions:
        thread.join(next(s for s in (patience, _patience.get(), PATIENCE_S) if s is not None))
    is_current, is_under_way = work.versions == versions, thread is not None and thread.is_alive()
    if not is_current:
        _mark(Late(
            is_missing=work.answer is None,
            until=math.inf if is_under_way else work.rests_until,
        ))  # fmt: skip
    return Lately(
        answer=cast("T | None", work.answer),
        is_current=is_current,
        error=work.error,
        is_under_way=is_under_way,
    )


def known(question: Hashable, kind: type[T]) -> T | None:
    """An answer found before, of these or of older data; none is looked for."""
    _mark(Late())
    with _lock:
        work = _works.get((current_alias(), question))
    return work.answer if work is not None and isinstance(work.answer, kind) else None


def ended(alias: str) -> int:
    """How many long answers were found so far."""
    return _ended.get(alias, 0)


def _mark(found: Late) -> None:
    before = late.get()
    if before is not None:
        found = Late(
            is_missing=before.is_missing or found.is_missing, until=min(before.until, found.until)
        )
    late.set(found)


def _may_look(work: _Work) -> bool:
    """Whether nobody looks already, and the last one is not of a moment ago."""
    if work.thread is not None and work.thread.is_alive():
        return False
    return time.monotonic() >= work.rests_until


def _find(alias: str, work: _Work, compute: Callable[[], object]) -> None:
    choose(alias)
    try:
        with _one_at_a_time:
            if is_over() or not is_open(alias):
                return
            versions, began = home_here().versions, time.monotonic()
            answer, error = _tried(compute)
            over = time.monotonic()
        work.rests_until = over + RESTS * (over - began)
        work.answer, work.error, work.versions = answer, error, versions
    finally:
        with _lock:
            _ended[alias] = ended(alias) + 1
        connections.close_all()


def _tried(compute: Callable[[], object]) -> tuple[object, VeriteError | None]:
    try:
        return compute(), None
    except VeriteError as error:
        return None, error
    except Exception as error:  # looked for again once the data change, not at every reading
        log.error("long answer: %s", without_words(error))
        return None, WrongUse("long_answer_failed")


def _drop_oldest() -> None:
    while len(_works) > QUESTIONS_KEPT:
        del _works[next(iter(_works))]
