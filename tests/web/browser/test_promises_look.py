"""Promises in a real browser: the page and its form, both widths, themes and languages."""

from __future__ import annotations

import pytest
from tests.web.browser.opening import at_rest
from tests.web.browser.test_look import CHECK, SCREENS, WIDTHS, look

pytestmark = pytest.mark.browser

PAGES = {
    "promises-none": "/promises?period=all",
    "promise-form": "/promises/write?template=on_the_day",
}
TEXT = """[[promise]]
key = "open"
fr = "Joignables jour et nuit"
en = "Reachable day and night"
kind = "open"
target = 90

[[promise]]
key = "quick"
fr = "Une réponse en cinq minutes"
en = "An answer within five minutes"
kind = "answered"
within = "5 min"
channels = ["phone"]
target = 80
"""


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_promises_hold_up(chromium, signed_in, address: str, width: int, lang: str) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, storage_state=signed_in, reduced_motion="reduce"
    )
    page = context.new_page()
    SCREENS.mkdir(parents=True, exist_ok=True)
    faults = [
        fault
        for name, path in PAGES.items()
        for fault in _seen(page, f"{address}{path}&lang={lang}", f"{name}-{width}-{lang}")
    ]
    page.goto(f"{address}/promises/write?lang={lang}")
    page.fill("#text", TEXT)
    page.locator("#file button").click()
    faults += _seen(
        page, f"{address}/promises?promise=quick&lang={lang}", f"promises-{width}-{lang}"
    )
    for key in ("open", "quick"):
        page.goto(f"{address}/promises/write?promise={key}&lang={lang}")
        page.locator("#withdraw summary").click()
        page.locator("#withdraw form button").click()
    context.close()
    assert faults == []


def _seen(page, url: str, name: str) -> list[str]:
    """What is wrong with a page once it is worked out, on light and on dark paper."""
    page.emulate_media(color_scheme="light")
    at_rest(page, url)
    found = page.evaluate(CHECK) + look(page, SCREENS / f"{name}-light.png")
    page.emulate_media(color_scheme="dark")
    found += look(page, SCREENS / f"{name}-dark.png", only="color-contrast")
    return [f"{name}: {fault}" for fault in found]
