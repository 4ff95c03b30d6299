"""Keys for programs, between tables and words."""

from __future__ import annotations

import hashlib

from verite.records.accounts import models
from verite.words.member import ApiKey, Scope


def list_keys(*, using: str) -> tuple[ApiKey, ...]:
    """Every key, open ones first, then by date."""
    rows = models.ApiKey.objects.using(using).order_by("-made_at")
    return tuple(sorted((key_of(row) for row in rows), key=lambda key: not key.is_open))


def open_key(token: str, *, using: str) -> ApiKey | None:
    """The open key behind what a program sent."""
    rows = models.ApiKey.objects.using(using).filter(digest=digest_of(token), closed_at=None)
    row = rows.first()
    return None if row is None else key_of(row)


def key_of(row: models.ApiKey) -> ApiKey:
    """A row as the word."""
    return ApiKey(
        id=row.pk,
        name=row.name,
        hint=row.hint,
        scopes=frozenset(Scope(scope) for scope in row.scopes.split()),
        made_by=row.made_by,
        made_at=row.made_at,
        used_on=row.used_on,
        is_open=row.closed_at is None,
    )


def digest_of(token: str) -> str:
    """What is stored instead of a key: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
