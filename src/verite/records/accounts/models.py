"""Tables of those who may sign in."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models


class Member(models.Model):
    """Somebody who signs in to this home; the password may be unusable (links only)."""

    password: models.CharField[str, str] = models.CharField(max_length=128)  # its hash
    email: models.EmailField[str, str] = models.EmailField(unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=120)
    role: models.CharField[str, str] = models.CharField(max_length=16)
    is_active: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        default_permissions = ()


class SignInLink(models.Model):
    """A link that signs one member in once; only the digest of its token is kept."""

    digest: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    member: models.ForeignKey[Member, Member] = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="+"
    )
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    expires_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        default_permissions = ()


class FailedSignIn(models.Model):
    """One wrong attempt, kept a quarter of an hour to slow the next ones down."""

    who: models.CharField[str, str] = models.CharField(
        max_length=64
    )  # digest of the e-mail or of the address
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [
            # select count(*) where who = … and at > …
            models.Index(fields=["who", "at"], name="failed_who_at"),
        ]


class ApiKey(models.Model):
    """A key for programs; only the digest of it is kept, with its last four characters."""

    name: models.CharField[str, str] = models.CharField(max_length=80)
    digest: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    hint: models.CharField[str, str] = models.CharField(max_length=4)
    scopes: models.CharField[str, str] = models.CharField(max_length=120)  # separated by spaces
    made_by: models.CharField[str, str] = models.CharField(max_length=254)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used_on: models.DateField[date | None, date | None] = models.DateField(null=True)
    closed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        default_permissions = ()
