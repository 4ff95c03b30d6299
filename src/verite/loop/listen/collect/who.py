"""Who an event is about: identities as received, or a tracer that leads back to nobody."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from verite.loop.listen.identities import NOBODY
from verite.text.contacts import FRANCE, tidy
from verite.text.identities import AUDIENCE, why_junk

# Ids that already say what they are keep their prefix.
PREFIXES: Final = ("user:", "anon:", "email:", "phone:", "card:", "account:", "device:")
_LONGEST: Final = 300
_NOBODY: Final = frozenset({"", *NOBODY})
_UUID: Final = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


def named(told: object, prefix: str, country: str = FRANCE) -> str | None:
    """An identity with its prefix; None for what systems write where nobody is known.

    >>> named("42", "user"), named("user:42", "user"), named("undefined", "user"), named(7, "anon")
    ('user:42', 'user:42', None, 'anon:7')
    """
    if type(told) is str:
        return _named(told[:_LONGEST], prefix, country)
    if told is None or isinstance(told, bool) or not isinstance(told, int | float | str):
        return None
    return _named(f"{told:.0f}" if isinstance(told, float) else str(told), prefix, country)


@lru_cache(maxsize=65_536)
def _named(told: str, prefix: str, country: str) -> str | None:
    text = told.strip().replace("\0", "")[:_LONGEST]
    if text.lower() in _NOBODY:
        return None
    if text.startswith(PREFIXES):
        return None if text.partition(":")[2].strip().lower() in _NOBODY else tidy(text, country)
    return f"{prefix}:{text}"


def contact(told: object, prefix: str, country: str = FRANCE) -> str | None:
    """A mail or a phone as an identity; None for what nobody can be reached by.

    >>> contact("Alice@Exemple.fr", "email"), contact("06 12 34 56 78", "phone")
    ('email:alice@exemple.fr', 'phone:+33612345678')
    >>> contact("none", "email"), contact("0000000000", "phone")
    (None, None)
    """
    found = named(told, prefix, country)
    if found is None:
        return None
    identity = tidy(found, country)
    return None if why_junk(identity) is not None else identity


def former(told: object, anonymous: str | None) -> tuple[str, ...]:
    """The identities that `previousId` may mean: it does not say whether it was a user's.

    >>> former("a1", "anon:a1"), former("client-7", None)
    (('anon:a1',), ('anon:client-7', 'user:client-7'))
    """
    as_anonymous = named(told, "anon")
    if as_anonymous is None:
        return ()
    if as_anonymous == anonymous or not as_anonymous.startswith("anon:"):
        return (as_anonymous,)
    value = as_anonymous.removeprefix("anon:")
    if _UUID.fullmatch(value) or str(told).strip().startswith("anon:"):
        return (as_anonymous,)
    return (as_anonymous, f"user:{value}")


def tracer(anonymous: str, *, source: str, at_us: int, secret: bytes) -> str:
    """What stands for a visitor of an audience source: it changes every month and at every source.

    >>> one = tracer("anon:7", source="site", at_us=0, secret=b"k")
    >>> one == tracer("anon:7", source="site", at_us=86_400_000_000, secret=b"k")
    True
    >>> one == tracer("anon:7", source="site", at_us=32 * 86_400_000_000, secret=b"k")
    False
    """
    return _tracer(f"{source}\x1f{_month(at_us // 86_400_000_000)}\x1f{anonymous}", secret)


@lru_cache(maxsize=4096)
def _month(day: int) -> str:
    return datetime.fromtimestamp(day * 86_400, tz=UTC).strftime("%Y-%m")


@lru_cache(maxsize=65_536)
def _tracer(said: str, secret: bytes) -> str:
    return (
        AUDIENCE
        + hmac.new(secret, said.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]
    )
