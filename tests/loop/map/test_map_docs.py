"""The pages about maps: their examples are real maps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from verite.loop.map import read_design, shipped
from verite.loop.map.reading import MAP_KEYS, STAGE_KEYS, TOUCHPOINT_KEYS

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(params=["map.md", "fr/map.md"])
def page(request) -> str:
    """A page, in each language."""
    return (DOCS / request.param).read_text(encoding="utf-8")


def test_the_example_of_a_map_can_be_read(page):
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.S)
    assert len(read_design(example).path) == 3


def test_every_key_and_every_shipped_map_is_named(page):
    for key in (*MAP_KEYS, *STAGE_KEYS, *TOUCHPOINT_KEYS):
        assert key in page
    for design in shipped():
        assert f"`{design.key}`" in page
