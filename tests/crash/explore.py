"""`make crash`: more than ten thousand power cuts, then every fault, with their verdicts.

Run from the root of the project: `python -m tests.crash.explore [STATES]`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from tests.crash.faults import (
    Accident,
    die_at_sync,
    fail_sync,
    fill_disk_at,
    fill_small_disk,
    kill_at_random,
    kill_collectors,
    kill_commands,
)
from tests.crash.power_cut import explore, record_life
from tests.crash.table import Line, head, total

LIVES = (("a",), ("a", "b"))
WANTED = 10_000
KILLS = 50
COLLECTORS = 20
WORKERS = 2
UNHARMED = 6


def main() -> int:
    """Prints what was tried and found; 1 when anything was lost, doubled or unreadable."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else WANTED
    began = monotonic()
    print(head(), flush=True)
    with ThreadPoolExecutor() as pool:
        # Side by side: each of them waits for disks and starting processes half of the time.
        parts = [pool.submit(list, part) for part in (cut_power(wanted), fail(), kill())]
        lines = [line for part in parts for line in part.result()]
    everything = total("all", lines)
    print(everything)
    print(f"{monotonic() - began:.0f} s", flush=True)
    return 0 if all(line.passed for line in lines) else 1


def fail() -> Iterator[Line]:
    """Every fsync that fails or kills, and disks without room."""
    whole = sum(len(done.tokens) for done in record_life("a").operations)
    yield tell("EIO at each fsync", until_unharmed(fail_sync, whole))
    yield tell("SIGKILL at each fsync", until_unharmed(die_at_sync, whole))
    yield tell("disk full from a write on", spread_out(fill_disk_at, range(1, 120, 3)))
    yield tell("small disks, 80 to 1,160 kB", spread_out(fill_small_disk, range(80, 1200, 40)))


def kill() -> Iterator[Line]:
    """Random deaths of a ledger, of commands, of a server that collects."""
    yield tell("kill -9 of a ledger at work", kill_at_random(KILLS, seed=1))
    yield tell("kill -9 of `listen`, then of `map`", kill_commands(KILLS, seed=1))
    yield tell("kill -9 of the collector under load", kill_collectors(COLLECTORS, seed=1))


def cut_power(wanted: int) -> Iterator[Line]:
    """Lives of one and of two processes, recorded anew until enough states were seen."""
    seen, turn = 0, 0
    while seen < wanted:
        names = LIVES[turn % len(LIVES)]
        life = record_life(*names, torn=8, seed=turn)
        line = explore(life, at_most=wanted - seen if seen else None, workers=WORKERS)
        show(line)
        seen, turn = seen + line.tried, turn + 1
        yield line


def spread_out(
    accident: Callable[[int], Accident | None], numbers: Iterable[int]
) -> Iterator[Accident]:
    """Accidents two at a time, without those that cannot be made here."""
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from (one for one in pool.map(accident, numbers) if one is not None)


def until_unharmed(accident: Callable[[int], Accident], whole: int) -> Iterator[Accident]:
    """The accident at the 1st, 2nd, 3rd… call, until several lives in a row had no such call."""
    for start in range(1, 1000, UNHARMED):
        met = list(spread_out(accident, range(start, start + UNHARMED)))
        yield from met
        if all(not one.words and one.verdict.acknowledged == whole for one in met):
            return


def tell(name: str, accidents: Iterable[Accident]) -> Line:
    """Runs accidents of one kind and prints their line."""
    met = list(accidents)
    line = Line(
        name=name,
        tried=len(met),
        faults=tuple(one.verdict.fault for one in met if one.verdict.fault is not None),
        confirmed=frozenset(one.verdict.acknowledged for one in met),
    )
    show(line)
    return line


def show(line: Line) -> None:
    """Prints a line, and the first of its faults."""
    print(line, flush=True)
    for fault in line.faults[:20]:
        print("  ", fault, flush=True)
    if line.is_idle:
        print("   all runs ended alike: nothing was injected", flush=True)


if __name__ == "__main__":
    sys.exit(main())
