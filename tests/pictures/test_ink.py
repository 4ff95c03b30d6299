"""The two inks say the same thing: classes in the style sheet, attributes in a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from verite.pictures.ink import LETTERS, SHAPES, TEXT, TOKENS, Ink, colour, shape_attributes

SHEET = Path(__file__).parents[2] / "src/verite/web/static/verite/verite.css"


def rules() -> dict[str, dict[str, str]]:
    """The declarations of each selector in the part of the sheet about pictures."""
    css = SHEET.read_text("utf-8").split("/* 8.", 1)[1].split("*/", 1)[1].split("/* 9.", 1)[0]
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        said = {}
        for line in body.split(";"):
            name, _, value = line.partition(":")
            said[name.strip()] = value.strip()
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(said)
    return found


def meant(attributes: dict[str, str]) -> dict[str, str]:
    return {
        name: f"var({value})" if value.startswith("--") else value
        for name, value in attributes.items()
    }


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_looks_the_same_on_a_page_and_in_a_file(name):
    said = rules().get(f".{name}", {})
    assert {key: said.get(key) for key in SHAPES[name]} == meant(dict(SHAPES[name]))


@pytest.mark.parametrize("name", LETTERS)
def test_a_text_looks_the_same_on_a_page_and_in_a_file(name):
    every = rules()
    said = {**every.get(f".pic .{name}", {}), **every.get(f".pic text.{name}", {})}
    shown = {key: said.get(key, "").removesuffix("px") for key in LETTERS[name]}
    assert shown == meant(dict(LETTERS[name]))


def test_plain_text_is_the_same_size_on_a_page_and_in_a_file():
    said = rules()[".pic text"]
    assert said["font-size"] == f"{TEXT['font-size']}px"


def test_tokens_are_those_of_the_style_sheet():
    css = SHEET.read_text("utf-8")
    for token, (light, dark) in TOKENS.items():
        found = re.search(rf"--{token}:\s*light-dark\((#\w+), (#\w+)\)", css)
        assert found, token
        assert (found[1], found[2]) == (light, dark), token


def luminance(hexa: str) -> float:
    parts = [int(hexa[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ink", [Ink.LIGHT, Ink.DARK])
@pytest.mark.parametrize("token", ["ink", "ink-2", "accent", "friction"])
def test_text_is_readable_on_its_paper(token, ink):
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    light, dark = sorted(
        (luminance(colour("paper", ink)), luminance(colour(token, ink))), reverse=True
    )
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_file_bears_no_class():
    assert shape_attributes("ln", Ink.LIGHT).startswith(' fill="none" stroke="#1c1e20"')


def test_the_style_sheet_is_light_enough():
    assert SHEET.stat().st_size < 32_000
