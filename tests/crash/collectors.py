"""Kills a server that collects under load, again and again, and counts what it had answered.

Run as `python -m tests.crash.collectors HOME TIMES SEED`. The server is the real one, pages and
collector for volume; senders call both doors until it dies. One line of JSON per death.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.crash.forks import moments
from tests.crash.verdict import Verdict, ids_in

_SENDERS = 3  # for each door
_EVENTS = 20
_READY_S = 60
_LONGEST_LIFE_S = 3.0
_AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
_BEYOND = (OSError, http.client.HTTPException)


def main() -> None:
    """One server after the other on one home."""
    home, times, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    key, answered = make(home), set[str]()
    for number, moment in enumerate(moments(times, chance)):
        before = len(answered)
        answered |= live(home, key, f"k{number}", moment * _LONGEST_LIFE_S)
        verdict = judge(home, answered)
        told = Verdict(verdict.fault, verdict.kept, verdict.quarantined, len(answered) - before)
        print(json.dumps(asdict(told)), flush=True)


def make(home: Path) -> str:
    """A home with one live source; its key."""
    from verite.home import Home

    with Home.create(home) as made:
        using = made.open_records()
        from verite.records.listen.source_actions import HIGHEST_RATE, Wanted, make_source
        from verite.words.member import CONSOLE

        wanted = Wanted(name="shop", rate_per_s=HIGHEST_RATE)
        return make_source(using=using, by=CONSOLE, wanted=wanted, at=_AT).key


def live(home: Path, key: str, name: str, seconds: float) -> set[str]:
    """The ids of events whose batch was answered 200 before the server was killed."""
    port = _free_ports()
    answered: list[str] = []
    with _Served(home, port):
        threads = [
            threading.Thread(target=_send, args=(door, key, f"{name}d{which}s{one}", answered))
            for which, door in enumerate((port, port + 1))
            for one in range(_SENDERS)
        ]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
    for thread in threads:
        thread.join()
    return set(answered)


def judge(home: Path, answered: set[str]) -> Verdict:
    """Opens the home as the next server would, drains it, looks for every answered event once."""
    from verite.home import Home

    try:
        with Home.open(home) as opened:
            opened.drain(at=datetime.now(UTC))
            found = Counter(ids_in(opened.desk.ledger.files()))
            quarantined = opened.desk.ledger.quarantine_count
    except Exception as error:  # any failure to read is the finding
        return Verdict(f"unreadable: {type(error).__name__} {error}", 0, 0, len(answered))
    wanted = {hashlib.md5(one.encode(), usedforsecurity=False).hexdigest() for one in answered}
    doubled = [one for one, count in found.items() if count > 1]
    fault = f"doubled: {doubled[:3]}" if doubled else None
    if wanted - found.keys():
        fault = f"lost: {len(wanted - found.keys())} events that were answered"
    return Verdict(fault, found.total(), quarantined, len(answered))


def _send(port: int, key: str, name: str, answered: list[str]) -> None:
    """Sends batch after batch over one connection until the server is gone."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    turn = 0
    while True:
        ids = [f"{name}b{turn}e{one}" for one in range(_EVENTS)]
        body = json.dumps({"batch": [_event(one) for one in ids], "writeKey": key})
        try:
            connection.request("POST", "/v1/batch", body)
            answer = connection.getresponse()
            answer.read()
        except _BEYOND:
            return
        if answer.status == http.client.OK:
            answered.extend(ids)
        turn += 1


def _event(name: str) -> dict[str, str]:
    return {
        "type": "track",
        "event": "Order Completed",
        "userId": f"u{len(name)}",
        "messageId": name,
        "timestamp": "2026-01-05T11:00:00Z",
    }


class _Served:
    """`verite serve --collector` in a session of its own, killed as a whole at the end."""

    def __init__(self, home: Path, port: int) -> None:
        words = ["--home", str(home), "serve", "--port", str(port), "--collector"]
        self._port = port
        self._server = subprocess.Popen(
            [sys.executable, "-m", "verite", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> None:
        until = time.monotonic() + _READY_S
        doors = [self._port, self._port + 1]
        while doors and time.monotonic() < until:
            doors = [door for door in doors if not _is_alive(door)]
            time.sleep(0.05)
        if doors:
            self.__exit__()
            raise TimeoutError("the server does not answer")

    def __exit__(self, *_: object) -> None:
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()


def _is_alive(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except _BEYOND:
        return False
    finally:
        connection.close()


def _free_ports() -> int:
    """A port whose next one is free too."""
    for port in _candidates():
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise OSError("no two free ports in a row")


def _candidates() -> Iterator[int]:
    for _ in range(50):
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            port = int(trial.getsockname()[1])
        yield port


if __name__ == "__main__":
    main()
