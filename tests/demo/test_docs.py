"""The pages on the demo tell the truths that are planted, with their figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from verite.demo.planted import PLANTED

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "demo.md", DOCS / "fr" / "demo.md"]


@pytest.mark.parametrize("page", PAGES, ids=["en", "fr"])
def test_each_page_tells_every_truth(page: Path) -> None:
    told = page.read_text(encoding="utf-8").replace(",", ".")
    memory, answering, leaving = PLANTED.memory, PLANTED.answering, PLANTED.leaving
    names = [PLANTED.friction, PLANTED.delight, PLANTED.disproportionate, PLANTED.other_channel,
             PLANTED.drift.team, PLANTED.orphan, PLANTED.golden_identity]  # fmt: skip
    days = [PLANTED.drift.since, PLANTED.release.on, PLANTED.price_rise.told, PLANTED.price_rise.on]
    figures = [memory.half_life_days, memory.asymmetry, answering.level, answering.feeling,
               answering.temper, -leaving.level, leaving.feeling, leaving.price, -leaving.pro,
               -PLANTED.other_channel_valence, -PLANTED.drift.valence_per_month,
               PLANTED.release.wait_times, PLANTED.release.transfer_times,
               PLANTED.promise.wait_times, PLANTED.price_rise.contacts_times,
               *(PLANTED.weights[name] for name in names[:3])]  # fmt: skip
    for name in names:
        assert f"`{name}`" in told
    for day in days:
        assert day.isoformat() in told
    for figure in figures:
        assert f"{figure:g}" in told
    assert str(PLANTED.bad_lines) in told
