"""The table of targets."""

from __future__ import annotations

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
