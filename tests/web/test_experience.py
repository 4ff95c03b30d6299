"""The page of experience and loyalty: worked out behind, a card a question, all can be taken."""

from __future__ import annotations

import html
import json
import re
import time

import pytest


def found(reader, address: str = "/experience?lang=en") -> str:
    """The page once it is worked out."""
    for _ in range(600):
        page = reader.get(address).content.decode()
        if 'id="working"' not in page:
            return page
        time.sleep(0.1)
    raise AssertionError(page)


@pytest.fixture
def shown(alice) -> str:
    return found(alice)


def test_every_question_has_its_card_or_says_what_to_import(shown: str) -> None:
    for title in (
        "Good here, bad there", "Who stays, by what they lived", "What bad experience costs",
        "Does a good experience make up for weaker service?", "Strengths and weaknesses",
        "Service and the whole, each its score", "Feeling appreciated", "Word of mouth",
    ):  # fmt: skip
        assert title in shown
    assert "import the score under the name “appreciated”" in shown


def test_each_card_has_a_picture_a_table_and_its_rung(shown: str) -> None:
    cards = shown.count('<section class="part" id="') - shown.count('id="missing"')
    assert shown.count('class="pic wide') == cards
    assert shown.count('class="pic narrow') == cards
    assert shown.count('class="rung"') == cards
    assert shown.count('<table class="figures">') == cards


def test_nothing_is_said_to_be_proven(alice) -> None:
    for lang in ("fr", "en"):
        page = found(alice, f"/experience?lang={lang}").lower()
        assert " cause" not in page


def test_while_it_is_worked_out_the_page_follows(alice) -> None:
    found(alice)
    again = alice.get("/experience?lang=en", **{"HX-Request": "true"})
    assert (again.status_code, again.headers["HX-Refresh"]) == (204, "true")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/experience/export.csv", "text/csv"),
        ("/experience/export.xlsx", "spreadsheetml"),
        ("/experience/kept.svg", "image/svg+xml"),
        ("/experience/strengths.svg", "image/svg+xml"),
    ],
)
def test_figures_and_pictures_are_taken_away(alice, address: str, kind: str) -> None:
    answer = alice.get(address)
    assert answer.status_code == 200
    assert kind in answer.headers["Content-Type"]


@pytest.mark.parametrize("name", ["appreciated", "weather"])
def test_a_picture_that_does_not_exist_is_not_found(alice, name: str) -> None:
    assert alice.get(f"/experience/{name}.svg").status_code == 404


def test_the_links_lead_to_rows(alice, shown: str) -> None:
    link = re.search(r'href="(/interactions\?period=all&amp;touchpoint=[^"]+)"', shown)
    assert link
    assert alice.get(html.unescape(link.group(1))).status_code == 200


def test_the_api_tells_the_same_figures(alice, shown: str) -> None:
    told = json.loads(alice.get("/api/experience?lang=en").content)
    for one in told["strengths"]["figures"]:
        assert f'<td class="num">{one["n"]:,}</td>' in shown
    assert told["makes_up"]["verdict"] in {"supported", "contradicted", "undecided", None}


def test_a_stranger_signs_in_first(stranger) -> None:
    assert stranger.get("/experience").status_code == 302
