"""A real HTTP sink on loopback, which answers as it is told and keeps what it heard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Heard:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Sink:
    """Where calls end up: the next answers, and the requests heard so far."""

    port: int = 0
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    drips: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def allow(self) -> tuple[str, ...]:
        """How the settings name it."""
        return (f"127.0.0.1:{self.port}",)

    def waited(self, count: int, seconds: float = 5.0) -> bool:
        """Whether so many requests came within a while."""
        for _ in range(int(seconds / 0.02)):
            if len(self.heard) >= count:
                return True
            threading.Event().wait(0.02)
        return False

    def will(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Answers so the next time; 204 when nothing is said."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, named, body))


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A listening sink."""
    held = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            named = {name.lower(): value for name, value in self.headers.items()}
            held.heard.append(Heard(self.path, named, body))
            status, headers, answer = held.answers.pop(0) if held.answers else (204, {}, b"")
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            while held.drips.is_set():  # a byte now and then, for ever
                self.wfile.write(b".")
                self.wfile.flush()
                threading.Event().wait(0.05)
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            """Quiet."""

        def handle(self) -> None:
            with suppress(OSError):
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield held
    held.drips.clear()
    server.shutdown()
    server.server_close()
