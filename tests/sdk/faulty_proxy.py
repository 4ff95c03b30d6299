"""A proxy that fails on purpose: each key's second call gets a 429, its fourth a 500.

The 500 comes after the server has taken the batch: the client sends it again, and it must count
once. What goes through is recorded, without host or key.
"""

from __future__ import annotations

import http.client
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REFUSED_CALL, LOST_CALL = 2, 4
TOO_MANY, BROKEN = 429, 500
SPARED = {"host", "content-length", "connection", "accept-encoding"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One call as a client made it."""

    key: str
    headers: dict[str, str]
    body: bytes
    status: int


@dataclass(slots=True)
class Ledger:
    """What the proxy saw, by key."""

    calls: Counter[str] = field(default_factory=Counter)
    seen: list[Seen] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Proxy(ThreadingHTTPServer):
    """Stands before a server."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.behind = port
        self.ledger = Ledger()

    @property
    def address(self) -> str:
        """Where clients send."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves its connection is no news."""

    def run(self) -> None:
        """Serves in a thread of its own until shut down."""
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Call(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = self.headers.get("Authorization", "")
        ledger = self.server.ledger
        with ledger.lock:
            ledger.calls[key] += 1
            number = ledger.calls[key]
        if number == REFUSED_CALL:
            self._answer(TOO_MANY, b"{}", {"Retry-After": "1"})
            status = TOO_MANY
        else:
            status, told, headers = self._forward(body)
            if number == LOST_CALL:
                status, told = BROKEN, b"{}"
            self._answer(status, told, headers)
        with ledger.lock:
            kept = {name.lower(): value for name, value in self.headers.items()}
            ledger.seen.append(Seen(key=key, headers=kept, body=body, status=status))

    def _forward(self, body: bytes) -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=60)
        headers = {n: v for n, v in self.headers.items() if n.lower() not in SPARED}
        try:
            connection.request("POST", self.path, body=body, headers=headers)
            answer = connection.getresponse()
            told = answer.read()
            after = answer.getheader("Retry-After")
            return answer.status, told, {"Retry-After": after} if after else {}
        finally:
            connection.close()

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the terminal."""
