"""The table of promises."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class PromiseVersion(models.Model):
    """One version of a promise, as JSON; the last one stands, unless it withdraws it."""

    key: models.CharField[str, str] = models.CharField(max_length=40)
    version: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    rule: models.TextField[str, str] = models.TextField()
    is_withdrawn: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    by: models.CharField[str, str] = models.CharField(max_length=254)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_promise_per_version"),
        ]
