"""What a page says when the address asks for what cannot be."""

from __future__ import annotations

import re


def test_a_period_that_ends_before_it_starts_is_told_to_the_minute(alice) -> None:
    text = alice.get("/?since=2026-06-01&until=2026-05-01").content.decode()
    assert "2026-06-01 00:00+02:00" in text
    assert not re.search(r"\d\d:\d\d:\d\d", text)


def test_a_cut_of_journeys_that_is_none_is_told_with_those_that_are(alice) -> None:
    said = alice.get("/api/map?case=gap:never").json()["said"]
    assert "gap:30d" in said
