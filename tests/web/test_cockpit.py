"""What the cockpit says of changes and counts."""

from __future__ import annotations

import re
from dataclasses import replace

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


def test_counts_come_with_their_interval(alice) -> None:
    for lang in ("fr", "en"):
        text = alice.get(f"/?lang={lang}").content.decode()
        counts = text.split('<ul class="changes counts">')[1].split("</ul>")[0]
        assert counts.count('<span class="iv">[') == counts.count("<li>") == 2


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", "Clients actifs au début\u202f: 1\u202f000, contre 1\u202f000."),
        ("en", "Customers active at the start: 1,000, against 1,000."),
    ],
)
def test_a_change_is_told_with_the_customers_at_risk(lang: str, told: str) -> None:
    from verite.home.counting import Happened
    from verite.web.cockpit.counted import compared, told_change
    from verite.web.language import language, speak

    before, now = (Happened(events=n, squares=n, at_risk=1000) for n in (100, 140))
    spoken = language()
    speak(lang)
    try:
        assert told in told_change(compared(before, now))
        unknown = told_change(compared(replace(before, at_risk=0), replace(now, at_risk=0)))
    finally:
        speak(spoken)
    assert told not in unknown


def test_a_rise_among_more_customers_is_no_rise() -> None:
    from verite.home.counting import Happened
    from verite.web.cockpit.counted import compared

    before = Happened(events=100, squares=100, at_risk=1000)
    assert compared(before, Happened(events=150, squares=150, at_risk=1500)).verdict == "same"
    assert compared(before, Happened(events=150, squares=150, at_risk=1000)).verdict == "more"
    assert compared(before, Happened(events=60, squares=60, at_risk=1000)).verdict == "less"
    assert compared(before, Happened(events=150, squares=900, at_risk=1000)).verdict == "same"
    nothing = Happened(events=0, squares=0, at_risk=0)
    assert compared(nothing, nothing).verdict == "same"
    alone = Happened(events=100, squares=100, at_risk=0)
    assert compared(alone, Happened(events=150, squares=150, at_risk=0)).verdict == "more"


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


def test_what_is_silent_is_not_told_as_a_change(make_cast, tmp_path, own_table) -> None:
    """Files end, one live event comes three weeks later: the window is empty, nothing changed."""
    from datetime import UTC, datetime

    from verite.loop.listen import Request
    from verite.records.current import within
    from verite.web.house import home_here

    late = tmp_path / "live.csv"
    late.write_text(
        "message_id,identity,at,channel,touchpoint\nlive,user:1,2031-01-01T10:00:00Z,app,app_use\n",
        encoding="utf-8",
    )
    owner = make_cast(tmp_path / "home")
    files = (own_table(tmp_path / "visits.csv"), late)
    with within(owner.alias):
        home_here().listen_to(Request(files=files), at=datetime(2031, 1, 1, 12, tzinfo=UTC))
    text = owner.get("/?lang=fr").content.decode()
    title = re.search(r"<h1>(.*?)</h1>", text)[1]
    assert "rien n’est conclu" in title
    assert "Sans nouvelles de visits depuis le" in text
    assert (
        "hasard"
        not in text.split('class="changes counts"')[1]
        .split("</section>")[0]
        .split('<p class="source">')[0]
    )
