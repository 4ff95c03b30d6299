"""A real Chromium before the small home."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing to tell."""


@pytest.fixture(scope="session")
def address(served: str) -> Iterator[str]:
    """Where the small home is served."""
    from verite.records.setup import home_of
    from verite.web.application import application

    server = make_server(
        "127.0.0.1", 0, application(home_of(served)), server_class=_Threaded, handler_class=_Quiet
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def signed_in(chromium, address: str, served: str) -> dict:
    """Alice's cookies, won by pressing the button behind her link."""
    from verite.records.accounts.actions import make_link
    from verite.words.member import CONSOLE

    token = make_link(using=served, by=CONSOLE, email="alice@example.org", at=datetime.now(UTC))
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/sign-in/{token}")
    page.click("main button")
    page.wait_for_url(f"{address}/")
    cookies = context.storage_state()
    context.close()
    return cookies
