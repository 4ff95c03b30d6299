"""Searches for customers who are alike, between tables and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.records.unify import models


class SearchState(StrEnum):
    """How far a search is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """One search; `done` is how far it is, in percent, `error` why it came to nothing."""

    number: int
    by: str
    at: datetime
    state: SearchState
    done: int
    customers: int
    found: int
    error: str
    ended_at: datetime | None


def latest_search(*, using: str) -> SearchRecord | None:
    """The last search begun, whatever became of it."""
    row = models.Search.objects.using(using).order_by("-pk").first()
    return None if row is None else search_of(row)


def search_of(row: models.Search) -> SearchRecord:
    """A row as the word."""
    return SearchRecord(
        number=row.pk,
        by=row.by,
        at=row.at,
        state=SearchState(row.state),
        done=row.done,
        customers=row.customers,
        found=row.found,
        error=row.error,
        ended_at=row.ended_at,
    )
