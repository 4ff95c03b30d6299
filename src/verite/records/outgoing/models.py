"""Tables of webhook targets and of their deliveries."""

from __future__ import annotations

from datetime import datetime

from django.db import models

Text = models.CharField
Moment = models.DateTimeField


class Target(models.Model):
    """Somebody outside who is told; the secret signs every message."""

    name: Text[str, str] = models.CharField(max_length=80, unique=True)
    url: Text[str, str] = models.CharField(max_length=2000)
    secret: Text[str, str] = models.CharField(max_length=80)
    made_by: Text[str, str] = models.CharField(max_length=254)
    made_at: Moment[datetime, datetime] = models.DateTimeField()
    failures: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    off_at: Moment[datetime | None, datetime | None] = models.DateTimeField(null=True)
    off_why: Text[str, str] = models.CharField(max_length=40, blank=True)

    class Meta:
        default_permissions = ()


class Delivery(models.Model):
    """One message for one target; `person` is the id people see, so that erasing finds it."""

    target: models.ForeignKey[Target, Target] = models.ForeignKey(
        Target, on_delete=models.CASCADE, related_name="+"
    )
    message: Text[str, str] = models.CharField(max_length=64)
    kind: Text[str, str] = models.CharField(max_length=40)
    person: Text[str, str] = models.CharField(max_length=16, blank=True)
    body: models.TextField[str, str] = models.TextField()
    made_at: Moment[datetime, datetime] = models.DateTimeField()
    state: Text[str, str] = models.CharField(max_length=16)
    tries: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    next_at: Moment[datetime | None, datetime | None] = models.DateTimeField(null=True)
    last_at: Moment[datetime | None, datetime | None] = models.DateTimeField(null=True)
    status: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True
    )
    why: Text[str, str] = models.CharField(max_length=40, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["target", "message"], name="told_once_per_target"),
        ]
        indexes = [
            # select … where state = 'waiting' and next_at <= … order by next_at
            models.Index(fields=["state", "next_at"], name="delivery_due"),
            # delete … where person = …
            models.Index(fields=["person"], name="delivery_person"),
        ]
