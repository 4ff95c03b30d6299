"""Members between tables and words."""

from __future__ import annotations

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
