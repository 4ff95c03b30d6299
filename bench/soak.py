"""A long load on the collector: is memory flat, does the drain keep pace, do answers stay quick?

Run alone: `python -m bench.soak FOLDER [MINUTES] [VIEW|RSGI] [EVENTS_PER_S]`, by default ten
minutes through the pages' door at 80 % of its bound. Prints one row per half minute, then the
sender's percentiles.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.collector import DOORS, SHARE, Served, memory_of, send, served
from bench.sending import EVENTS

_EVERY_S: Final = 30
_KB_IN_MB: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What stood at one moment: seconds since the start, megabytes of the server's own and of files
    that it maps (the index of ids grows with the ledger), batches waiting."""

    at_s: float
    own_mb: float
    mapped_mb: float
    waiting: int


def soak(
    place: Served, port: int, *, minutes: float, rate: float
) -> tuple[list[Sample], dict[str, float]]:
    """Samples over so long a load of `rate` events a second, and what the sender tells."""
    seconds = minutes * 60
    send(port, place.key, 2, 0)
    with ThreadPoolExecutor(max_workers=1) as beside:
        told = beside.submit(send, port, place.key, seconds, rate / EVENTS)
        found = list(_samples(place, seconds))
        return found, told.result()


def _samples(place: Served, seconds: float) -> Iterator[Sample]:
    began = time.monotonic()
    with closing(sqlite3.connect(place.home / "inbox.sqlite3", timeout=60)) as inbox:
        while (at_s := time.monotonic() - began) < seconds:
            waiting = inbox.execute("SELECT count(*) FROM batches").fetchone()[0]
            own, mapped = (
                memory_of(place.group, kind) / _KB_IN_MB for kind in ("RssAnon", "RssFile")
            )
            yield Sample(at_s=at_s, own_mb=own, mapped_mb=mapped, waiting=int(waiting))
            time.sleep(min(_EVERY_S, max(0.1, seconds - at_s)))


def main() -> None:
    """The table of one run."""
    folder, *rest = sys.argv[1:]
    minutes = float(rest[0]) if rest else 10.0
    door = DOORS[1 if len(rest) > 1 and rest[1].upper() == "RSGI" else 0]
    rate = float(rest[2]) if len(rest) > 2 else SHARE * door.bound
    with served(Path(folder)) as place:
        samples, told = soak(place, place.port + door.beyond, minutes=minutes, rate=rate)
    print(
        f"{door.name}, {rate:,.0f} events/s asked for {minutes:g} min; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    print("\n| s | MB of its own | MB of mapped files | batches waiting |\n|---:|---:|---:|---:|")
    for one in samples:
        print(f"| {one.at_s:.0f} | {one.own_mb:.0f} | {one.mapped_mb:.0f} | {one.waiting:,} |")
    print(f"\nsent {told['events_per_s']:,.0f} events/s, {told['refused']:.0f} refused, ", end="")
    print(
        f"p50 {told['p50_ms']:.1f} ms, p99 {told['p99_ms']:.1f} ms, worst {told['worst_ms']:.0f} ms"
    )


if __name__ == "__main__":
    main()
