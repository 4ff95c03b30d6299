"""Experience and loyalty in a real browser: both widths, languages and themes."""

from __future__ import annotations

import pytest
from tests.web.browser.opening import at_rest
from tests.web.browser.test_look import CHECK, SCREENS, WIDTHS, look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_experience_and_loyalty_holds_up(
    chromium, signed_in, address: str, width: int, lang: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, storage_state=signed_in, reduced_motion="reduce"
    )
    page = context.new_page()
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.emulate_media(color_scheme="light")
    at_rest(page, f"{address}/experience?lang={lang}")
    found = page.evaluate(CHECK) + look(page, SCREENS / f"experience-{width}-{lang}-light.png")
    page.emulate_media(color_scheme="dark")
    shot = SCREENS / f"experience-{width}-{lang}-dark.png"
    found += look(page, shot, only="color-contrast")
    context.close()
    assert found == []
