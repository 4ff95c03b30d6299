"""The collector for volume: the same gate behind granian's RSGI, without Django on the way."""

from __future__ import annotations

import asyncio
from typing import Protocol

from verite.loop.listen.collect import Gate, Received, Reply, ask_first, ingest, refuse, unkept
from verite.loop.listen.collect.answers import TurnedAway
from verite.web.clock import now
from verite.web.collector.gates import HomeGate
from verite.words.errors import VeriteError

UNAUTHORIZED = 401
PATIENCE_S = 30
BODY_S = 10.0  # to hand a body over: places are few, and who drips one would hold it for ever
ALIVE = ("/healthz", b"ok\n")


class Asked(Protocol):
    """What granian tells of a request."""

    method: str
    path: str
    headers: Mapped


class Mapped(Protocol):
    """The headers of a request."""

    def get(self, key: str, default: str = "", /) -> str: ...
    def items(self) -> list[tuple[str, str]]: ...


class Channel(Protocol):
    """Where the body comes from and the answer goes."""

    def __aiter__(self) -> Channel: ...
    async def __anext__(self) -> bytes: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...


class Collector:
    """What granian calls for each request."""

    def __init__(self, keeper: HomeGate) -> None:
        self._keeper = keeper

    async def __rsgi__(self, asked: Asked, channel: Channel) -> None:
        """Reads, judges, answers."""
        if asked.path == ALIVE[0]:
            channel.response_bytes(200, [("content-type", "text/plain")], ALIVE[1])
            return
        reply = await self._reply(asked, channel)
        channel.response_bytes(reply.status, list(reply.headers), reply.body)

    async def _reply(self, asked: Asked, channel: Channel) -> Reply:
        gate, headers = self._keeper.gate, dict(asked.headers.items())
        if asked.method != "POST":
            return ask_first(gate, headers if asked.method == "OPTIONS" else {})
        try:
            body = await asyncio.wait_for(_body(asked, channel, gate.limits.body), BODY_S)
        except TurnedAway as error:
            return refuse(gate, headers, error)
        except TimeoutError:
            return refuse(gate, headers, VeriteError("inbox_failed"))
        received = Received(path=asked.path, headers=headers, body=body)
        reply = ingest(gate, received, now())
        if reply.status == UNAUTHORIZED:  # perhaps a source made a moment ago
            await asyncio.to_thread(self._keeper.meet_strangers)
            reply = ingest(gate, received, now())
        return await _settled(reply, gate)


async def _body(asked: Asked, channel: Channel, most: int) -> bytes:
    length = asked.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > most:
        raise TurnedAway("body_too_large", fields={"most": most})
    parts: list[bytes] = []
    size = 0
    async for part in channel:
        size += len(part)
        if size > most:
            raise TurnedAway("body_too_large", fields={"most": most})
        parts.append(bytes(part))
    return parts[0] if len(parts) == 1 else b"".join(parts)


async def _settled(reply: Reply, gate: Gate) -> Reply:
    if reply.pending is None:
        return reply
    try:
        await asyncio.wait_for(asyncio.wrap_future(reply.pending), PATIENCE_S)
    except Exception as error:  # whatever broke the promise: the caller must send it again
        return unkept(reply, error)
    return reply
