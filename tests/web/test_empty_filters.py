"""Filters that keep nothing: every page says so and offers to clear them."""

from __future__ import annotations

import pytest

NEVER = "since=2030-01-01&until=2030-02-01"
SAID = {"fr": "Aucune donnée ne passe ces filtres", "en": "No data pass these filters"}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("path", ["/", "/map", "/measure", "/touchpoints/chat"])
@pytest.mark.parametrize("asked", [NEVER, "period=all&channel=kiosk"])
def test_no_data_is_said_and_the_filters_can_be_cleared(
    alice, path: str, asked: str, lang: str
) -> None:
    text = alice.get(f"{path}?{asked}&lang={lang}").content.decode()
    assert f"<h1>{SAID[lang]}</h1>" in text
    assert f'href="{path}?period=all"' in text
    assert SAID[lang] not in alice.get(f"{path}?period=all&lang={lang}").content.decode()
    assert "hasard" not in text
    assert "chance" not in text
    assert 'class="pic"' not in text
