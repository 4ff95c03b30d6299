"""The page of identical experience: worked out behind, never the index alone, all opens."""

from __future__ import annotations

import html
import json
import re
import time

import pytest

ASKED = "/identical?metric=nps&lang=en"


def found(cast, address: str = ASKED) -> str:
    """The page once it is worked out."""
    for _ in range(600):
        page = cast.get(address).content.decode()
        if 'id="working"' not in page:
            return page
        time.sleep(0.1)
    raise AssertionError(page)


@pytest.fixture
def shown(alice) -> str:
    """The page of NPS."""
    return found(alice)


def test_while_it_is_worked_out_the_page_says_so_and_follows(alice) -> None:
    first = alice.get("/identical?metric=ease&lang=en&delta=0.31")
    assert first.status_code == 200
    text = first.content.decode()
    if 'id="working"' in text:
        assert 'hx-get="/identical?metric=ease' in text
        assert "<h1" in text
    found(alice, "/identical?metric=ease&lang=en&delta=0.31")
    again = alice.get("/identical?metric=ease&lang=en&delta=0.31", **{"HX-Request": "true"})
    assert again.status_code in (200, 204)


def test_the_index_never_stands_alone(shown: str) -> None:
    """Beside it: what is on target, the mean gap, that it is our own, its formula, its margin."""
    start = shown.index('id="ix"')
    beside = shown[start : shown.index("</section>", start)]
    assert "100 × (2Φ(δ / (√2 σ)) − 1)" in beside
    assert "own definition" in beside
    assert "target" in beside
    assert "never" in beside or "not read alone" in beside


def test_every_figure_opens_exactly_the_answers_it_counts(shown: str, alice) -> None:
    links = re.findall(
        r'<a href="(/interactions[^"]+)" aria-label="[^"]*?n\s=\s(\d[\d,]*\d|\d)\b[^"]*"', shown
    )
    assert links
    for address, n in links[:6]:
        told = alice.get(html.unescape(address) + "&lang=en").content.decode()
        assert f"{n}" in re.search(r"<h1.*?</h1>", told, re.S)[0]


def test_the_api_answers_what_the_command_line_does(alice, served: str) -> None:
    from verite.home import Home
    from verite.records.setup import home_of

    with Home.open(home_of(served)) as home:
        for name, told in (
            ("identical", home.identical("nps")),
            ("control", home.controls("nps", by="channel")),
            ("funnel", home.funnel("nps", by="channel")),
        ):
            asked = f"/api/{name}?metric=nps&by=channel&lang=en"
            assert json.loads(alice.get(asked).content) == json.loads(json.dumps(told.json("en")))


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/identical/export.csv?metric=nps", "text/csv"),
        ("/identical/export.xlsx?metric=nps", "spreadsheetml"),
        ("/identical/export.svg?metric=nps", "image/svg+xml"),
        ("/identical/shares.svg?metric=nps", "image/svg+xml"),
    ],
)
def test_it_is_handed_out_as_files(alice, bob, address: str, kind: str) -> None:
    answer = alice.get(address)
    assert (answer.status_code, kind in answer.headers["Content-Type"]) == (200, True)
    assert bob.get(address).status_code == 403


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("metric=joy", "joy"),
        ("metric=nps&delta=much", "much"),
        ("metric=nps&delta=-1", "-1"),
        ("metric=nps&rows=agent", "agent"),
    ],
)
def test_a_question_that_makes_no_sense_is_one_sentence(alice, query: str, told: str) -> None:
    answer = alice.get(f"/identical?{query}&lang=en")
    assert answer.status_code in (400, 404)
    assert told in answer.content.decode()


def test_too_few_answers_are_a_sentence_and_a_way_out(alice) -> None:
    page = found(alice, "/identical?metric=nps&since=2026-01-05&until=2026-01-07&lang=en")
    assert "No index yet" in page or "No interaction" in page or "passes" in page
    assert 'href="/identical?period=all' in page


def test_nobody_outside_reads_it(stranger) -> None:
    assert stranger.get("/identical").status_code == 302


def test_values_that_differ_come_first_and_agents_last_by_name() -> None:
    from tests.made_alike import figure

    from verite.web.identical.tables import by_verdict
    from verite.words.identical import Alike, Cell
    from verite.words.measured import Label

    def made(dimension: str, value: str, effect: float, alike: Alike) -> Cell:
        by = (Label(dimension=dimension, value=value),)
        return Cell(by=by, effect=figure(effect, 0.1, 60), level=None, alike=alike)

    cells = [
        made("agent", "zoé", -2.0, Alike.DIFFERENT), made("team", "nord", 0.2, Alike.UNDECIDED),
        made("agent", "ana", 0.1, Alike.IDENTICAL), made("channel", "chat", -1.1, Alike.DIFFERENT),
        made("team", "sud", -0.4, Alike.UNDECIDED),
    ]  # fmt: skip
    told = [cell.by[0].value for cell in by_verdict(cells)]
    assert told == ["chat", "sud", "nord", "ana", "zoé"]
