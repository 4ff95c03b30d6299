"""Decoding beside: processes that read bodies while this one writes the ledger.

Run as `python -m verite.home.beside` by `Beside` alone: frames of MessagePack come in and go out,
first the rules, then (source, payloads) after (source, payloads), until nobody asks any more.
"""

from __future__ import annotations

import fcntl
import gc
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO, Final

import msgspec

from verite.loop.listen.collect.many import Found, Many
from verite.loop.listen.collect.rules import Rules

_MOST: Final = 2  # processes; the ledger takes a core too
_EACH: Final = 2  # questions that a process holds: it never waits for us
_ROOM: Final = 2**20  # bytes of a pipe: large frames pass in few turns
_OFTEN: Final = 50_000  # rows make no cycles: look for them seldom
_TURN_S: Final = 0.001  # the thread that listens must not wait long for the one that reads
_RANK: Final = 5  # behind whoever takes calls; 0 is everybody's, 19 the last
_SIZE: Final = 8  # bytes that tell the length of a frame
_BROKEN: Final = (OSError, EOFError, ValueError, msgspec.MsgspecError)
Chunk = tuple[str, Sequence[bytes]]


class Asked(msgspec.Struct):
    """One question: payloads of a source, or rules to read by from now on."""

    source: str = ""
    payloads: list[bytes] = []
    rules: Rules | None = None


class Beside:
    """A few processes, started when first needed; one that dies is done without."""

    def __init__(self, count: int | None = None) -> None:
        self._count = min(_MOST, os.cpu_count() or 1) if count is None else count
        self._children: list[subprocess.Popen[bytes]] = []
        self._is_broken = self._is_asking = False

    def read(self, rules: Rules, chunks: Iterable[Chunk]) -> Iterator[Found]:
        """What each chunk says, in order."""
        here, coming = Many(rules), iter(chunks)
        waiting: deque[tuple[subprocess.Popen[bytes] | None, Chunk]] = deque()
        for child in _EACH * self._ready(rules):  # one to read, one that waits
            self._hand(child, coming, waiting)
        self._is_asking = True  # until every answer was heard
        while waiting:
            asked, chunk = waiting.popleft()
            found = None if asked is None else self._hear(asked)
            self._hand(None if found is None else asked, coming, waiting)
            yield here.read(*chunk) if found is None else found
        self._is_asking = False
        for chunk in coming:  # there was nobody to hand anything to
            yield here.read(*chunk)

    def close(self) -> None:
        """Lets the processes end."""
        for child in self._children:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with suppress(OSError):  # bytes that the dead will not take
                    _pipe(pipe).close()
        self._children = []

    def _ready(self, rules: Rules) -> list[subprocess.Popen[bytes]]:
        if self._is_broken or self._is_asking:
            self.close()
            self._is_broken = self._is_asking = False
        try:
            while len(self._children) < self._count:
                self._children.append(_start())
            for child in self._children:
                _write(_pipe(child.stdin), _encode(Asked(rules=rules)))
        except _BROKEN:
            self._is_broken = True
            return []
        return list(self._children)

    def _hand(
        self,
        child: subprocess.Popen[bytes] | None,
        coming: Iterator[Chunk],
        waiting: deque[tuple[subprocess.Popen[bytes] | None, Chunk]],
    ) -> None:
        """Gives the next chunk to a process, or keeps it for here when that one died."""
        chunk = next(coming, None)
        if chunk is None:
            return
        source, payloads = chunk
        try:
            if child is not None:
                asked = Asked(source=source, payloads=list(payloads))
                _write(_pipe(child.stdin), _encode(asked))
        except _BROKEN:
            self._is_broken, child = True, None
        waiting.append((child, chunk))

    def _hear(self, child: subprocess.Popen[bytes]) -> Found | None:
        try:
            return _decode_found(_read(_pipe(child.stdout)))
        except _BROKEN:
            self._is_broken = True
            return None


def _start() -> subprocess.Popen[bytes]:
    """In a group of its own: an interrupt at the console is for us to tell it of."""
    child = subprocess.Popen(
        [sys.executable, "-m", "verite.home.beside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    for pipe in (child.stdin, child.stdout):
        with suppress(OSError, AttributeError):  # only slower without
            fcntl.fcntl(_pipe(pipe), fcntl.F_SETPIPE_SZ, _ROOM)
    return child


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe


def _write(pipe: IO[bytes], frame: bytes) -> None:
    pipe.write(len(frame).to_bytes(_SIZE, "big"))
    pipe.write(frame)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    size = int.from_bytes(_exactly(pipe, _SIZE), "big")
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    found = pipe.read(size)
    if len(found) < size:
        raise EOFError
    return found


_encode = msgspec.msgpack.Encoder().encode
_decode_asked = msgspec.msgpack.Decoder(Asked).decode
_decode_found = msgspec.msgpack.Decoder(Found).decode


def main() -> None:
    """Answers until the pipe closes: when the asker is gone, so is this."""
    os.nice(_RANK)
    sys.setswitchinterval(_TURN_S)
    gc.freeze()  # what was imported stays
    gc.set_threshold(_OFTEN)
    many, telling = Many(Rules()), sys.stdout.buffer
    frames: SimpleQueue[bytes | None] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, frames), daemon=True).start()
    while (frame := frames.get()) is not None:
        asked = _decode_asked(frame)
        if asked.rules is not None:
            many = Many(asked.rules)
            continue
        _write(telling, _encode(many.read(asked.source, asked.payloads)))


def _listen(asking: IO[bytes], frames: SimpleQueue[bytes | None]) -> None:
    """Takes what is asked while an answer is written: else both sides may wait for each other."""
    with suppress(EOFError):
        while True:
            frames.put(_read(asking))
    frames.put(None)


if __name__ == "__main__":
    main()
