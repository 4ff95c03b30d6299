"""Style sheet and scripts: read once, compressed once, named by their content."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/static/"
FOREVER = "public, max-age=31536000, immutable"
WSGI = Callable[["WSGIEnvironment", "StartResponse"], Iterable[bytes]]

# Public name → package and path of the file.
SERVED = {
    "verite.css": ("verite.web", "static/verite/verite.css"),
    "pages.css": ("verite.web", "static/verite/pages.css"),
    "customers.css": ("verite.web", "static/verite/customers.css"),
    "pages.js": ("verite.web", "static/verite/pages.js"),
    "htmx.js": ("django_htmx", "static/django_htmx/htmx-2.min.js"),
    "icon.svg": ("verite.web", "static/verite/icon.svg"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Static:
    """One file as it is sent."""

    url: str
    kind: str
    plain: bytes
    packed: bytes


@lru_cache
def statics() -> dict[str, Static]:
    """Every served file by its public name."""
    return {name: _read(name, package, path) for name, (package, path) in SERVED.items()}


def static_url(name: str) -> str:
    """The address of a file; it changes with the content, so that browsers may keep it."""
    return statics()[name].url


def with_statics(answer: WSGI) -> WSGI:
    """The application, with its files answered first."""

    def answering(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return answer(environ, start)
        found = _by_url().get(path)
        if found is None or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            start("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return [b""]
        return _send(found, environ, start)

    return answering


def _send(found: Static, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    packs = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    body = found.packed if packs else found.plain
    headers = [
        ("Content-Type", found.kind),
        ("Content-Length", str(len(body))),
        ("Cache-Control", FOREVER),
        ("X-Content-Type-Options", "nosniff"),
        ("Vary", "Accept-Encoding"),
    ]
    if packs:
        headers.append(("Content-Encoding", "gzip"))
    start("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


@lru_cache
def _by_url() -> dict[str, Static]:
    return {static.url: static for static in statics().values()}


def _read(name: str, package: str, path: str) -> Static:
    content = (files(package) / path).read_bytes()
    stem, dot, suffix = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:10]
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return Static(
        url=f"{PREFIX}{stem}.{digest}{dot}{suffix}",
        kind=kind,
        plain=content,
        packed=gzip.compress(content, mtime=0),
    )
