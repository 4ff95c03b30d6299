"""Make and close keys for programs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from verite.records.accounts import models
from verite.records.accounts.keys import digest_of
from verite.records.audit.actions import note
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.member import ApiKey, Member, Right, Scope

PREFIX = "vk_"  # so that scanners of leaked secrets can tell what they found


def make_key(*, using: str, by: Member, name: str, scopes: Iterable[Scope], at: datetime) -> str:
    """A new key, told once: only its digest is kept."""
    need(by, Right.MANAGE_MEMBERS)
    named, opened = name.strip()[:80], sorted(set(scopes))
    if not named or not opened:
        raise BadInput("key_incomplete")
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic(using=using):
        models.ApiKey.objects.using(using).create(
            name=named,
            digest=digest_of(token),
            hint=token[-4:],
            scopes=" ".join(opened),
            made_by=by.email,
            made_at=at,
        )
        note(using=using, by=by, at=at, did="make_key", subject=named, after=" ".join(opened))
    return token


def close_key(*, using: str, by: Member, key: int, at: datetime) -> None:
    """The key opens nothing from now on."""
    need(by, Right.MANAGE_MEMBERS)
    with transaction.atomic(using=using):
        row = models.ApiKey.objects.using(using).filter(pk=key, closed_at=None).first()
        if row is None:
            raise BadInput("unknown_key")
        row.closed_at = at
        row.save(using=using, update_fields=["closed_at"])
        note(using=using, by=by, at=at, did="close_key", subject=row.name)


def note_use(key: ApiKey, *, using: str, at: datetime) -> None:
    """The day a key was last used: one write a day at most, and no audit entry."""
    if key.used_on != at.date():
        models.ApiKey.objects.using(using).filter(pk=key.id).update(used_on=at.date())
