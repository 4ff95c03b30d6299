"""Kills a living home at random moments and judges it, in a process of its own.

Run as `python -m tests.crash.kills HOME TIMES SEED`. Every life and every judgment is a fork of a
process that imported everything and started nothing: engines do not survive a fork.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from itertools import count
from pathlib import Path

from tests.crash.recorder import tokens_of
from tests.crash.verdict import Verdict, judge
from tests.crash.workload import live


def main() -> None:
    """One line of JSON per death."""
    import deltalake  # noqa: F401 - imported before the forks, so that lives are short
    import duckdb  # noqa: F401

    home, times, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    acknowledged: tuple[str, ...] = ()
    for number in range(times):
        acknowledged += _live_and_die(home, f"k{number}x", chance.uniform(0.0, 0.5))
        print(json.dumps(asdict(_in_child(home, acknowledged))), flush=True)


def _live_and_die(home: Path, name: str, pause: float) -> tuple[str, ...]:
    """A child lives in the home until it is killed; answers what it confirmed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        try:
            _live_on(home, name)
        finally:
            os._exit(0)
    os.close(writing)
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return tokens_of(pipe.read())


def _live_on(home: Path, name: str) -> None:
    for turn in count():
        live(home, f"{name}{turn}y")


def _in_child(home: Path, acknowledged: Sequence[str]) -> Verdict:
    """Judges in a process of its own: forked children must not share an engine's threads."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, pickle.dumps(judge(home, acknowledged)))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    verdict = pickle.loads(told) if told else Verdict("unreadable: the reader died", 0, 0, 0)
    assert isinstance(verdict, Verdict)
    return verdict


if __name__ == "__main__":
    main()
