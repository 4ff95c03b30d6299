"""`verite serve --collector`: a second door for volume, in a process of its own."""

from __future__ import annotations

import base64
import gzip
import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.crash.collectors import _free_ports, _is_alive, make

pytestmark = pytest.mark.xdist_group("volume")  # one server, stopped by the last test


class Server:
    """The real command, its two ports, a key."""

    def __init__(self, home: Path) -> None:
        self.home, self.key, self.port = home, make(home), _free_ports()
        words = ["--home", str(home), "serve", "--port", str(self.port), "--collector"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "verite", *words], stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + 120
        while not all(_is_alive(port) for port in (self.port, self.port + 1)):
            assert time.monotonic() < until
            time.sleep(0.1)

    def send(self, body, *, door=1, method="POST", path="/v1/batch", key=None, **headers):
        """What one of the doors answers."""
        basic = base64.b64encode(f"{self.key if key is None else key}:".encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port + door, timeout=60)
        told = {"Authorization": f"Basic {basic}"} | headers
        told = {name: text for name, text in told.items() if text}
        with suppress(BrokenPipeError):  # refused before it was sent whole
            connection.request(method, path, body, told, encode_chunked=not isinstance(body, bytes))
        answer = connection.getresponse()
        self.page = answer.getheader("Access-Control-Allow-Origin")
        return answer.status, json.loads(answer.read() or b"{}")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    found = Server(tmp_path_factory.mktemp("volume") / "home")
    yield found
    found.process.kill()
    found.process.wait()


def batch(*ids: str) -> bytes:
    events = [
        {"type": "track", "event": "Seen", "userId": "u", "messageId": one,
         "timestamp": "2026-01-05T12:00:00Z"}
        for one in ids
    ]  # fmt: skip
    return json.dumps({"batch": events}).encode()


def test_both_doors_answer_alike(server):
    for door in (0, 1):
        assert server.send(batch(f"a{door}"), door=door) == (200, {"success": True})
        assert server.send(gzip.compress(batch(f"z{door}")), door=door)[0] == 200
        assert server.send(iter([batch(f"c{door}")]), door=door)[0] == 200  # in chunks
        assert server.send(b"{", door=door)[0] == 400
        assert server.send(batch("x"), door=door, key="wrong")[0] == 401
        assert server.send(b" " * 4_000_001, door=door)[0] == 413
        assert server.send(gzip.compress(bytes(20_000_000)), door=door)[0] == 413
        assert server.send(b"", door=door, method="GET")[0] == 405
        assert server.send(b"{}", door=door, path="/v1/nothing")[0] == 404


def test_a_source_made_a_moment_ago_is_known_at_once_at_both_doors_beside_wrong_keys(server):
    from verite.home import Home
    from verite.web.clock import now
    from verite.words.live import Mode

    told = []
    with Home.open(server.home) as home:
        for turn in range(6):
            for door in (0, 1):
                name, mode = f"new {turn} {door}", Mode.IDENTIFIED
                key = home.make_source(name, mode=mode, scopes=None, at=now()).key
                told.append(server.send(batch(name), door=door, key=key)[0])
                assert server.send(batch("x"), door=door, key="wrong")[0] == 401
    assert told == [200] * 12


def test_both_doors_let_the_pages_of_a_source_send(server):
    from verite.home import Home
    from verite.web.clock import now
    from verite.words.live import Mode

    page, asked = "https://site.example", {"Access-Control-Request-Method": "POST"}
    with Home.open(server.home) as home:
        key = home.make_source(
            "site", mode=Mode.IDENTIFIED, scopes=None, origins=[page], at=now()
        ).key
    for door in (0, 1):
        assert server.send(batch("s"), door=door, key=key, Origin=page)[0] == 200
        assert server.page == page
        quiet = {"Authorization": "", "Origin": page, **asked}
        assert server.send(b"", door=door, method="OPTIONS", **quiet) == (204, {})
        assert server.page == page
        quiet = {**quiet, "Origin": "https://other.example"}
        assert server.send(b"", door=door, method="OPTIONS", **quiet)[0] == 403
        assert server.page is None
        assert server.send(b" " * 4_000_001, door=door, Origin=page)[0] == 413
        assert server.page == page


def test_a_caller_that_drips_its_body_is_let_go(monkeypatch):
    import asyncio
    from types import SimpleNamespace

    from verite.loop.listen.collect import Limits
    from verite.web.collector import rsgi

    class Dripping:
        def __aiter__(self):
            return self

        async def __anext__(self):
            await asyncio.sleep(0.01)
            return b" "

        def response_bytes(self, status, headers, body):
            told.append((status, dict(headers)["retry-after"]))

    told = []
    monkeypatch.setattr(rsgi, "BODY_S", 0.1)
    keeper = SimpleNamespace(gate=SimpleNamespace(limits=Limits()))
    asked = SimpleNamespace(method="POST", path="/v1/batch", headers={})
    # In a thread of its own: the browser tests may leave a loop running in this one.
    call = rsgi.Collector(keeper).__rsgi__(asked, Dripping())
    thread = threading.Thread(target=asyncio.run, args=(call,))
    thread.start()
    thread.join()
    assert told == [(503, "15")]


def test_a_stop_is_clean_and_what_was_answered_is_filed(server):
    from verite.home import Home
    from verite.web.clock import now

    assert server.send(batch("last"))[0] == 200
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(timeout=60)
    assert not any(_is_alive(port) for port in (server.port, server.port + 1))
    with Home.open(server.home) as home:
        home.drain_waiting(at=now())
        assert home.status().result.interactions >= 1
