"""A live source made, read and closed by hand in a real browser."""

from __future__ import annotations

import re

import pytest
from tests.web.browser.test_look import CHECK, SCREENS, look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "lang"), [(1280, "fr"), (390, "en")])
def test_a_source_is_made_read_and_closed_by_hand(chromium, signed_in, address, width, lang):
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, storage_state=signed_in, reduced_motion="reduce"
    )
    page = context.new_page()
    faults: list[str] = []
    SCREENS.mkdir(parents=True, exist_ok=True)

    def check(name: str) -> None:
        found = page.evaluate(CHECK) + look(page, SCREENS / f"{name}-{width}-{lang}-light.png")
        faults.extend(f"{name}: {fault}" for fault in found)

    page.goto(f"{address}/listen/sources?lang={lang}")
    page.fill("#name", f"shop {width}")
    page.check("#scope-webhook")
    page.click("form[action='/listen/sources'] button")
    key = page.inner_text("#key")
    assert re.fullmatch(r"wk_[0-9a-f]{48}", key)
    check("source_key")
    page.goto(f"{address}/listen/sources")
    check("sources_listed")
    page.click(f"text=shop {width}")
    assert key not in page.content()
    check("source")
    page.click("a[href$='/close']")
    check("source_close")
    page.click("main form button")
    assert page.url == f"{address}/listen/sources"
    check("sources_closed")
    context.close()
    assert faults == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_was_filed_last_fits_a_phone(
    chromium, signed_in, address, served, monkeypatch, lang
) -> None:
    from verite.records.current import within
    from verite.web.clock import now
    from verite.web.collector import draining
    from verite.web.collector.drainer import Drainer
    from verite.web.house import home_here
    from verite.words.live import LastDrain

    with within(served):
        drainer = Drainer(home_here(), served)
    drainer.last = LastDrain(at=now(), seconds=0.4, kept=1_234_567)
    monkeypatch.setitem(draining._drainers, served, drainer)
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, storage_state=signed_in, reduced_motion="reduce"
    )
    page = context.new_page()
    for path in ("/status", "/listen/sources"):
        page.goto(f"{address}{path}?lang={lang}")
        assert re.search(r"1.234.567", page.inner_text("main"))
        assert page.evaluate(CHECK) == []
    context.close()
