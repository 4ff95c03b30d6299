"""Begin a search for customers who are alike, follow it, write down what it gave."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from verite.records.audit.actions import note
from verite.records.rights import need
from verite.records.unify import models
from verite.records.unify.searches import SearchRecord, SearchState, search_of
from verite.words.errors import WrongUse
from verite.words.member import Member, Right

FORGOTTEN_AFTER: Final = timedelta(hours=6)  # a search so long under way has stopped


def start_search(*, using: str, by: Member, at: datetime) -> SearchRecord:
    """A search begins; one at a time, raises `WrongUse` while another is under way."""
    need(by, Right.MERGE_PEOPLE)
    with transaction.atomic(using=using):
        searches = models.Search.objects.using(using)
        running = searches.filter(state=SearchState.RUNNING)
        running.filter(at__lt=at - FORGOTTEN_AFTER).update(
            state=SearchState.FAILED, error="interrupted", ended_at=at
        )
        if running.exists():
            raise WrongUse("likenesses_being_looked_for")
        row = searches.create(by=by.email, at=at, state=SearchState.RUNNING)
        note(using=using, by=by, at=at, did="start_search", subject="unify")
    return search_of(row)


def tell_search(*, using: str, number: int, done: int) -> None:
    """How far it is, in percent."""
    models.Search.objects.using(using).filter(pk=number).update(done=done)


def end_search(*, using: str, by: Member, number: int, gave: tuple[int, int], at: datetime) -> None:
    """It ended well: `gave` is how many customers were compared, and how many pairs wait."""
    customers, found = gave
    with transaction.atomic(using=using):
        models.Search.objects.using(using).filter(pk=number).update(
            state=SearchState.DONE, done=100, customers=customers, found=found, ended_at=at
        )
        note(using=using, by=by, at=at, did="end_search", subject="unify", after=f"{found}")


def drop_search(*, using: str, by: Member, number: int, error: str, at: datetime) -> None:
    """It came to nothing; what waited waits."""
    with transaction.atomic(using=using):
        models.Search.objects.using(using).filter(pk=number).update(
            state=SearchState.FAILED, error=error, ended_at=at
        )
        note(using=using, by=by, at=at, did="drop_search", subject="unify", after=error)


def stop_orphan_searches(*, using: str, at: datetime) -> int:
    """Searches that a stopped server left running are marked as failed; how many there were."""
    rows = models.Search.objects.using(using).filter(state=SearchState.RUNNING)
    return rows.update(state=SearchState.FAILED, error="interrupted", ended_at=at)
