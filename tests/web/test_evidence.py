"""Every figure opens the interactions it rests on."""

from __future__ import annotations

import re
from html import unescape

import pytest

FIGURE = re.compile(
    r'<tr><th scope="row">(.*?)</th><td class="num now.*?</td><td class="num">(.*?)</td>'
    r'<td class="num">.*?</td><td><a href="(.*?)"'
)


def listed(alice, url: str) -> int:
    """How many interactions a list says it holds."""
    text = alice.get(url).content.decode()
    title = re.search(r"<h1>([\d\u202f]+)", text)
    return int(title[1].replace("\u202f", "")) if title else -1


@pytest.mark.parametrize(
    "page",
    [
        "/measure?period=all&metric=nps&by=team",
        "/measure?period=91d&metric=wait&by=month",
        "/measure?period=all&metric=answered&by=hour",
        "/measure?metric=resolution&by=segment.offer&channel=phone",
        "/touchpoints/chat?period=all",
    ],
)
def test_the_list_behind_a_figure_is_as_long_as_its_n(alice, page: str) -> None:
    figures = FIGURE.findall(alice.get(page).content.decode())
    told = {(name, url): int(n.replace("\u202f", "")) for name, n, url in figures if n}
    assert len(told) > 5
    assert {key: listed(alice, unescape(key[1])) for key in told} == told


def test_the_list_says_whose_rows_it_holds(alice) -> None:
    text = alice.get("/interactions?period=all&of=wait&in.month=2026-03").content.decode()
    assert "ce que compte «\u202fAttente\u202f»" in text
    assert "mars 2026" in text


def test_a_list_behind_no_known_measure_is_not_found(alice) -> None:
    assert alice.get("/interactions?of=nothing").status_code == 404


def test_no_list_is_cut_by_agent(alice) -> None:
    assert alice.get("/interactions?of=wait&in.agent=a1").status_code == 400


@pytest.mark.parametrize("place", ["2", "999", "9" * 30, "-4"])
@pytest.mark.parametrize("page", ["/interactions?period=all", "/listen/quarantine?all=1"])
def test_a_page_beyond_the_end_is_the_last_one(alice, page: str, place: str) -> None:
    answer = alice.get(f"{page}&page={place}")
    assert answer.status_code == 200
    assert "<tbody>" in answer.content.decode()


def test_a_page_that_is_no_number_is_said(alice) -> None:
    assert alice.get("/listen/quarantine?page=x").status_code == 400


def test_every_mark_by_touchpoint_leads_to_rows(alice) -> None:
    text = alice.get("/measure?period=all&metric=wait&by=touchpoint").content.decode()
    marks = {unescape(url) for url in re.findall(r'href="(/interactions[^"]*of=wait[^"]*)"', text)}
    places = {url for url in marks if "touchpoint=" in url}
    assert len(places) == 3
    assert all(listed(alice, url) > 0 for url in places)


@pytest.mark.parametrize("order", ["oldest", "longest_wait", "lowest_score", "highest_score"])
def test_sorting_a_list_loses_no_line(alice, order: str) -> None:
    page = "/interactions?period=all&channel=phone"
    assert listed(alice, f"{page}&order={order}") == listed(alice, page)


def test_the_interactions_of_a_touchpoint_are_all_there_whatever_the_filters(alice) -> None:
    text = alice.get("/touchpoints/chat?period=28d&lang=fr").content.decode()
    told = re.search(r'lede">([\d\u202f]+) interactions depuis le début. <a href="(.*?)"', text)
    assert told
    assert listed(alice, unescape(told[2])) == int(told[1].replace("\u202f", ""))


@pytest.mark.parametrize(("lang", "told"), [("fr", "non résolu"), ("en", "unresolved")])
def test_an_outcome_is_told_in_the_reader_s_language(alice, lang: str, told: str) -> None:
    text = alice.get(f"/interactions?outcome=unresolved&lang={lang}").content.decode()
    assert re.search(rf'<span class="tag">[^<]*{told}', text)
