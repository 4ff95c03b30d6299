"""The same boxes in a real browser: what was measured in Python holds on a screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.browsing import CHROMIUM

from verite.pictures import Ink, draw, draw_narrow, draw_small, draw_small_narrow

SHEET = Path(__file__).parents[2] / "src/verite/web/static/verite/verite.css"
BOXES = """() => {
  const wrong = [];
  document.querySelectorAll('svg').forEach((svg, k) => {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) return;
    const scale = frame.width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll('text')].map(node => ({
      said: node.textContent, box: node.getBoundingClientRect(),
      size: parseFloat(getComputedStyle(node).fontSize) * scale,
    }));
    if (scale < 0.999) wrong.push(`picture ${k} is shrunk to ${scale}`);
    texts.forEach((one, i) => {
      if (one.size < 11.99) wrong.push(`small: ${one.said} ${one.size}`);
      if (one.box.left < frame.left - 1 || one.box.right > frame.right + 1 ||
          one.box.top < frame.top - 2 || one.box.bottom > frame.bottom + 2)
        wrong.push(`outside: ${one.said}`);
      texts.slice(i + 1).forEach(other => {
        const across = Math.min(one.box.right, other.box.right) -
                       Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) -
                     Math.max(one.box.top, other.box.top);
        if (across > 1 && down > 4) wrong.push(`over: ${one.said} × ${other.said}`);
      });
    });
  });
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) wrong.push(`the page is ${wide} wide on a screen of ${innerWidth}`);
  return wrong;
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed here"),
]


def page_of(pictures: list[str]) -> str:
    figures = "".join(f'<figure class="scroll">{picture}</figure>' for picture in pictures)
    return (
        "<!doctype html><html lang=fr><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width, initial-scale=1'>"
        f"<style>{SHEET.read_text('utf-8')}</style>"
        f"<body><div class=wrap><main>{figures}</main></div></body></html>"
    )


def faults_on_screen(chromium, pictures: list[str], wide: int, scheme: str) -> list[str]:
    context = chromium.new_context(
        viewport={"width": wide, "height": 900}, color_scheme=scheme, java_script_enabled=True
    )
    page = context.new_page()
    try:
        page.set_content(page_of(pictures))
        return page.evaluate(BOXES)
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", [1280, 390])
def test_page_ink_holds_on_screen(chromium, wide, scheme, clairvoie, dense):
    pictures = [
        pen(journey, lang=lang)
        for pen in (draw, draw_narrow, draw_small, draw_small_narrow)
        for journey in (clairvoie, dense)
        for lang in ("fr", "en")
    ] + [pen(journey.lived) for pen in (draw, draw_narrow) for journey in (clairvoie, dense)]
    assert faults_on_screen(chromium, pictures, wide, scheme) == []


@pytest.mark.parametrize("ink", [Ink.LIGHT, Ink.DARK])
def test_file_ink_holds_without_a_style_sheet(chromium, ink, dense, tmp_path):
    for pen in (draw, draw_narrow):
        file = tmp_path / f"{pen.__name__}.svg"
        file.write_text(pen(dense, ink=ink), "utf-8")
        page = chromium.new_page()
        page.goto(file.as_uri())
        assert page.evaluate(BOXES.split("const wide")[0] + "return wrong; }") == []
        page.close()
