"""Where outgoing calls may go: public addresses, and those that the settings allow by name."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from verite.words.errors import BadInput, SourceError

PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 2000
# IPv6 that carries an IPv4 address: NAT64 and the old compatible form.
_NAT64: Final = IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = IPv6Network("::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A URL taken apart; `is_allowed` when the settings name it."""

    host: str
    port: int
    is_secure: bool
    path: str
    is_allowed: bool = False


def read_place(url: str, allow: Sequence[str] = ()) -> Place:
    """The place that a URL names: https, or http where the settings allow it by name.

    >>> read_place("https://desk.example/hooks?x=1").path
    '/hooks?x=1'
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as error:  # a port or a name that cannot be
        raise BadInput("outgoing_url", fields={"url": url[:200]}) from error
    is_plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if not host or parts.scheme not in PORTS or not is_plain or len(url) > LONGEST or port == 0:
        raise BadInput("outgoing_url", fields={"url": url[:200]})
    if parts.username is not None or parts.password is not None:
        raise BadInput("outgoing_url_secret", fields={"host": host})
    port = port or PORTS[parts.scheme]
    allowed = host in allow or f"{host}:{port}" in allow or f"[{host}]:{port}" in allow
    if parts.scheme == "http" and not allowed:
        raise BadInput("outgoing_not_https", fields={"host": host})
    if not allowed and _is_private_number(host):
        raise BadInput("outgoing_private", fields={"host": host, "address": host})
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(
        host=host, port=port, is_secure=parts.scheme == "https", path=path, is_allowed=allowed
    )


def _is_private_number(host: str) -> bool:
    """Whether the host is a private address written out; a name is resolved at each call."""
    if host == "localhost":
        return True
    try:
        return not is_public(host)
    except ValueError:
        return False


def resolve(place: Place) -> str:
    """The address to connect to, checked. One address that is not public refuses them all."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        fields = {"host": place.host}
        raise SourceError("outgoing_unresolved", permanent=False, fields=fields) from error
    addresses = [str(entry[4][0]) for entry in found]
    refused = [address for address in addresses if not is_public(address)]
    if refused and not place.is_allowed:
        fields = {"host": place.host, "address": refused[0]}
        raise SourceError("outgoing_private", permanent=True, fields=fields)
    if not addresses:
        fields = {"host": place.host}
        raise SourceError("outgoing_unresolved", permanent=False, fields=fields)
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address is on the public Internet, the IPv4 hidden in it too.

    >>> is_public("93.184.216.34"), is_public("::ffff:169.254.169.254"), is_public("10.0.0.1")
    (True, False, False)
    """
    found = ip_address(address.partition("%")[0])
    carried = _carried(found) if isinstance(found, IPv6Address) else None
    return _plain(found if carried is None else carried)


def _plain(found: IPv4Address | IPv6Address) -> bool:
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_unspecified or found.is_link_local
    )


def _carried(found: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to."""
    if found.ipv4_mapped is not None:
        return found.ipv4_mapped
    if found.sixtofour is not None:
        return found.sixtofour
    if found.teredo is not None:
        return found.teredo[1]
    if found in _NAT64 or found in _COMPATIBLE:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return None
