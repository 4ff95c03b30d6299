"""The customer's pages in a real browser: beside the other pages, the same checks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from wsgiref.simple_server import make_server

import pytest
from tests.web.browser.conftest import _Quiet, _Threaded
from tests.web.browser.test_look import CHECK, SCREENS, look
from tests.web.test_customers import storied  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stories_at(storied: str) -> Iterator[str]:  # noqa: F811
    """Where the home of the stories is served."""
    from verite.records.setup import home_of
    from verite.web.application import application

    app = application(home_of(storied))
    server = make_server("127.0.0.1", 0, app, server_class=_Threaded, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def alice_in(chromium, stories_at: str, storied: str) -> dict:  # noqa: F811
    """Alice's cookies there."""
    from verite.records.accounts.actions import make_link
    from verite.words.member import CONSOLE

    token = make_link(using=storied, by=CONSOLE, email="alice@example.org", at=datetime.now(UTC))
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{stories_at}/sign-in/{token}")
    page.click("main button")
    page.wait_for_url(f"{stories_at}/")
    cookies = context.storage_state()
    context.close()
    return cookies


@pytest.mark.parametrize(("width", "lang"), [(1280, "fr"), (390, "en")])
def test_customer_pages_hold_up(chromium, stories_at, alice_in, width: int, lang: str) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900 if width > 500 else 844}, storage_state=alice_in
    )
    SCREENS.mkdir(parents=True, exist_ok=True)
    page, faults = context.new_page(), []

    def check(name: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            only = None if scheme == "light" else "color-contrast"
            screen = SCREENS / f"{name}-{width}-{lang}-{scheme}.png"
            faults.extend(f"{name}: {found}" for found in look(page, screen, only=only))
        faults.extend(f"{name}: {found}" for found in page.evaluate(CHECK))

    page.goto(f"{stories_at}/customers?lang={lang}")
    check("customers")
    page.fill("#seek", "seed-001")
    page.click(".seek .btn")
    assert "/customers/" in page.url
    check("customer")
    page.click(".do .first")
    page.click("main .btn.first")
    check("hand-over")
    page.goto(page.locator("#made").input_value())
    assert page.locator(".card h2").is_visible()
    check("card")
    context.close()
    assert faults == []


def test_a_mark_of_the_timeline_opens_its_line(chromium, stories_at, alice_in) -> None:
    context = chromium.new_context(storage_state=alice_in, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{stories_at}/customers")
    page.fill("#q", "seed-001")
    page.press("#q", "Enter")
    page.locator(".pic.wide a").first.click()
    line = page.locator("li:target")
    assert line.is_visible()
    assert line.locator("b").inner_text() == "Écrit au chat"
    context.close()


def test_a_print_of_a_story_keeps_the_card_and_drops_the_buttons(
    chromium, stories_at, alice_in
) -> None:
    context = chromium.new_context(storage_state=alice_in)
    page = context.new_page()
    page.goto(f"{stories_at}/customers")
    page.fill("#seek", "seed-001")
    page.press("#seek", "Enter")
    page.emulate_media(media="print")
    assert page.locator(".card h2").is_visible()
    assert not page.locator(".do .btn").first.is_visible()
    assert not page.locator(".find").is_visible()
    context.close()
