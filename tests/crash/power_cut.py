"""Every state that a power cut may leave: records a life, follows its disk, judges states."""

from __future__ import annotations

import multiprocessing
import random
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from tests.crash.disk import Disk, Operation, State
from tests.crash.recorder import record
from tests.crash.table import Line
from tests.crash.verdict import QUICK, Verdict, judge_state, share_engine

_MOMENTS = frozenset({"ack", "sync", "rename", "link", "unlink", "write", "mkdir"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A recorded run: its home, what it did, and how many torn states to draw per moment."""

    home: str
    operations: Sequence[Operation]
    processes: int = 1
    torn: int = 1
    seed: int = 1

    def states(self) -> Iterator[State]:
        """Each distinct state that a cut at any moment may leave, in order of time."""
        disk, chance = Disk(self.home), random.Random(self.seed)
        acknowledged: tuple[str, ...] = ()
        met: set[int] = set()
        for done in self.operations:
            if done.call == "ack":
                acknowledged += done.tokens
            else:
                disk.follow(done)
            if done.call not in _MOMENTS:
                continue
            for state in disk.states(chance, acknowledged, torn=self.torn):
                trace = hash((frozenset(state.files.items()), state.folders, acknowledged))
                if trace not in met:
                    met.add(trace)
                    yield state


def record_life(*names: str, torn: int = 1, seed: int = 1) -> Life:
    """Records one life, or several at once in the same home."""
    with tempfile.TemporaryDirectory(prefix="life_", dir=QUICK) as folder:
        home = Path(folder).resolve() / "home"
        operations = record("tests.crash.workload", home, *names)
    told = max(1, len(names))
    return Life(home=str(home), operations=operations, processes=told, torn=torn, seed=seed)


def explore(life: Life, *, at_most: int | None = None, workers: int = 2) -> Line:
    """Judges all states of a life, or about `at_most` spread over its whole length."""
    states = life.states() if at_most is None else spread(life, at_most)
    verdicts: list[Verdict] = []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=share_engine) as pool:
        while group := list(islice(states, 256)):
            judged = pool.map(partial(judge_state, home=life.home), group, chunksize=8)
            verdicts.extend(judged)
    return Line(
        name=f"power cut, {life.processes} at work, {len(life.operations)} operations",
        tried=len(verdicts),
        faults=tuple(one.fault for one in verdicts if one.fault is not None),
        confirmed=frozenset(one.acknowledged for one in verdicts),
    )


def spread(life: Life, at_most: int) -> Iterator[State]:
    """At most so many states of a life, evenly over its length."""
    total = sum(1 for _ in life.states())
    for number, state in enumerate(life.states()):
        if number * at_most // total != (number - 1) * at_most // total or total <= at_most:
            yield state
