"""The table of erasures done: counts, and nothing that names anybody erased."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Erasure(models.Model):
    """One erasure; `number` is that of the receipt handed out."""

    number: models.CharField[str, str] = models.CharField(max_length=32, unique=True)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    by: models.CharField[str, str] = models.CharField(max_length=254)
    records: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField()
    ledger_rows: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField()
    files_vacuumed: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField()
    ledger_version: models.BigIntegerField[int, int] = models.BigIntegerField()

    class Meta:
        default_permissions = ()


class Draft(models.Model):
    """The receipt of an erasure that began, unsigned; gone once it is handed out."""

    number: models.CharField[str, str] = models.CharField(max_length=32, unique=True)
    receipt: models.TextField[str, str] = models.TextField()

    class Meta:
        default_permissions = ()
