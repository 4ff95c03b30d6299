"""Decide who is who: the right first, then the links, and who decided, as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from verite.ledger.links import Effect
from verite.records.audit.actions import note
from verite.records.rights import need
from verite.records.unify import models
from verite.words.member import Member, Right


def decide(
    *, using: str, by: Member, at: datetime, verdict: str, apply: Callable[[], Effect]
) -> Effect:
    """Applies a decision to the links and writes down whose it was."""
    need(by, Right.MERGE_PEOPLE)
    with transaction.atomic(using=using):
        effect = apply()
        models.Decision.objects.using(using).bulk_create(
            models.Decision(one=one, other=other, verdict=verdict, by=by.email, at=at)
            for one, other in effect.links
        )
        note(
            using=using,
            by=by,
            at=at,
            did=f"people_{verdict}",
            subject=" ".join(f"{key:x}" for key in effect.keys[:8]),
            before=f"{effect.before}",
            after=f"{effect.after}",
        )
    return effect
