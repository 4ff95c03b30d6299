"""A server that is stopped ends its work, keeps what it took, and says nothing more."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest

from verite import Home
from verite.web.ending import join_behind


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def run(home: Path, *words: str) -> str:
    command = [sys.executable, "-m", "verite", "--home", str(home), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def send(port: int, key: str, number: int) -> bool:
    """Whether it was taken: a server that is stopping takes nothing more."""
    events = [
        {"type": "track", "event": "Call", "messageId": f"{number}-{i}", "userId": f"user-{i}",
         "timestamp": "2026-05-01T10:00:00Z", "properties": {"channel": "phone"}}
        for i in range(100)
    ]  # fmt: skip
    call = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/batch",
        data=json.dumps({"batch": events}).encode(),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(call, timeout=20) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.parametrize("stopped_by", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_server_ends_in_silence_and_lost_nothing(tmp_path: Path, stopped_by) -> None:
    home, port = tmp_path / "home", free_port()
    run(home, "init")
    key = json.loads(run(home, "sources", "--add", "shop", "--scope", "track", "--json"))["key"]
    command = [sys.executable, "-m", "verite", "--home", str(home), "serve", "--port", str(port)]
    with (tmp_path / "said").open("w") as said:
        server = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        )
        try:
            until = time.monotonic() + 60
            while not send(port, key, 0) and time.monotonic() < until:
                time.sleep(0.25)
            taken = [send(port, key, number) for number in range(1, 60)]
            time.sleep(6)  # a drain has come by
            taken += [send(port, key, number) for number in range(60, 80)]
            os.killpg(server.pid, stopped_by)
            code = server.wait(timeout=60)
        finally:
            server.kill()
    assert all(taken)
    assert (code, (tmp_path / "said").read_text()) == (0, "")
    with Home.open(home) as kept:
        kept.drain(at=datetime.now(UTC))
        assert kept.status().result.interactions == 8000


def test_the_end_waits_for_work_behind_the_pages_but_not_for_ever() -> None:
    over = threading.Event()
    work = threading.Thread(target=over.wait, name="lately", daemon=True)
    work.start()
    assert not join_behind(0.1)
    over.set()
    work.join()
    assert join_behind(5)
