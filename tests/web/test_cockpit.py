"""What the cockpit says of changes and counts."""

from __future__ import annotations

import re

import pytest


def test_the_title_counts_every_change_even_those_not_listed(
    alice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verite.web.cockpit import changed

    title = re.search(r"<h1>(\d+) mesures", alice.get("/?lang=fr").content.decode())
    assert title
    monkeypatch.setattr(changed, "FINDINGS", 1)
    text = alice.get("/?lang=fr&afresh=1").content.decode()
    assert f"<h1>{title[1]} mesures" in text
    others = int(title[1]) - 1
    also = f"{others} autres ont changé" if others > 1 else "Une autre a changé"
    assert also in text


def test_customers_lost_and_complaints_open_as_many_interactions(alice) -> None:
    text = alice.get("/?period=91d&lang=fr").content.decode()
    counts = re.findall(r'<a href="(/interactions[^"]*)">(\d+)</a> <span>', text)
    assert len(counts) == 2
    for url, count in counts:
        listed = alice.get(url.replace("&amp;", "&")).content.decode()
        assert f"<h1>{count} interaction" in listed
