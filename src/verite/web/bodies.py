"""Bodies of requests, read beside the threads that answer: who drips one holds nobody up."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Final, Protocol

MOST: Final = 4_000_000  # bytes in memory for one request, as forms and the collector take
ROOM: Final = 256_000_000  # bytes held for all of them
WITHIN_S: Final = 30.0  # for a body to be handed over whole
PART_S: Final = 20.0  # between two parts of an upload
PACE: Final = 20_000  # bytes per second, once an upload had its first half-minute


class Channel(Protocol):
    """Where granian hands over the parts of a body."""

    async def __call__(self) -> bytes: ...
    def __aiter__(self) -> Channel: ...
    async def __anext__(self) -> bytes: ...


class NoRoom(Exception):
    """Too much waits already."""


class Cloakroom:
    """Reads bodies on the loop, within one room of memory for all of them."""

    def __init__(self, *, most: int = MOST, room: int = ROOM, within_s: float = WITHIN_S) -> None:
        self.most = most
        self.held = 0
        self._room = room
        self._within_s = within_s

    @contextmanager
    def holding(self) -> Iterator[Held]:
        """A body while its request is answered; then its room is given back."""
        body = Held(self)
        try:
            yield body
        finally:
            self.held -= body.size

    async def take(self, channel: Channel, body: Held, size: int | None = None) -> bytes:
        """The whole body, or one byte more than the most; raises `TimeoutError` and `NoRoom`.

        With `size`, as announced, it is waited for in one go.
        """
        async with asyncio.timeout(self._within_s):
            if size is None:
                await self._fill(channel, body)
                return b"".join(body.parts)[: self.most + 1]
            if self.held + size > self._room:
                raise NoRoom
            body.reserve(size)
            return bytes(await channel())

    async def _fill(self, channel: Channel, body: Held) -> None:
        async for part in channel:
            if self.held + len(part) > self._room:
                raise NoRoom
            body.add(bytes(part))
            if body.size > self.most:
                return


class Held:
    """The parts of one body in memory."""

    def __init__(self, room: Cloakroom) -> None:
        self.parts: list[bytes] = []
        self.size = 0
        self._room = room

    def add(self, part: bytes) -> None:
        """One more part."""
        self.parts.append(part)
        self.reserve(len(part))

    def reserve(self, size: int) -> None:
        """Room for as many bytes."""
        self.size += size
        self._room.held += size


class Upload(io.RawIOBase):
    """A large body as a file, read by the thread that answers while the loop receives it.

    One that stalls, or comes slower than `pace` for long, ends there: a broken upload.
    """

    def __init__(
        self, channel: Channel, loop: asyncio.AbstractEventLoop, *, pace: int = PACE
    ) -> None:
        self._parts = channel.__aiter__()
        self._loop = loop
        self._pace = pace
        self._began = time.monotonic()
        self._left = memoryview(b"")
        self._taken = 0

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes; 0 at the end."""
        if not self._left:
            self._left = memoryview(self._next())
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def _next(self) -> bytes:
        lasted = time.monotonic() - self._began - WITHIN_S
        if self._taken < self._pace * lasted:
            raise OSError("upload too slow")
        coming: Future[bytes] = asyncio.run_coroutine_threadsafe(_part(self._parts), self._loop)
        try:
            part = coming.result(PART_S)
        except TimeoutError as error:
            coming.cancel()
            raise OSError("upload stalled") from error
        self._taken += len(part)
        return part


async def _part(parts: Channel) -> bytes:
    """The next part that holds something; nothing at the end."""
    while True:
        try:
            part = bytes(await parts.__anext__())
        except StopAsyncIteration:
            return b""
        if part:
            return part
