"""Tables of designed maps and owners."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Design(models.Model):
    """One version of a designed map, as the TOML text that people wrote."""

    key: models.CharField[str, str] = models.CharField(max_length=80)
    version: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    text: models.TextField[str, str] = models.TextField()
    is_active: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    made_by: models.CharField[str, str] = models.CharField(max_length=254)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_text_per_version"),
            models.UniqueConstraint(
                fields=["is_active"], condition=models.Q(is_active=True), name="one_active_design"
            ),
        ]


class Owner(models.Model):
    """Who answers for a touchpoint, whatever the department."""

    touchpoint: models.CharField[str, str] = models.CharField(max_length=200, unique=True)
    owner: models.CharField[str, str] = models.CharField(max_length=120)

    class Meta:
        default_permissions = ()
