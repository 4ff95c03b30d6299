"""The cockpit of the demo, served on loopback as `verite demo` serves it."""

from __future__ import annotations

import http.client
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.table import Line

_REQUESTS = 30
_MOST_MS, _MOST_KB = 150.0, 100.0
_READY_SECONDS = 300
_LINKED = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """An answer: its status, its bytes as sent, its headers, and the seconds to its last byte."""

    status: int
    body: bytes
    headers: http.client.HTTPMessage
    seconds: float


class Browser:
    """One connection kept open, with its cookies."""

    def __init__(self, port: int, *, patience: float = 120) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        self._cookies: dict[str, str] = {}

    def get(self, address: str, *, packed: bool = True) -> Got:
        """A page, gzip'ed when the server will."""
        return self._ask("GET", address, {"Accept-Encoding": "gzip"} if packed else {})

    def post(self, address: str, form: dict[str, str]) -> Got:
        """A form sent."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", address, kind, urlencode(form))

    def _ask(self, verb: str, address: str, headers: dict[str, str], body: str = "") -> Got:
        told = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items()), **headers}
        start = time.perf_counter()
        self._connection.request(verb, address, body or None, told)
        response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - start
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name.strip()] = value
        return Got(status=response.status, body=content, headers=response.headers, seconds=seconds)


def measure(folder: Path) -> list[Line]:
    """Milliseconds and kilobytes of the cockpit, signed in by the printed link."""
    with _served(folder / "demo") as (browser, link):
        form = browser.get(link, packed=False).body.decode()
        found = _TOKEN.search(form)
        browser.post(link, {"csrfmiddlewaretoken": found[1] if found else ""})
        first = _page(browser, "/")
        taken = [_page(browser, "/").seconds for _ in range(_REQUESTS)]
        # Periods that nobody asked for yet: no answer is remembered.
        fresh = [_page(browser, f"/?since=2026-0{n}-01&until=2026-0{n + 1}-01") for n in (3, 5, 7)]
        linked = sorted(set(_LINKED.findall(_page(browser, "/", packed=False).body)))
        weight = len(first.body) + sum(len(_page(browser, one.decode()).body) for one in linked)
    slowest = max(page.seconds for page in fresh)
    told = f"first one {first.seconds:.1f} s; a period never asked before {slowest:.1f} s at most"
    return [
        _line(f"cockpit of the demo, ms, median of {_REQUESTS}", taken, told),
        Line(
            what="first page with its style and script, kB as sent (gzip)",
            ours=f"page {len(first.body) / 1e3:.1f} kB",
            against="",
            figure=weight / 1e3,
            bound=_MOST_KB,
        ),
    ]


def _line(what: str, taken: list[float], against: str) -> Line:
    median = statistics.median(taken) * 1e3
    ours = f"{median:.1f} ms"
    return Line(what=what, ours=ours, against=against, figure=median, bound=_MOST_MS)


def _page(browser: Browser, address: str, *, packed: bool = True) -> Got:
    got = browser.get(address, packed=packed)
    if got.status != http.client.OK:
        raise ValueError(f"{address}: {got.status}")
    return got


@contextmanager
def _served(home: Path) -> Iterator[tuple[Browser, str]]:
    """The demo, made if need be, served until the block ends; the path of its sign-in link."""
    port = _free_port()
    with subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "verite", "demo", str(home), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            link = _link(server)
            _wait_ready(port)
            yield Browser(port), link
        finally:
            _stop(server)


def _stop(server: subprocess.Popen[str]) -> None:
    server.terminate()
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()


def _link(server: subprocess.Popen[str]) -> str:
    for line in server.stdout or ():
        if line.strip().startswith("http"):
            return urlsplit(line.strip()).path
    raise ValueError("no sign-in link was printed")


def _wait_ready(port: int) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until:
        try:
            if Browser(port, patience=20).get("/readyz").status == http.client.OK:
                return
        except OSError:
            time.sleep(0.05)
    raise ValueError("the server is not ready")


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
