"""A page of another origin sends to the collector from a real browser: fetch, and a beacon."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.browser

# As Segment's library for browsers does: the key in the body, text/plain, no question first.
PLAIN = """([address, key, id]) => fetch(`${address}/v1/track`, {
  method: "POST", headers: {"Content-Type": "text/plain"},
  body: JSON.stringify({writeKey: key, messageId: id, anonymousId: "a", type: "track",
                        event: "Seen", timestamp: "2026-01-05T12:00:00Z"}),
}).then(answer => answer.text())"""
# As RudderStack's does: the key in the headers, JSON, which makes the browser ask first.
ASKING = """([address, key, id]) => fetch(`${address}/v1/batch`, {
  method: "POST",
  headers: {"Content-Type": "application/json", "Authorization": "Basic " + btoa(key + ":")},
  body: JSON.stringify({batch: [{messageId: id, anonymousId: "a", type: "track",
                                 event: "Seen", timestamp: "2026-01-05T12:00:00Z"}]}),
}).then(answer => answer.text())"""
BEACON = """([address, key, id]) => navigator.sendBeacon(`${address}/v1/batch`, JSON.stringify(
  {writeKey: key, batch: [{messageId: id, anonymousId: "a", type: "track", event: "Seen",
                           timestamp: "2026-01-05T12:00:00Z"}]}))"""
READING = """([address, path]) => fetch(address + path, {credentials: "include"})
  .then(answer => answer.text(), error => "refused: " + error.name)"""


class _Shop(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """An empty page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Shop</title>")

    def log_message(self, *_: object) -> None:
        """Nothing to tell."""


@pytest.fixture(scope="module")
def shop() -> Iterator[str]:
    """Where the pages of a shop are: another port, so another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium, signed_in, shop):
    context = chromium.new_context(storage_state=signed_in)
    found = context.new_page()
    found.goto(f"{shop}/")
    yield found
    context.close()


@pytest.fixture
def key_for(served):
    from verite.records.listen.source_actions import Wanted, make_source
    from verite.words.member import CONSOLE

    def made(name, *origins):
        wanted = Wanted(name=name, origins=origins)
        return make_source(using=served, by=CONSOLE, wanted=wanted, at=datetime.now(UTC)).key

    return made


def waiting(served):
    from verite.records.current import within
    from verite.web.house import home_here

    with within(served):
        return home_here().backlog.batches


def test_a_page_that_its_source_names_sends_and_reads_the_answer(
    page, address, shop, key_for, served
):
    key, before = key_for("named", shop), waiting(served)
    assert page.evaluate(PLAIN, [address, key, "p1"]) == '{"success": true}'
    assert page.evaluate(ASKING, [address, key, "p2"]) == '{"success": true}'
    assert page.evaluate(BEACON, [address, key, "p3"]) is True
    until = time.monotonic() + 10
    while waiting(served) < before + 3 and time.monotonic() < until:
        time.sleep(0.05)
    assert waiting(served) == before + 3


def test_a_page_that_no_source_names_cannot_ask_until_one_takes_any(page, address, key_for, served):
    key, before = key_for("closed"), waiting(served)
    page.goto(page.url.replace("127.0.0.1", "localhost"))
    with pytest.raises(Exception, match="Failed to fetch"):
        page.evaluate(ASKING, [address, key, "n1"])
    assert waiting(served) == before
    key = key_for("any", "*")
    time.sleep(1.1)  # what is allowed is looked up once a second
    assert page.evaluate(ASKING, [address, key, "s1"]) == '{"success": true}'


def test_no_page_of_another_origin_reads_ours_even_with_a_members_cookies(page, address):
    for path in ("/", "/listen/sources", "/api/status", "/healthz"):
        assert page.evaluate(READING, [address, path]).startswith("refused")
