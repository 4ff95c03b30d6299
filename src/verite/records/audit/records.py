"""Audit entries as words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verite.records.audit import models


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who did what to what, when."""

    at: datetime
    by: str
    did: str
    subject: str
    before: str
    after: str


def latest(*, using: str, limit: int = 50) -> tuple[Entry, ...]:
    """The last entries, newest first."""
    rows = models.Entry.objects.using(using).order_by("-pk")[:limit]
    return tuple(
        Entry(at=r.at, by=r.by, did=r.did, subject=r.subject, before=r.before, after=r.after)
        for r in rows
    )


def mark(*, using: str) -> int:
    """A number that grows with every change: the last entry's."""
    row = models.Entry.objects.using(using).order_by("-pk").values_list("pk", flat=True).first()
    return row or 0
