"""Who reads the page."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from verite.words.errors import WrongUse
from verite.words.member import Member


def reader(request: HttpRequest) -> Member:
    """The member who signed in; pages behind the sign-in always have one."""
    member = getattr(request, "member", None)
    if member is None:
        raise WrongUse("not_allowed", fields={"right": "read", "role": "none"})
    return cast("Member", member)
