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


def test_counts_come_with_their_interval_and_the_customers_seen(alice) -> None:
    for lang, seen in (("fr", "Clients vus\u202f: "), ("en", "Customers seen: ")):
        text = alice.get(f"/?lang={lang}").content.decode()
        counts = text.split('<ul class="changes counts">')[1].split("</ul>")[0]
        assert counts.count('<span class="iv">[') == counts.count("<li>") == 2
        assert counts.count(seen) == 2


def test_a_rise_among_more_customers_is_no_rise() -> None:
    from verite.home.counting import Happened
    from verite.web.cockpit.counted import compared

    before = Happened(events=100, squares=100, seen=1000)
    assert compared(before, Happened(events=150, squares=150, seen=1500)).verdict == "same"
    assert compared(before, Happened(events=150, squares=150, seen=1000)).verdict == "more"
    assert compared(before, Happened(events=60, squares=60, seen=1000)).verdict == "less"
    assert compared(before, Happened(events=150, squares=900, seen=1000)).verdict == "same"
    nothing = Happened(events=0, squares=0, seen=0)
    assert compared(nothing, nothing).verdict == "same"


@pytest.mark.parametrize(
    ("lang", "verdicts"),
    [("fr", ("atteint", "manqué", "indécis")), ("en", ("reached", "missed", "undecided"))],
)
def test_each_target_that_has_a_gap_says_its_verdict(
    alice, lang: str, verdicts: tuple[str, ...]
) -> None:
    text = alice.get(f"/?lang={lang}").content.decode()
    gaps = re.findall(r'class="num gap">([^<]+)</td>', text)
    assert gaps
    assert all(gap.endswith(verdicts) for gap in gaps)
