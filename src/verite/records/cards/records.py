"""Cards between the table and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verite.records.cards import models


@dataclass(frozen=True, slots=True, kw_only=True)
class CardKept:
    """A card as its maker sees it."""

    id: int
    person: str
    made_by: str
    made_at: datetime
    expires_at: datetime


def list_cards(person: str, *, at: datetime, using: str) -> tuple[CardKept, ...]:
    """The cards of a customer that still open, newest first."""
    rows = models.Card.objects.using(using).filter(
        person=person, revoked_at=None, expires_at__gt=at
    )
    return tuple(_kept(row) for row in rows.order_by("-made_at"))


def find_card(card: int, *, at: datetime, using: str) -> CardKept | None:
    """A card that still opens."""
    rows = models.Card.objects.using(using).filter(pk=card, revoked_at=None, expires_at__gt=at)
    row = rows.first()
    return None if row is None else _kept(row)


def _kept(row: models.Card) -> CardKept:
    return CardKept(
        id=row.pk,
        person=row.person,
        made_by=row.made_by,
        made_at=row.made_at,
        expires_at=row.expires_at,
    )
