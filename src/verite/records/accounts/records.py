"""Members between tables and words."""

from __future__ import annotations

import hashlib
from hmac import compare_digest

from verite.records.accounts import models
from verite.words.member import Member, Role


def member_of(row: models.Member) -> Member:
    """A member row as the word."""
    return Member(id=row.pk, email=row.email, name=row.name, role=Role(row.role))


def list_members(*, using: str) -> tuple[Member, ...]:
    """Everybody who may sign in, by e-mail."""
    rows = models.Member.objects.using(using).filter(is_active=True).order_by("email")
    return tuple(member_of(row) for row in rows)


def member_with(email: str, *, using: str) -> Member | None:
    """The active member with this e-mail, if any."""
    row = models.Member.objects.using(using).filter(email=email.lower(), is_active=True).first()
    return None if row is None else member_of(row)


def stamp_of(member: Member, *, using: str) -> str:
    """What a session remembers of its member: it dies when password, role or access change."""
    row = models.Member.objects.using(using).get(pk=member.id)
    return _stamp(row)


def member_of_session(key: object, stamp: object, *, using: str) -> Member | None:
    """The member behind a session, as long as its stamp still holds."""
    if not isinstance(key, int):
        return None
    row = models.Member.objects.using(using).filter(pk=key, is_active=True).first()
    if row is None or not isinstance(stamp, str) or not compare_digest(_stamp(row), stamp):
        return None
    return member_of(row)


def _stamp(row: models.Member) -> str:
    told = f"{row.pk}\n{row.password}\n{row.role}\n{row.email}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
