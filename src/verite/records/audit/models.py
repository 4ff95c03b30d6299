"""The table of what was done."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Entry(models.Model):
    """Who did what to what, when, and what it was before and after."""

    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    by: models.CharField[str, str] = models.CharField(max_length=254)
    did: models.CharField[str, str] = models.CharField(max_length=40)
    subject: models.CharField[str, str] = models.CharField(max_length=200)
    before: models.TextField[str, str] = models.TextField(blank=True)
    after: models.TextField[str, str] = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "entries"
