"""Write one audit entry, inside the transaction of the action it tells of."""

from __future__ import annotations

from datetime import datetime

from verite.records.audit import models
from verite.words.member import Member


def note(
    *,
    using: str,
    by: Member,
    at: datetime,
    did: str,
    subject: str,
    before: str = "",
    after: str = "",
) -> None:
    """One entry: who, what, before, after."""
    models.Entry.objects.using(using).create(
        by=by.email, at=at, did=did, subject=subject[:200], before=before, after=after
    )
