"""A request as granian tells it, as WSGI wants it (PEP 3333)."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_APART = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Headers(Protocol):
    """The headers of a request."""

    def get(self, key: str, default: str = "", /) -> str: ...
    def items(self) -> list[tuple[str, str]]: ...


class Asked(Protocol):
    """What granian tells of a request; `path` comes decoded."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> Headers: ...


def environ_of(asked: Asked, body: IO[bytes]) -> WSGIEnvironment:
    """What a WSGI application is called with."""
    host, _, port = asked.server.rpartition(":")
    told = headers_of(asked.headers.items())
    if asked.authority:
        told["HTTP_HOST"] = asked.authority
    return {
        "REQUEST_METHOD": asked.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _as_latin(asked.path),
        "QUERY_STRING": _as_latin(asked.query_string),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{asked.http_version}",
        "REMOTE_ADDR": asked.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": asked.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **told,
    }


def with_whole(environ: WSGIEnvironment, body: bytes) -> WSGIEnvironment:
    """The same once the body is here, however it came: its length is known."""
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    return {**environ, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}


def headers_of(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Headers under their WSGI names. One with `_` in its name might pass for another's: left out.

    >>> headers_of([("x-a", "1"), ("x-a", "2"), ("cookie", "a=1"), ("cookie", "b=2"), ("x_a", "3")])
    {'HTTP_X_A': '1,2', 'HTTP_COOKIE': 'a=1; b=2'}
    """
    found: dict[str, str] = {}
    for name, value in pairs:
        if "_" in name:
            continue
        key = _APART.get(name) or "HTTP_" + name.upper().replace("-", "_")
        if key in found:
            found[key] += ("; " if name == "cookie" else ",") + value
        else:
            found[key] = value
    return found


def _as_latin(text: str) -> str:
    """Bytes as PEP 3333 spells them in a text."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")
