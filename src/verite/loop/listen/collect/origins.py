"""Which web pages a browser lets send here: CORS, on the collector's addresses and nowhere else.

This tells browsers what pages may do; it locks nothing. The write key does, and it is public.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from verite.loop.listen.collect.answers import Headers, Reply, TurnedAway
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from verite.loop.listen.collect.gate import Gate

ANY: Final = "*"
AT_MOST: Final = 50
_LONGEST: Final = 260
_HOST: Final = re.compile(r"[a-z0-9.-]+|\[[0-9a-f:.]+\]")
_PORTS: Final = {"http": 80, "https": 443}
_REMEMBERED_S: Final = 600
_READ: Final = ("access-control-expose-headers", "retry-after")


def tidy_origins(told: Iterable[str]) -> tuple[str, ...]:
    """Origins as browsers write them, in order, each once; raises `BadInput` on anything else.

    >>> tidy_origins(["https://Shop.example/", "http://localhost:5173", "https://shop.example:443"])
    ('http://localhost:5173', 'https://shop.example')
    """
    found = {ANY if one.strip() == ANY else _tidy(one.strip()) for one in told if one.strip()}
    if len(found) > AT_MOST:
        raise BadInput("too_many_origins", fields={"most": AT_MOST})
    return tuple(sorted(found))


def _tidy(told: str) -> str:
    wrong = BadInput("bad_origin", fields={"origin": told[:80]})
    try:
        parts = urlsplit(told)
        port = parts.port
        host = parts.netloc.rpartition(":")[0] if port is not None else parts.netloc
        host = host.lower() if host.isascii() else host.lower().encode("idna").decode()
    except ValueError as error:  # what idna refuses is one too
        raise wrong from error
    more = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in _PORTS or more or len(told) > _LONGEST or not _HOST.fullmatch(host):
        raise wrong
    is_usual = port in {None, _PORTS[parts.scheme]}
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{port}"


def preflight(gate: Gate, headers: Mapping[str, str]) -> Reply:
    """What a browser hears before it sends. It shows no key yet: any open source may allow it."""
    origin = headers.get("origin", "")
    if not origin or "access-control-request-method" not in headers:
        raise TurnedAway("post_only")
    allowed = _allowed(origin, gate.origins)
    if not allowed:
        raise TurnedAway("strange_origin", fields={"origin": origin[:80]})
    more = (
        ("access-control-allow-methods", "POST"),
        ("access-control-allow-headers", "authorization, content-type, *"),
        ("access-control-max-age", str(_REMEMBERED_S)),
    )
    return Reply(status=204, headers=(*allowed, *more), body=b"")


def shared(reply: Reply, headers: Mapping[str, str], origins: Collection[str]) -> Reply:
    """The answer, readable by the page that asked when its origin is among these."""
    origin = headers.get("origin", "")
    allowed = _allowed(origin, origins) if origin else ()
    return replace(reply, headers=(*reply.headers, *allowed, _READ)) if allowed else reply


def _allowed(origin: str, origins: Collection[str]) -> Headers:
    if ANY in origins:
        return (("access-control-allow-origin", ANY),)
    if origin in origins:
        return (("access-control-allow-origin", origin), ("vary", "Origin"))
    return ()
