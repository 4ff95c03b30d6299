"""The real clients against a real server: `python tests/sdk/run.py [--events N] [--record]`.

segment-analytics-python, @segment/analytics-node and @rudderstack/rudder-sdk-node each send N
events to `verite serve` through a proxy that fails on purpose. Then every event is in the ledger
once, within a second of the time that its client told.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from faulty_proxy import BROKEN, TOO_MANY, Proxy
from recording import record

HERE = Path(__file__).parent
PACKAGES = ("@segment/analytics-node@3.1.0", "@rudderstack/rudder-sdk-node@3.0.13")
CLIENTS = ("segment-python", "segment-node", "rudder-node")
WITHIN_S = 1.0
STARTED_WITHIN_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the ledger holds of one client."""

    client: str
    kept: int
    distinct: int
    farthest_s: float
    refused_429: int
    refused_500: int


def main() -> int:
    """Runs everything; 0 when each event is there once and on time."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=10_000)
    asked.add_argument("--record", action="store_true", help="write tests/sdk/payloads/ again")
    told = asked.parse_args()
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            sys.stderr.write(f"sdk: {tool} is missing; install node 20 or later\n")
            return 2
    with tempfile.TemporaryDirectory(prefix="verite-sdk-") as folder:
        verdicts = _try(Path(folder), told.events, told.record)
    for one in verdicts:
        sys.stdout.write(
            f"{one.client:15} {one.kept:6} interactions, {one.distinct} distinct,"
            f" farthest {one.farthest_s:.3f} s, 429 × {one.refused_429}, 500 × {one.refused_500}\n"
        )
    fine = [
        one.kept == one.distinct == told.events
        and one.farthest_s <= WITHIN_S
        and one.refused_429 >= 1
        and one.refused_500 >= 1
        for one in verdicts
    ]
    total = sum(one.kept for one in verdicts)
    sys.stdout.write(f"total {total}: {'each once, times right' if all(fine) else 'FAILED'}\n")
    return 0 if all(fine) and len(fine) == len(CLIENTS) else 1


def _try(folder: Path, events: int, is_recording: bool) -> list[Verdict]:
    home = folder / "home"
    _run([sys.executable, "-m", "verite", "--home", str(home), "init"])
    keys = _make_sources(home)
    node = _install(folder / "node")
    with _served(home) as port:
        proxy = Proxy(port)
        proxy.run()
        started = [
            subprocess.Popen(command, env=env)
            for command, env in _commands(proxy.address, keys, events, node)
        ]
        failed = [process.args for process in started if process.wait(timeout=900)]
        proxy.shutdown()
    if failed:
        raise SystemExit(f"sdk: a client failed: {failed}")
    if is_recording:
        record(proxy.ledger.seen, keys, HERE / "payloads")
    return _read(home, proxy, keys)


def _commands(
    host: str, keys: dict[str, str], events: int, node: Path
) -> Iterator[tuple[list[str], dict[str, str]]]:
    env = {**os.environ, "NODE_PATH": str(node / "node_modules"), "NO_PROXY": "127.0.0.1"}
    clients = HERE / "clients"
    for name, program in (
        ("segment-python", [sys.executable, str(clients / "segment_python.py")]),
        ("segment-node", ["node", str(clients / "segment_node.cjs")]),
        ("rudder-node", ["node", str(clients / "rudder_node.cjs")]),
    ):
        yield [*program, host, keys[name], str(events)], env


def _make_sources(home: Path) -> dict[str, str]:
    """A source per client, by name, with its key."""
    from verite.home import Home
    from verite.words.member import console

    with Home.open(home) as opened:
        using = opened.open_records()
        from verite.records.listen.source_actions import Wanted, make_source

        return {
            name: make_source(
                using=using, by=console("sdk"), wanted=Wanted(name=name), at=datetime.now(UTC)
            ).key
            for name in CLIENTS
        }


def _install(folder: Path) -> Path:
    """The npm packages, outside of the repository."""
    folder.mkdir()
    (folder / "package.json").write_text('{"private": true}')
    npm = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    _run([*npm, "--prefer-offline", *PACKAGES], cwd=folder)
    return folder


@contextmanager
def _served(home: Path) -> Iterator[int]:
    port = _free_port()
    command = [sys.executable, "-m", "verite", "--home", str(home), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(STARTED_WITHIN_S * 5):
        if server.poll() is not None:
            raise SystemExit("sdk: the server stopped")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("sdk: the server did not start")


def _read(home: Path, proxy: Proxy, keys: dict[str, str]) -> list[Verdict]:
    import base64

    import duckdb

    from verite.home import Home

    with Home.open(home) as opened:
        opened.drain(at=datetime.now(UTC))
        files = list(opened.desk.ledger.files())
        if opened.desk.ledger.quarantine_count:
            raise SystemExit(f"sdk: quarantine: {opened.desk.ledger.quarantined(limit=3)}")
    found = duckdb.execute(
        "SELECT properties->>'sdk', count(*), count(DISTINCT properties->>'n'),"
        " max(abs(ts_us / 1e6 - (properties->>'told_s')::DOUBLE))"
        " FROM read_parquet(?, union_by_name = true) GROUP BY 1 ORDER BY 1",
        [files],
    ).fetchall()
    verdicts = []
    for client, kept, distinct, farthest in found:
        key = "Basic " + base64.b64encode(f"{keys[client]}:".encode()).decode()
        statuses = [one.status for one in proxy.ledger.seen if one.key == key]
        verdicts.append(
            Verdict(
                client=client, kept=kept, distinct=distinct, farthest_s=farthest,
                refused_429=statuses.count(TOO_MANY), refused_500=statuses.count(BROKEN),
            )
        )  # fmt: skip
    return verdicts


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _run(command: list[str], cwd: Path | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"sdk: {' '.join(command[:3])}: {done.stderr[-800:]}")


if __name__ == "__main__":
    sys.exit(main())
