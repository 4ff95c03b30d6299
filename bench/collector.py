"""The collector over loopback, as `verite serve --collector` serves it, and the drain behind it."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.sending import EVENTS, batch
from bench.table import Line

_CONNECTIONS = 16
SHARE = 0.8
_MOST_MS = 250.0
_READY_S = 120
_DRAINED_S = 300
_AT = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)
_MEGABYTE = 1024  # kilobytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One way in: its name, its port beyond the first, the events a second that it must take."""

    name: str
    beyond: int
    bound: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A server under load: its first port, a write key, its processes' group."""

    home: Path
    port: int
    key: str
    group: int


DOORS = (
    Door(name="the pages' door", beyond=0, bound=20_000),
    Door(name="the RSGI adapter", beyond=1, bound=50_000),
)


def measure(folder: Path, *, seconds: float = 10, events: int = 500_000) -> list[Line]:
    """Events a second at most, the slowest per cent at 80 % of the bound, memory, the drain."""
    lines: list[Line] = []
    for door in DOORS:
        with served(folder / f"collector-{door.beyond}") as place:
            lines += _load(place, door, seconds)
    return [*lines, _drain(folder / "drained", events)]


def _load(place: Served, door: Door, seconds: float) -> Iterator[Line]:
    port = place.port + door.beyond
    send(port, place.key, 2, 0)  # a first breath
    most = send(port, place.key, seconds, 0)
    yield Line(
        what=f"events/s through {door.name}, batches of {EVENTS}, the drain beside it",
        ours=f"p50 {most['p50_ms']:.0f} ms, p99 {most['p99_ms']:.0f} ms",
        against=f"{most['refused']:.0f} refused",
        figure=most["events_per_s"],
        bound=door.bound,
        at_most=False,
    )
    _wait_drained(place.home)
    before = memory_of(place.group)
    steady = send(port, place.key, seconds, SHARE * door.bound / EVENTS)
    yield Line(
        what=f"p99 through {door.name} at 80 % of {door.bound:,} events/s, ms",
        ours=f"p50 {steady['p50_ms']:.1f} ms, worst {steady['worst_ms']:.0f} ms",
        against=f"{steady['events_per_s']:,.0f} events/s sent",
        figure=steady["p99_ms"],
        bound=_MOST_MS,
    )
    grown = memory_of(place.group) - before
    yield Line(
        what=f"memory of the server grown over {seconds:.0f} s of that load, MB",
        ours=f"from {before / _MEGABYTE:.0f} MB",
        against="",
        figure=max(0.0, grown / _MEGABYTE),
        bound=256,
    )


def _drain(home: Path, events: int) -> Line:
    """Events a second from the inbox into the ledger, durable."""
    from verite.home import Home
    from verite.loop.listen.collect import Kind, Packet, pack
    from verite.words.live import Mode

    with Home.create(home) as made:
        made.open_records()
        promises = []
        for number in range(events // EVENTS):
            body = batch(number).replace(b"@@@@@@@@@@@@", secrets.token_hex(6).encode())
            packet = Packet(
                kind=Kind.SEGMENT, call="batch", at=_AT, mode=Mode.IDENTIFIED, body=body
            )
            promises.append(made.desk.ledger.offer(pack(packet), source="shop", at=_AT))
        for promise in promises:
            promise.result()
        start = time.perf_counter()
        kept = made.drain(at=_AT).kept
        taken = time.perf_counter() - start
    return Line(
        what=f"events/s drained into the ledger, {events:,} at once",
        ours=f"{taken:.1f} s",
        against=f"{kept:,} kept",
        figure=kept / taken,
        bound=50_000,
        at_most=False,
    )


def send(port: int, key: str, seconds: float, rate: float) -> dict[str, float]:
    """What a sender in a process of its own tells."""
    words = [str(port), key, str(_CONNECTIONS), str(seconds), str(rate)]
    found = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "bench.sending", *words], check=True, capture_output=True, text=True
    )
    told: dict[str, float] = json.loads(found.stdout)
    return told


@contextmanager
def served(home: Path) -> Iterator[Served]:
    key, port = _home_with_source(home), _free_ports()
    words = ["--home", str(home), "serve", "--port", str(port), "--collector"]
    server = subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "verite", *words],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for door in DOORS:
            _wait(port + door.beyond)
        time.sleep(2)  # pages are warmed beside the first calls
        yield Served(home=home, port=port, key=key, group=server.pid)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def _home_with_source(folder: Path) -> str:
    from verite.home import Home

    with Home.create(folder) as home:
        using = home.open_records()
        from verite.records.listen.source_actions import HIGHEST_RATE, Wanted, make_source
        from verite.words.member import CONSOLE

        wanted = Wanted(name="shop", rate_per_s=HIGHEST_RATE)
        return make_source(using=using, by=CONSOLE, wanted=wanted, at=_AT).key


def _wait(port: int) -> None:
    until = time.monotonic() + _READY_S
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise ValueError("the server is not ready")


def _wait_drained(home: Path) -> None:
    """What the first load left must not be drained during the second."""
    until = time.monotonic() + _DRAINED_S
    with closing(sqlite3.connect(home / "inbox.sqlite3", timeout=60)) as inbox:
        while inbox.execute("SELECT max(batch) FROM batches").fetchone()[0] is not None:
            if time.monotonic() > until:
                raise ValueError("the drain does not keep pace")
            time.sleep(0.5)


def memory_of(group: int, kind: str = "VmRSS") -> int:
    """Kilobytes held by the processes of a session; shared pages count in each.

    `RssAnon` is their own, `RssFile` what is mapped of files and given back when others need room.
    """
    total = 0
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            if os.getsid(int(place.name)) != group:
                continue
            lines = (place / "status").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))
    return total


def _free_ports() -> int:
    """A port whose next one is free too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def main() -> None:
    """Run alone: `python -m bench.collector FOLDER [SECONDS] [EVENTS]`; the table of this file."""
    from bench.table import markdown

    folder, *rest = sys.argv[1:]
    seconds = float(rest[0]) if rest else 10
    events = int(rest[1]) if len(rest) > 1 else 500_000
    print(f"load {os.getloadavg()[0]:.1f} at the start")
    print(markdown(measure(Path(folder), seconds=seconds, events=events)))


if __name__ == "__main__":
    main()
