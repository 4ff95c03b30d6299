"""The table of cards."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Card(models.Model):
    """One card of one customer, by their shown id; the link itself is not kept."""

    person: models.CharField[str, str] = models.CharField(max_length=13)
    made_by: models.CharField[str, str] = models.CharField(max_length=254)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    expires_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    revoked_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        default_permissions = ()
        # The cards of one customer, newest first: their page lists them.
        indexes = [models.Index(fields=["person", "-made_at"], name="cards_of_one_person")]
