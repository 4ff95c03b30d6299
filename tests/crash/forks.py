"""Work in forks of a process that imported everything and started nothing: short lives, cheap.

Engines do not survive a fork, so whoever forks must never have run one itself.
"""

from __future__ import annotations

import os
import pickle
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What a child wrote on its standard output; `code` is negative when a signal ended it."""

    output: bytes
    code: int
    seconds: float


def start(work: Callable[[], int | None], *, killed_after: float | None = None) -> Ended:
    """Runs work in a child, its output caught; kills it after so many seconds."""
    reading, writing = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(work, writing)
    os.close(writing)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        output = pipe.read()
    status = os.waitpid(child, 0)[1]
    seconds = time.perf_counter() - began
    return Ended(output=output, code=os.waitstatus_to_exitcode(status), seconds=seconds)


def _run(work: Callable[[], int | None], writing: int) -> None:
    code = 70
    try:
        os.dup2(writing, 1)
        code = work() or 0
    finally:
        os._exit(code)


def answer_of(work: Callable[[], T]) -> T | None:
    """What work answers, in a process of its own; None when that process died."""

    def tell() -> None:
        told = pickle.dumps(work())
        with os.fdopen(1, "wb") as out:
            out.write(told)

    ended = start(tell)
    return None if ended.code else pickle.loads(ended.output)


def moments(times: int, chance: random.Random) -> list[float]:
    """As many random moments in [0, 1), one in each part of it, in any order."""
    found = [(part + chance.random()) / times for part in range(times)]
    chance.shuffle(found)
    return found
