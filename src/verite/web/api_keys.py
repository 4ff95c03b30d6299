"""Programs that read the API with a key in `Authorization: Bearer`."""

from __future__ import annotations

from django.http import HttpRequest

from verite.records.accounts.key_actions import note_use
from verite.records.accounts.keys import open_key
from verite.records.current import current_alias
from verite.web.clock import now
from verite.words.member import Member, Role, Scope

BEARER = "Bearer "
EVERY = frozenset(Scope)


def member_of_key(request: HttpRequest) -> Member | None:
    """The program behind the request, as a reader without rights; its scopes stay beside it."""
    said = request.headers.get("Authorization", "")
    if not said.startswith(BEARER):
        return None
    key = open_key(said.removeprefix(BEARER).strip(), using=current_alias())
    if key is None:
        return None
    note_use(key, using=current_alias(), at=now())
    request.scopes = key.scopes  # type: ignore[attr-defined]
    return Member(id=None, email=f"key:{key.name}", name=key.name, role=Role.AGENT)


def scopes_of(request: HttpRequest) -> frozenset[Scope]:
    """What the caller may read: a key its scopes, somebody signed in everything."""
    scopes: frozenset[Scope] = getattr(request, "scopes", EVERY)
    return scopes
