"""Put customers who look alike into the queue, take a pair out of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from verite.records.audit.actions import note
from verite.records.rights import need
from verite.records.unify import models
from verite.words.member import Member, Right
from verite.words.people import Alike


def replace_proposals(*, using: str, by: Member, found: Collection[Alike], at: datetime) -> None:
    """What waits from now on; nothing else changes, nobody is joined."""
    need(by, Right.MERGE_PEOPLE)
    with transaction.atomic(using=using):
        rows = models.Proposal.objects.using(using)
        before = rows.count()
        rows.all().delete()
        rows.bulk_create(
            models.Proposal(
                one=one.one,
                other=one.other,
                weight=one.weight,
                agreed=list(one.agreed),
                apart=list(one.apart),
                at=at,
            )
            for one in found
        )
        note(
            using=using,
            by=by,
            at=at,
            did="people_proposed",
            subject="unify",
            before=f"{before}",
            after=f"{len(found)}",
        )


def drop_proposal(*, using: str, by: Member, one: int, other: int) -> None:
    """It waits no more: somebody decided."""
    need(by, Right.MERGE_PEOPLE)
    models.Proposal.objects.using(using).filter(one=one, other=other).delete()
