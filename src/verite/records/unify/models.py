"""The tables of decisions about who is who. They hold surrogate keys, never a name."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Decision(models.Model):
    """What somebody decided on one link: accepted, rejected, undone, joined, parted."""

    one: models.BigIntegerField[int, int] = models.BigIntegerField()
    other: models.BigIntegerField[int, int] = models.BigIntegerField()
    verdict: models.CharField[str, str] = models.CharField(max_length=16)
    by: models.CharField[str, str] = models.CharField(max_length=254)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        default_permissions = ()
        # Who decided on the merges that a page lists.
        indexes = (models.Index(fields=["one", "other"], name="decision_by_link"),)


class Proposal(models.Model):
    """Two customers who look alike, by their surrogate keys, until somebody decides."""

    one: models.BigIntegerField[int, int] = models.BigIntegerField()
    other: models.BigIntegerField[int, int] = models.BigIntegerField()
    weight: models.FloatField[float, float] = models.FloatField()
    agreed: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    apart: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("one", "other"), name="one_proposal"),)


class Search(models.Model):
    """One search for customers who are alike: how far it is, then what it gave."""

    by: models.CharField[str, str] = models.CharField(max_length=254)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    state: models.CharField[str, str] = models.CharField(max_length=16)
    done: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    customers: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    found: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    error: models.TextField[str, str] = models.TextField(blank=True)
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("state",),
                condition=models.Q(state="running"),
                name="one_search_at_a_time",
            ),
        )
