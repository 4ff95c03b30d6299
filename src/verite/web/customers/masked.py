"""Identities as pages print them: enough to recognise, too little to copy."""

from __future__ import annotations

from typing import Final

DOTS: Final = "••"
_MAILS: Final = frozenset({"email", "mail"})
_PHONES: Final = frozenset({"phone", "mobile", "tel", "msisdn"})


def mask_identity(identity: str) -> tuple[str, str]:
    """The kind of an identity and its masked value.

    >>> mask_identity("email:lea.martin@example.org")
    ('email', 'l••@example.org')
    >>> mask_identity("phone:+33612345642"), mask_identity("user:seed-001")
    (('phone', '•• 42'), ('user', '••-001'))
    """
    kind, colon, value = identity.partition(":")
    if not colon:
        kind, value = "other", identity
    return kind, _mask(kind, value)


def _mask(kind: str, value: str) -> str:
    if kind in _MAILS or "@" in value:
        name, _, domain = value.partition("@")
        return f"{name[:1]}{DOTS}@{domain}"
    if kind in _PHONES:
        return f"{DOTS} {value[-2:]}" if len(value) > 4 else DOTS
    return f"{DOTS}{value[-4:]}" if len(value) > 6 else value[:1] + DOTS
