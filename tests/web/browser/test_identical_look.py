"""Identical experience in a real browser: the page of a small home, both widths and themes."""

from __future__ import annotations

import pytest
from tests.web.browser.opening import at_rest
from tests.web.browser.test_look import CHECK, SCREENS, WIDTHS, look

pytestmark = pytest.mark.browser

PAGES = {
    "identical": "/identical?metric=nps",
    "identical-few": "/identical?metric=ease",
    "identical-nothing": "/identical?metric=nps&since=2026-01-05&until=2026-01-07",
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_identical_experience_holds_up(
    chromium, signed_in, address: str, width: int, lang: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, storage_state=signed_in, reduced_motion="reduce"
    )
    page = context.new_page()
    SCREENS.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    for name, path in PAGES.items():
        page.emulate_media(color_scheme="light")
        at_rest(page, f"{address}{path}&lang={lang}")
        found = page.evaluate(CHECK) + look(page, SCREENS / f"{name}-{width}-{lang}-light.png")
        page.emulate_media(color_scheme="dark")
        found += look(page, SCREENS / f"{name}-{width}-{lang}-dark.png", only="color-contrast")
        faults += [f"{name}: {fault}" for fault in found]
    context.close()
    assert faults == []
