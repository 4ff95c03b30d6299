"""The table of consultations."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models


class Consultation(models.Model):
    """One recorded consultation of the works council; never deleted, only withdrawn."""

    consulted_on: models.DateField[date, date] = models.DateField()
    informed_on: models.DateField[date, date] = models.DateField()
    note: models.TextField[str, str] = models.TextField(blank=True)
    made_by: models.CharField[str, str] = models.CharField(max_length=254)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    withdrawn_by: models.CharField[str, str] = models.CharField(max_length=254, blank=True)
    withdrawn_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        default_permissions = ()
