"""The door of the pages: bodies are read on the loop, pages are answered by a few threads.

A thread is taken only once there is something to answer: callers that drip their bodies wait
among themselves, within a time and a room of memory.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, cast

from verite.loop.listen.collect.answers import Reply, broken
from verite.web.bodies import Channel, Cloakroom, NoRoom, Upload
from verite.web.collector import rsgi
from verite.web.collector.rsgi import Collector
from verite.web.environ import Asked, environ_of, with_whole
from verite.web.middleware import COLLECTOR, LARGEST_BODY
from verite.web.statics import WSGI

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

THREADS: Final = 8
CALLS: Final = 128  # of the collector at once; their bodies are in memory
UPLOADS: Final = 2  # threads that may wait for a large file at a time
_TEXT: Final = ("content-type", "text/plain; charset=utf-8")
_SAID: Final = {
    400: "Le corps de la requête est incomplet. / The body of the request is incomplete.",
    408: "Le corps de la requête a mis trop de temps. / The body of the request took too long.",
    503: "Trop d'envois à la fois : réessayez. / Too many bodies at once: try again.",
}


class Answering(Channel, Protocol):
    """Where the body comes from and the answer goes."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, whole."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes


class Door:
    """What granian calls for each request (RSGI), in front of a WSGI application.

    With a collector, its calls need neither thread nor framework.
    """

    def __init__(self, pages: WSGI, collector: Collector | None = None) -> None:
        self._pages = pages
        self._collector = collector
        self._cloakroom = Cloakroom()
        self._calls = 0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._uploads = 0

    async def __rsgi__(self, asked: Asked, channel: Answering) -> None:
        """Reads, hands to a thread, answers."""
        if self._collector is not None and asked.path.startswith(COLLECTOR):
            await self._collect(self._collector, asked, channel)
            return
        told = await self._answer(asked, channel)
        channel.response_bytes(told.status, list(told.headers), told.body)

    async def _collect(self, collector: Collector, asked: Asked, channel: Answering) -> None:
        if self._calls >= CALLS:
            told = _refused(asked, 503)
            channel.response_bytes(told.status, list(told.headers), told.body)
            return
        self._calls += 1
        try:
            await collector.__rsgi__(cast(rsgi.Asked, asked), cast(rsgi.Channel, channel))
        finally:
            self._calls -= 1

    async def _answer(self, asked: Asked, channel: Answering) -> Answered:
        environ = environ_of(asked, io.BytesIO())
        length = environ.get("CONTENT_LENGTH", "")
        size = int(length) if length.isdecimal() else 0
        if size > self._cloakroom.most:
            # Elsewhere it is refused by its length, and nobody reads it.
            is_upload = asked.path in LARGEST_BODY
            return await (self._upload(environ, channel) if is_upload else self._page(environ))
        if _has_no_body(environ):
            return await self._page(environ)
        with self._cloakroom.holding() as held:
            try:
                body = await self._cloakroom.take(channel, held, size or None)
            except TimeoutError:
                return _refused(asked, 408)
            except NoRoom:
                return _refused(asked, 503)
            if len(body) < size:  # the caller left
                return _refused(asked, 400)
            return await self._page(with_whole(environ, body))

    async def _upload(self, environ: WSGIEnvironment, channel: Answering) -> Answered:
        if self._uploads >= UPLOADS:
            return _said(503)
        self._uploads += 1
        try:
            stream = io.BufferedReader(Upload(channel, asyncio.get_running_loop()), 2**16)
            return await self._page({**environ, "wsgi.input": stream})
        finally:
            self._uploads -= 1

    async def _page(self, environ: WSGIEnvironment) -> Answered:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _call, self._pages, environ)


def _has_no_body(environ: WSGIEnvironment) -> bool:
    """HTTP/2 may send one without a word of it, yet never with a GET."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return False
    length = environ.get("CONTENT_LENGTH", "")
    return length == "0" or (not length and environ["REQUEST_METHOD"] in {"GET", "HEAD"})


def _call(pages: WSGI, environ: WSGIEnvironment) -> Answered:
    """The answer of a WSGI application."""
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], exc: object = None, /) -> None:
        told.append((status, headers))

    parts = pages(environ, start)  # type: ignore[arg-type]
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    status, headers = told[-1]
    return Answered(int(status[:3]), headers, body)


def _refused(asked: Asked, status: int) -> Answered:
    """Machines are told so that they come back; people in words."""
    if not asked.path.startswith(COLLECTOR):
        return _said(status)
    reply: Reply = broken(TimeoutError())
    return Answered(reply.status, reply.headers, reply.body)


def _said(status: int) -> Answered:
    headers = (_TEXT, ("connection", "close"), ("retry-after", "15"))
    return Answered(status, headers, _SAID[status].encode())
