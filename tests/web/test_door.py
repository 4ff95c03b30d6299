"""The door of the pages: who drips a body waits alone, and every body comes through as it was."""

from __future__ import annotations

import asyncio
import http.client
import io
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from tests.crash.collectors import _free_ports, _is_alive, make

from verite.web.bodies import MOST

pytestmark = pytest.mark.xdist_group("door")  # one server
DRIPPING = 20
SOON_S = 2.0


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[tuple[int, str]]:
    """Where the real command serves, and the link that signs its owner in."""
    home, port = tmp_path_factory.mktemp("door") / "home", _free_ports()
    make(home)
    words = ["--home", str(home), "serve", "--port", str(port)]
    command = [sys.executable, "-m", "verite", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    link = next(line.strip() for line in process.stdout if "/sign-in/" in line)
    until = time.monotonic() + 120
    while not _is_alive(port):
        assert time.monotonic() < until
        time.sleep(0.1)
    yield port, link.partition(str(port))[2]
    process.kill()
    process.wait()


@pytest.fixture
def port(served) -> int:
    return served[0]


def ask(port: int, method: str, path: str, body: bytes | None = None, **headers: str):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read()


def drip(port: int, path: str, stack: ExitStack) -> socket.socket:
    """A caller that announces a body and hands over its first byte."""
    caller = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
    told = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
    caller.sendall(told.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\na")
    return caller


@pytest.mark.parametrize("path", ["/sign-in", "/v1/batch", "/listen"])
def test_pages_answer_while_twenty_callers_drip_their_bodies(port, path):
    ask(port, "GET", "/sign-in")
    with ExitStack() as stack:
        callers = [drip(port, path, stack) for _ in range(DRIPPING)]
        time.sleep(0.3)
        began = time.monotonic()
        for _ in range(3):
            assert ask(port, "GET", "/sign-in")[0].status == 200
            for caller in callers:
                caller.sendall(b"a")
        assert time.monotonic() - began < SOON_S


def test_what_is_asked_comes_through_as_it_was(port):
    answer, _ = ask(port, "GET", "/customers?q=%C3%A9+b&x=%2F")
    assert answer.status == 302
    assert (
        answer.headers["Location"] == "/sign-in?next=%2Fcustomers%3Fq%3D%25C3%25A9%2Bb%26x%3D%252F"
    )
    answer, page = ask(port, "HEAD", "/healthz")
    assert (answer.status, page) == (200, b"")
    assert ask(port, "GET", "/nothing/%C3%A9/%FF")[0].status in {302, 404}
    answer, _ = ask(port, "GET", "/sign-in", Host="elsewhere.example")
    assert answer.status == 400


def test_a_form_is_read_and_a_body_too_large_is_refused_unread(port):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer, _ = ask(port, "POST", "/sign-in", b"email=alice%40example.org", **form)
    assert answer.status == 403  # read, and without its token
    with ExitStack() as stack:
        caller = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        caller.sendall(
            b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n"
        )
        assert b" 413 " in caller.recv(100)


def test_a_file_larger_than_a_form_is_taken_whole(served):
    port, link = served
    jar: dict[str, str] = {}

    def told(method: str, path: str, body: bytes | None = None, **headers: str):
        cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
        answer, page = ask(port, method, path, body, Cookie=cookies, **headers)
        for one in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = one.partition(";")[0].partition("=")
            jar[name] = value
        return answer, page.decode()

    def token(page: str) -> str:
        return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    _, page = told("GET", link)
    told("POST", link, f"csrfmiddlewaretoken={token(page)}".encode(), **form)
    _, page = told("GET", "/listen")
    rows = "".join(f"m{n},user:{n},2026-01-05T09:00:00Z,phone,contact\n" for n in range(130_000))
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token(page)}',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="rows.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\nmessage_id,identity,at,channel,kind\n{rows}",
        "--x--\r\n",
    ]
    body = "\r\n".join(parts).encode()
    assert len(body) > MOST
    kind = "multipart/form-data; boundary=x"
    answer, page = told("POST", "/listen", body, **{"Content-Type": kind})
    assert answer.status == 302, page
    answer, page = told("GET", answer.headers["Location"])
    assert answer.status == 200
    assert "rows.csv" in page


def test_calls_of_the_collector_beyond_what_memory_holds_come_back_later(monkeypatch):
    from types import SimpleNamespace

    from verite.web import door

    told: list[int] = []

    class Slow:
        async def __rsgi__(self, asked, channel) -> None:
            await asyncio.sleep(0.1)
            channel.response_bytes(200, [], b"")

    async def calls() -> None:
        one = door.Door(lambda environ, start: [b""], Slow())
        asked = SimpleNamespace(path="/v1/batch")
        channel = SimpleNamespace(response_bytes=lambda status, *_: told.append(status))
        await asyncio.gather(*(one.__rsgi__(asked, channel) for _ in range(3)))

    monkeypatch.setattr(door, "CALLS", 2)
    run(calls())
    assert told == [503, 200, 200]


class Dripping:
    """A body of which one byte comes now and then, for ever."""

    def __init__(self, every_s: float = 0.01, part: bytes = b"a") -> None:
        self.every_s, self.part = every_s, part

    def __aiter__(self):
        return self

    async def __anext__(self) -> bytes:
        await asyncio.sleep(self.every_s)
        return self.part

    async def __call__(self) -> bytes:
        await asyncio.sleep(60)
        return b""


def run(coroutine):
    """In a thread of its own: the browser tests may leave a loop running in this one."""
    told: list[object] = []
    thread = threading.Thread(target=lambda: told.append(asyncio.run(coroutine)))
    thread.start()
    thread.join()
    return told[0]


def test_a_body_has_a_time_a_size_and_a_share_of_the_room():
    from verite.web.bodies import Cloakroom, NoRoom

    async def take(room: Cloakroom, part: bytes, size: int | None = None) -> object:
        with room.holding() as held:
            try:
                return await room.take(Dripping(part=part), held, size)
            except (TimeoutError, NoRoom) as error:
                return type(error)

    late, small = Cloakroom(within_s=0.1), Cloakroom(room=50)
    assert run(take(late, b"a")) is TimeoutError
    assert run(take(small, b"a" * 20)) is NoRoom
    assert run(take(Cloakroom(most=10), b"a" * 6)) == b"a" * 11
    assert run(take(small, b"a" * 20, size=60)) is NoRoom
    assert run(take(Cloakroom(within_s=0.1), b"a", size=60)) is TimeoutError
    assert (late.held, small.held) == (0, 0)


def test_an_upload_that_stalls_ends_and_a_quick_one_is_whole(monkeypatch):
    from verite.web import bodies

    class Parts(Dripping):
        def __init__(self) -> None:
            self.left = [b"ab", b"", b"cde"]

        async def __anext__(self) -> bytes:
            if not self.left:
                raise StopAsyncIteration
            return self.left.pop(0)

    def read(body) -> object:
        with io.BufferedReader(body) as stream:
            return stream.read()

    async def upload(parts) -> object:
        loop = asyncio.get_running_loop()
        return await asyncio.to_thread(read, bodies.Upload(parts, loop))

    assert run(upload(Parts())) == b"abcde"
    monkeypatch.setattr(bodies, "PART_S", 0.05)
    with pytest.raises(OSError, match="stalled"):
        raise run(caught(upload(Dripping(every_s=10))))
    monkeypatch.setattr(bodies, "WITHIN_S", -1.0)
    with pytest.raises(OSError, match="slow"):
        raise run(caught(upload(Dripping())))


async def caught(coroutine) -> BaseException:
    try:
        return AssertionError(await coroutine)
    except OSError as error:
        return error
