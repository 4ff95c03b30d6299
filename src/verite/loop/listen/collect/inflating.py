"""Bodies as they were before gzip, whatever the content type says; never larger than allowed."""

from __future__ import annotations

import zlib
from typing import Final

from verite.loop.listen.collect.answers import TurnedAway
from verite.loop.listen.collect.limits import Limits

_MAGIC: Final = b"\x1f\x8b"
_GZIP: Final = 16 + zlib.MAX_WBITS
_EITHER: Final = 32 + zlib.MAX_WBITS
_MEMBERS_AT_MOST: Final = 500  # what follows each one is copied: a body of empty ones takes minutes


def inflate(body: bytes, encoding: str, limits: Limits) -> bytes:
    """The body inflated when it is gzip by its first bytes, or deflate by its header.

    >>> import gzip
    >>> inflate(gzip.compress(b"{}"), "", Limits())
    b'{}'
    >>> inflate(gzip.compress(bytes(1000)), "", Limits(inflated=999))
    Traceback (most recent call last):
    verite.loop.listen.collect.answers.TurnedAway: body_too_large: most=999
    """
    if len(body) > limits.body:
        raise TurnedAway("body_too_large", fields={"most": limits.body})
    if body.startswith(_MAGIC):
        return _inflated(body, _GZIP, limits.inflated)
    if encoding.strip().lower() == "deflate":
        return _inflated(body, _EITHER, limits.inflated)
    return body


def _inflated(body: bytes, window: int, most: int) -> bytes:
    """Several gzip members on end are one body; the sum is what must not exceed `most`."""
    parts: list[bytes] = []
    left, rest = most, body
    while rest:
        machine = zlib.decompressobj(window)
        try:
            part = machine.decompress(rest, left + 1)  # one more byte tells that there is more
        except zlib.error as error:
            raise TurnedAway("body_unreadable", fields={"detail": error}) from error
        left -= len(part)
        if left < 0:
            raise TurnedAway("body_too_large", fields={"most": most})
        if not machine.eof:
            raise TurnedAway("body_unreadable", fields={"detail": "gzip"})
        parts.append(part)
        if len(parts) > _MEMBERS_AT_MOST:
            raise TurnedAway("body_unreadable", fields={"detail": "gzip"})
        rest = machine.unused_data
    return parts[0] if len(parts) == 1 else b"".join(parts)
