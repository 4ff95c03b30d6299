"""Moments of truth in a real browser: worked out before the eyes, read, declared, taken back."""

from __future__ import annotations

import threading

import pytest
from tests.web.browser.opening import READY_MS, at_rest
from tests.web.browser.test_look import CHECK, SCREENS, look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_moments_hold_up_at_every_width_theme_and_language(
    chromium, signed_in, address: str, width: int, lang: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, storage_state=signed_in, reduced_motion="reduce"
    )
    page = context.new_page()
    faults: list[str] = []
    SCREENS.mkdir(parents=True, exist_ok=True)
    at_rest(page, f"{address}/moments?lang={lang}")
    key = page.locator(".ranked a, table.dense tbody th a").first.get_attribute("href")
    pages = {
        "moments": "/moments?by=segment.offer",
        "moment": key,
        "moments_few": "/moments?since=2026-06-21",
    }
    for name, path in pages.items():
        page.emulate_media(color_scheme="light")
        at_rest(page, f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        for shut in page.locator("main details.data > summary").all():
            shut.click()
        found = page.evaluate(CHECK) + look(page, SCREENS / f"{name}-{width}-{lang}-light.png")
        page.emulate_media(color_scheme="dark")
        found += look(page, SCREENS / f"{name}-{width}-{lang}-dark.png", only="color-contrast")
        faults += [f"{name}: {fault}" for fault in found]
    context.close()
    assert faults == []


@pytest.mark.parametrize(("width", "lang"), [(1280, "en"), (390, "fr")])
def test_while_it_is_worked_out_the_page_holds_up_and_then_shows_it_by_itself(
    chromium, signed_in, address: str, width: int, lang: str, monkeypatch
) -> None:
    from verite.home import Home

    gate, real = threading.Event(), Home.moments

    def slowly(home: Home, asked: object) -> object:
        gate.wait(30)
        return real(home, asked)

    monkeypatch.setattr(Home, "moments", slowly)
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, storage_state=signed_in, reduced_motion="reduce"
    )
    page = context.new_page()
    try:
        page.goto(f"{address}/moments?since=2026-0{2 if width > 500 else 3}-01&lang={lang}")
        assert page.locator("#working").is_visible()
        name = f"moments_working-{width}-{lang}-light.png"
        assert page.evaluate(CHECK) + look(page, SCREENS / name) == []
    finally:
        gate.set()
    page.wait_for_selector("#working", state="detached", timeout=READY_MS)
    page.wait_for_selector("main h2", timeout=READY_MS)
    context.close()


@pytest.mark.parametrize(("width", "lang"), [(1280, "fr"), (390, "en")])
def test_a_moment_is_refused_by_hand_and_taken_back(
    chromium, signed_in, address: str, width: int, lang: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, storage_state=signed_in, reduced_motion="reduce"
    )
    page = context.new_page()
    at_rest(page, f"{address}/moments?lang={lang}")
    page.locator(".ranked a").first.click()
    page.wait_for_selector("#reason", timeout=READY_MS)
    page.check("#stand-refused")
    page.fill("#reason", "Un artefact de l'enquête.")
    page.click("form[action*='/say'] button")
    page.wait_for_url("**#said")
    assert page.locator("#said ol li").count() >= 1
    name = f"moment_refused-{width}-{lang}-light.png"
    assert page.evaluate(CHECK) + look(page, SCREENS / name) == []
    said = page.locator("#said ol li").count()
    page.click("form[action*='/undo'] button")
    page.wait_for_load_state()
    assert page.locator("#said ol li").count() == said + 1
    context.close()
