"""The outgoing client: where it goes, where it never goes, and when it gives up."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verite.home.outgoing import addresses
from verite.home.outgoing.addresses import is_public, read_place, resolve
from verite.home.outgoing.client import Client
from verite.words.errors import BadInput, SourceError

PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254",
    "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "::1", "::", "fe80::1%eth0",
    "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
    "::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1",
)  # fmt: skip
PUBLIC = ("93.184.216.34", "8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", PRIVATE)
def test_private_local_and_metadata_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are(address):
    assert is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_a_private_address_stays_private_inside_any_ipv6(address):
    number = int(address)
    low = f"{number >> 16:x}:{number & 0xFFFF:x}"
    carried = (f"::ffff:{low}", f"64:ff9b::{low}", f"2002:{low}::", f"::{low}")
    assert not any(is_public(one) for one in carried)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/",
        "https://2130706433/", "https://0x7f.1/", "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/", "https://127.0.0.1:9000/",
    ],
)  # fmt: skip
def test_a_local_address_is_refused_however_it_is_written(url):
    with pytest.raises((BadInput, SourceError)) as caught:
        Client().post(url, b"{}", {})
    assert caught.value.code in {"outgoing_private", "outgoing_not_https", "outgoing_unresolved"}


@pytest.mark.parametrize(
    "url",
    [
        "", "desk.example", "ftp://desk.example/", "https://", "https://desk.example:0/",
        "https://desk.example:99999/", "https://a b/", "https://desk.example/\r\nX: y",
        "https://desk.example\\@127.0.0.1/", "file:///etc/passwd", "https://" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_one_typed_error(url):
    with pytest.raises(BadInput) as caught:
        read_place(url)
    assert caught.value.code == "outgoing_url"


def test_a_password_in_the_address_is_refused():
    with pytest.raises(BadInput) as caught:
        read_place("https://ada:hidden@desk.example/")
    assert caught.value.code == "outgoing_url_secret"
    assert "hidden" not in str(caught.value)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    found = [(2, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
    with pytest.raises(SourceError) as caught:
        resolve(read_place("https://desk.example/"))
    assert (caught.value.code, caught.value.permanent) == ("outgoing_private", True)


def test_a_name_that_changes_after_the_check_leads_nowhere_else(sink, monkeypatch):
    """Rebinding: the name is resolved once, and the connection made to that address."""
    asked = []
    real = socket.getaddrinfo

    def rebinding(host, *args, **more):
        if host != "desk.example":
            return real(host, *args, **more)
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.9.9.9", sink.port))]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", rebinding)
    client = Client(allow=("desk.example",))
    assert client.post(f"http://desk.example:{sink.port}/hook", b"{}", {}).status == 204
    assert asked == ["desk.example"]
    assert sink.heard[0].headers["host"] == f"desk.example:{sink.port}"


def test_an_address_allowed_by_name_is_called(sink):
    reply = Client(allow=sink.allow).post(sink.url + "?a=1", b'{"a":1}', {"X-A": "b"})
    assert reply.status == 204
    assert (sink.heard[0].path, sink.heard[0].body) == ("/hook?a=1", b'{"a":1}')
    assert sink.heard[0].headers["x-a"] == "b"


def test_allowing_one_port_allows_no_other(sink):
    with pytest.raises(BadInput) as caught:
        Client(allow=("127.0.0.1:1",)).post(sink.url, b"", {})
    assert caught.value.code == "outgoing_not_https"


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(400, True), (401, True), (404, True), (410, True), (408, False), (429, False), (500, False),
     (503, False)],
)  # fmt: skip
def test_only_passing_troubles_are_worth_another_try(sink, status, permanent):
    sink.will(status)
    with pytest.raises(SourceError) as caught:
        Client(allow=sink.allow).post(sink.url, b"", {})
    assert caught.value.permanent is permanent
    assert caught.value.fields["status"] == str(status)


def test_a_redirection_is_not_followed(sink):
    sink.will(302, Location=f"http://127.0.0.1:{sink.port}/elsewhere")
    with pytest.raises(SourceError) as caught:
        Client(allow=sink.allow).post(sink.url, b"", {})
    assert (caught.value.code, caught.value.permanent) == ("outgoing_redirected", True)
    assert [heard.path for heard in sink.heard] == ["/hook"]


def test_the_wait_that_a_target_asks_for_is_told(sink):
    sink.will(429, Retry_After="120")
    with pytest.raises(SourceError) as caught:
        Client(allow=sink.allow).post(sink.url, b"", {})
    assert float(caught.value.fields["after_s"]) == 120.0


def test_a_body_that_drips_is_cut_at_the_deadline(sink):
    """Its status came before: the message was received."""
    sink.will(200)
    sink.drips.set()
    start = time.monotonic()
    assert Client(allow=sink.allow, timeout_s=0.6).post(sink.url, b"", {}).status == 200
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_headers_that_drip_are_cut_at_the_deadline(scheme):
    """One byte at a time never runs into the timeout of a single read."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port, over = server.getsockname()[1], threading.Event()

        def drip() -> None:
            caller, _ = server.accept()
            with caller, contextlib.suppress(OSError):
                while not over.wait(0.1):
                    caller.sendall(b"H" if scheme == "http" else b"\x16")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        start, client = time.monotonic(), Client(allow=("127.0.0.1",), timeout_s=0.6)
        with pytest.raises(SourceError) as caught:
            client.post(f"{scheme}://127.0.0.1:{port}/", b"", {})
        over.set()
        thread.join()
    assert (caught.value.code, caught.value.permanent) == ("outgoing_unreachable", False)
    assert time.monotonic() - start < 3


def test_no_more_of_an_answer_is_read_than_its_cap(sink):
    sink.will(200, b"x" * 200_000)
    reply = Client(allow=sink.allow, most_bytes=1000).post(sink.url, b"", {})
    assert len(reply.body) == 1000


def test_a_port_where_nobody_listens_is_worth_another_try():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SourceError) as caught:
        Client(allow=("127.0.0.1",)).post(f"http://127.0.0.1:{port}/", b"", {})
    assert (caught.value.code, caught.value.permanent) == ("outgoing_unreachable", False)


def test_a_plain_server_behind_https_is_a_typed_error(sink):
    with pytest.raises(SourceError) as caught:
        Client(allow=sink.allow, timeout_s=2).post(sink.url.replace("http", "https", 1), b"", {})
    assert caught.value.code in {"outgoing_unreachable", "outgoing_certificate"}
