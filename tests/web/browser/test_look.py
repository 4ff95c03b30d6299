"""Every page in a real browser: accessible, nothing hidden, nothing overlapping, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

SCREENS = Path(__file__).parents[3] / "artifacts" / "screens"
PAGES = {
    "cockpit": "/?period=91d",
    "map": "/map?period=all",
    "measure": "/measure?metric=nps&by=channel",
    "feeling": "/feeling",
    "targets": "/measure/targets",
    "touchpoint": "/touchpoints/chat?period=91d",
    "interactions": "/interactions?texts=1",
    "listen": "/listen",
    "quarantine": "/listen/quarantine",
    "sources": "/listen/sources",
    "status": "/status",
    "alerts": "/alerts?period=365d",
    "webhooks": "/webhooks",
    "account": "/account",
    "council": "/members/council",
    "error": "/nothing",
}
WIDTHS = (1280, 390)
# What sticks out of the page, texts of pictures that leave them, overlap or are too small,
# and things to press that are too small for a finger.
CHECK = """() => {
  const found = [], wide = document.documentElement.clientWidth;
  const shut = (e) => e.closest("details:not([open]) > :not(summary)");
  if (document.documentElement.scrollWidth > wide) found.push("the page overflows");
  for (const e of document.querySelectorAll("main *, header *, footer *")) {
    if (e.closest("svg, .vh, .skip, .scroll") || shut(e)) continue;
    const box = e.getBoundingClientRect();
    if (box.width && box.right > wide + 1) found.push("sticks out: " + e.textContent.slice(0, 40));
  }
  document.querySelectorAll("svg.pic").forEach((picture) => {
    const frame = picture.getBoundingClientRect();
    if (!frame.width) return;
    const scale = frame.width / picture.viewBox.baseVal.width;
    const texts = [...picture.querySelectorAll("text")].filter((t) => t.textContent.trim()).map(
      (t) => ({ said: t.textContent, box: t.getBoundingClientRect(),
                size: parseFloat(getComputedStyle(t).fontSize) * scale }));
    texts.forEach((t, i) => {
      const b = t.box;
      if (b.left < frame.left - 2 || b.right > frame.right + 2 || b.top < frame.top - 2 ||
          b.bottom > frame.bottom + 3) found.push("out of its picture: " + t.said);
      if (t.size < 11.5) found.push("too small: " + t.said);
      texts.slice(i + 1).forEach((u) => {
        const x = Math.min(b.right, u.box.right) - Math.max(b.left, u.box.left);
        const y = Math.min(b.bottom, u.box.bottom) - Math.max(b.top, u.box.top);
        if (x > 1 && y > 4) found.push("overlap: " + t.said + " × " + u.said);
      });
    });
  });
  if (wide < 500) document.querySelectorAll(
    "main a, main button, main summary, main select, header a, header summary").forEach((e) => {
      if (e.closest("svg, p, .vh, .skip") || shut(e)) return;
      const box = e.getBoundingClientRect();
      if (box.width && box.height < 43.5) found.push("too low for a finger: " + e.textContent);
    });
  return found;
}"""


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_hold_up(chromium, signed_in, address: str, width: int, lang: str) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900 if width > 500 else 844},
        storage_state=signed_in,
        reduced_motion="reduce",
    )
    asked: list[str] = []
    faults: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda told: faults.append(told.text) if "Content Security Policy" in told.text else None,
    )
    SCREENS.mkdir(parents=True, exist_ok=True)
    for name, path in PAGES.items():
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        found = page.evaluate(CHECK) + look(page, SCREENS / f"{name}-{width}-{lang}-light.png")
        # The other theme changes colours only: the same page, its contrasts checked again.
        page.emulate_media(color_scheme="dark")
        found += look(page, SCREENS / f"{name}-{width}-{lang}-dark.png", only="color-contrast")
        faults += [f"{name}: {fault}" for fault in found]
    context.close()
    assert faults == []
    assert {url for url in asked if not url.startswith(address)} == set()


def look(page, screen: Path, only: str | None = None) -> list[str]:
    """Keep a picture of the page; what axe finds wrong with it."""
    from axe_playwright_python.sync_playwright import Axe

    page.screenshot(path=screen, full_page=True)
    options = {"resultTypes": ["violations"]} | ({"runOnly": [only]} if only else {})
    found = Axe().run(page, options=options).response["violations"]
    return [f"axe {broken['id']}: {broken['nodes'][0]['html'][:120]}" for broken in found]


def test_the_sign_in_page_holds_up(chromium, address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for width in WIDTHS:
        page = chromium.new_page(viewport={"width": width, "height": 844})
        page.goto(address)
        assert page.evaluate(CHECK) == []
        assert Axe().run(page).response["violations"] == []
        page.close()


def test_the_keyboard_reaches_the_content_first_and_then_the_filters(
    chromium, signed_in, address: str
) -> None:
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "period"
    context.close()


def test_filters_work_without_any_script(chromium, signed_in, address: str) -> None:
    context = chromium.new_context(storage_state=signed_in, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/interactions")
    page.select_option("#channel", "chat")
    page.click(".filters button")
    assert "channel=chat" in page.url
    assert page.locator("#channel").input_value() == "chat"
    context.close()


def test_a_file_is_brought_in_with_the_mouse(chromium, signed_in, address: str, tmp_path) -> None:
    from playwright.sync_api import expect

    file = tmp_path / "salon.csv"
    file.write_text("message_id,identity,at,channel\nz1,user:1,2026-05-04T10:00:00Z,store\n")
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{address}/listen")
    page.set_input_files("#file", file)
    page.click("main .btn.first")
    expect(page.locator("h1")).to_contain_text("salon.csv")
    page.screenshot(path=SCREENS / "preview-1280-fr-light.png", full_page=True)
    page.click("button[value=import]")
    expect(page.locator("h1")).to_have_text(re.compile("lignes? gardée"), timeout=20_000)
    context.close()


def test_a_print_has_no_navigation(chromium, signed_in, address: str) -> None:
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    assert not page.locator(".loop").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.locator("h1").is_visible()
    context.close()
