"""The permission check that every action makes first."""

from __future__ import annotations

from verite.words.errors import WrongUse
from verite.words.member import Member, Right


def need(by: Member, right: Right) -> None:
    """Raise `WrongUse` unless the member may do this."""
    if not by.may(right):
        raise WrongUse("not_allowed", fields={"right": right.value, "role": by.role.value})
