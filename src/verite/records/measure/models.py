"""The tables of targets and of fits of the running feeling."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Target(models.Model):
    """One KPI and the figure it should reach; an empty touchpoint means everywhere."""

    touchpoint: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    metric: models.CharField[str, str] = models.CharField(max_length=64)
    target: models.FloatField[float, float] = models.FloatField()
    now: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    label: models.CharField[str, str] = models.CharField(max_length=120, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["touchpoint", "metric"], name="one_target_per_kpi"),
        ]


class FeelingFit(models.Model):
    """One fit of the running feeling: how far it is, then the frozen model as JSON."""

    outcome: models.CharField[str, str] = models.CharField(max_length=16)
    days: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    by: models.CharField[str, str] = models.CharField(max_length=254)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    state: models.CharField[str, str] = models.CharField(max_length=16)
    done: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    total: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    version: models.CharField[str, str] = models.CharField(max_length=16, blank=True)
    model: models.TextField[str, str] = models.TextField(blank=True)
    error: models.TextField[str, str] = models.TextField(blank=True)
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        default_permissions = ()
        indexes = [
            # select … where state = 'done' order by id desc limit 1
            models.Index(fields=["state", "id"], name="feeling_fit_state"),
        ]
