"""Hand out a card, take it back. Any member may do both: an agent passes a story on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from verite.records.audit.actions import note
from verite.records.cards import models
from verite.words.errors import BadInput
from verite.words.member import Member


def make_card(*, person: str, by: Member, at: datetime, until: datetime, using: str) -> int:
    """Keeps a new card of a customer; its number is what the link signs."""
    with transaction.atomic(using=using):
        row = models.Card.objects.using(using).create(
            person=person, made_by=by.email, made_at=at, expires_at=until
        )
        note(
            using=using, by=by, at=at, did="make_card", subject=person,
            after=f"{row.pk}, {until.isoformat(timespec='minutes')}",
        )  # fmt: skip
    return int(row.pk)


def revoke_card(card: int, *, person: str, by: Member, at: datetime, using: str) -> None:
    """A card of this customer opens nothing from now on."""
    with transaction.atomic(using=using):
        rows = models.Card.objects.using(using).filter(pk=card, person=person, revoked_at=None)
        if not rows.update(revoked_at=at):
            raise BadInput("unknown_card", fields={"card": card})
        note(using=using, by=by, at=at, did="revoke_card", subject=person, before=str(card))
