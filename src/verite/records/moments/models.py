"""The table of what people said of moments."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Declaration(models.Model):
    """One version of what was said of a moment; rows are only ever added."""

    outcome: models.CharField[str, str] = models.CharField(max_length=64)
    touchpoint: models.CharField[str, str] = models.CharField(max_length=200)
    version: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    stand: models.CharField[str, str] = models.CharField(max_length=16)
    reason: models.TextField[str, str] = models.TextField(blank=True)
    undoes: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True
    )
    value: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    low: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    high: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    n: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(null=True)
    ledger_version: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    by: models.CharField[str, str] = models.CharField(max_length=254)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            # Also serves: select … where outcome = … and touchpoint = … order by version
            models.UniqueConstraint(
                fields=["outcome", "touchpoint", "version"], name="one_saying_per_version"
            ),
        ]
