"""Audit entries as words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from verite.records.audit import models

COMING_IN: Final = ("make_link", "sign_in_by_link", "sign_in")


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
    """A number that grows with every change: the last entry's. Who comes in changes no page."""
    entries = models.Entry.objects.using(using).exclude(did__in=COMING_IN).order_by("-pk")
    return entries.values_list("pk", flat=True).first() or 0
