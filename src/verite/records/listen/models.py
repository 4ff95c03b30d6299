"""Tables of imports, column mappings, live sources and the rules of their event names."""

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


class LiveSource(models.Model):
    """Something that sends events as they happen; its write key is known by its hash only."""

    name: models.CharField[str, str] = models.CharField(max_length=80, unique=True)
    key_hash: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    key_hint: models.CharField[str, str] = models.CharField(max_length=8)
    mode: models.CharField[str, str] = models.CharField(max_length=16)
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    rate_per_s: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    secret: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    former_secret: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    former_until: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    origins: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    # False for those made before ids were told apart by source: the ledger knows theirs as told.
    numbers_alone: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    closed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        default_permissions = ()


class EventRule(models.Model):
    """What an event name means, for one source or (source "") for all of them."""

    source: models.CharField[str, str] = models.CharField(max_length=80, blank=True)
    event: models.CharField[str, str] = models.CharField(max_length=200)
    touchpoint: models.CharField[str, str] = models.CharField(max_length=120, blank=True)
    channel: models.CharField[str, str] = models.CharField(max_length=40, blank=True)
    kind: models.CharField[str, str] = models.CharField(max_length=40, blank=True)
    ignored: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    made_by: models.CharField[str, str] = models.CharField(max_length=254)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("source", "event"), name="one_event_rule"),)


class UnknownEvent(models.Model):
    """An event name that no rule knows, counted until somebody says what it means."""

    source: models.CharField[str, str] = models.CharField(max_length=80)
    event: models.CharField[str, str] = models.CharField(max_length=200)
    count: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField(default=0)
    first_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    last_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("source", "event"), name="one_unknown_event"),
        )
