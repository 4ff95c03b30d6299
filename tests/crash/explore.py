"""`make crash`: more than ten thousand power cuts, then every fault, with their verdicts.

Run from the root of the project: `python -m tests.crash.explore [STATES]`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from tests.crash.faults import (
    Accident,
    die_at_sync,
    fail_sync,
    fill_disk_at,
    fill_small_disk,
    kill_at_random,
)
from tests.crash.power_cut import Report, explore, record_life

LIVES = (("a",), ("a", "b"))
WANTED = 10_000


def main() -> int:
    """Prints what was tried and found; 1 when anything was lost, doubled or unreadable."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else WANTED
    reports = list(cut_power(wanted))
    faults = sum(len(report.faults) for report in reports)
    print(f"power cuts: {sum(report.states for report in reports):,} states, {faults} faults")
    faults += tell("EIO at each fsync", (fail_sync(n) for n in range(1, 60)))
    faults += tell("kill at each fsync", (die_at_sync(n) for n in range(1, 60)))
    faults += tell("disk full at a write", (fill_disk_at(n) for n in range(1, 90, 3)))
    small = (fill_small_disk(size) for size in range(80, 1200, 80))
    faults += tell("small disks", (one for one in small if one is not None))
    faults += tell("kill -9 at random moments", kill_at_random(50, seed=1))
    return 1 if faults else 0


def cut_power(wanted: int) -> Iterable[Report]:
    """Lives of one and of two processes, recorded anew until enough states were seen."""
    seen, turn = 0, 0
    while seen < wanted:
        names = LIVES[turn % len(LIVES)]
        life = record_life(*names, torn=8, seed=turn)
        report = explore(life, at_most=wanted - seen if seen else None)
        print(f"{len(names)} process(es), {len(life.operations)} operations: {report}", flush=True)
        for fault in report.faults[:20]:
            print("  ", fault)
        seen, turn = seen + report.states, turn + 1
        yield report


def tell(name: str, accidents: Iterable[Accident]) -> int:
    """Prints one line for a kind of accident; answers how many broke a promise."""
    met = list(accidents)
    broken = [one for one in met if one.verdict.fault is not None]
    confirmed = sorted({one.verdict.acknowledged for one in met})
    varied = f"{confirmed[0]} to {confirmed[-1]}" if confirmed else "none"
    print(f"{name}: {len(met)} runs, {len(broken)} faults; confirmed rows {varied}", flush=True)
    for one in broken[:20]:
        print("  ", one.name, one.verdict.fault)
    # An injection that injects nothing passes everything.
    return len(broken) + (len(met) > 1 and len(confirmed) < 2)


if __name__ == "__main__":
    sys.exit(main())
