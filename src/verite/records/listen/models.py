"""Tables of imports made on the pages and of column mappings."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Import(models.Model):
    """One uploaded file and what became of it."""

    token: models.CharField[str, str] = models.CharField(max_length=32, unique=True)
    file: models.CharField[str, str] = models.CharField(max_length=200)
    size: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField()
    by: models.CharField[str, str] = models.CharField(max_length=254)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    state: models.CharField[str, str] = models.CharField(max_length=16)
    done: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField(default=0)
    total: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField(default=0)
    read: models.PositiveBigIntegerField[int | None, int | None] = models.PositiveBigIntegerField(
        null=True
    )
    kept: models.PositiveBigIntegerField[int | None, int | None] = models.PositiveBigIntegerField(
        null=True
    )
    duplicates: models.PositiveBigIntegerField[int | None, int | None] = (
        models.PositiveBigIntegerField(null=True)
    )
    quarantined: models.PositiveBigIntegerField[int | None, int | None] = (
        models.PositiveBigIntegerField(null=True)
    )
    ledger_version: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(
        null=True
    )
    decisions: models.TextField[str, str] = models.TextField(blank=True)
    error: models.TextField[str, str] = models.TextField(blank=True)
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        default_permissions = ()


class Mapping(models.Model):
    """A column mapping made by hand on the import page, as mapping TOML."""

    name: models.CharField[str, str] = models.CharField(max_length=120, unique=True)
    text: models.TextField[str, str] = models.TextField()
    made_by: models.CharField[str, str] = models.CharField(max_length=254)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        default_permissions = ()
