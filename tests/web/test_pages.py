"""What every page holds to."""

from __future__ import annotations

import re

import pytest

PAGES = (
    "/",
    "/map",
    "/map?case=case_id",
    "/measure",
    "/measure?metric=wait&by=team",
    "/feeling",
    "/measure/targets",
    "/interactions",
    "/interactions?texts=1",
    "/touchpoints/chat",
    "/touchpoints/chat/owner",
    "/listen",
    "/listen/quarantine",
    "/listen/sources",
    "/listen/events",
    "/status",
    "/account",
    "/members",
    "/members/council",
    "/identical",
    "/experience",
)
HEAVIEST = 100_000


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_keeps_the_rules_of_the_house(alice, page: str, lang: str) -> None:
    separator = "&" if "?" in page else "?"
    answer = alice.get(f"{page}{separator}lang={lang}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in text
    assert len(answer.content) < HEAVIEST
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text)
    assert text.count("<h1") == 1
    assert 'class="skip"' in text


@pytest.mark.parametrize("page", ["/", "/map", "/measure", "/interactions", "/touchpoints/chat"])
def test_a_page_read_again_is_not_sent_again(alice, page: str) -> None:
    etag = alice.get(page).headers["ETag"]
    again = alice.get(page, **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_page_is_sent_compressed_to_who_reads_gzip(alice) -> None:
    answer = alice.get("/", **{"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Cookie" in answer.headers["Vary"]


def test_a_page_changes_with_what_people_write(alice) -> None:
    before = alice.get("/touchpoints/chat").content
    alice.post("/touchpoints/chat/owner", {"owner": "Équipe du soir"})
    after = alice.get("/touchpoints/chat").content
    assert before != after
    assert "Équipe du soir" in after.decode()


def test_an_agent_names_no_owner(bob) -> None:
    assert bob.post("/touchpoints/chat/owner", {"owner": "moi"}).status_code == 403


def test_customers_words_cannot_become_markup(alice) -> None:
    text = alice.get("/interactions?texts=1&period=all").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize("page", ["/", "/map", "/measure", "/interactions", "/touchpoints/chat"])
def test_an_empty_home_says_what_to_do_next(charlie, page: str) -> None:
    answer = charlie.get(page)
    assert answer.status_code == 200
    assert "Apporter un premier fichier" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/nothing", 404),
        ("/touchpoints/nothing", 404),
        ("/?period=soon", 404),
        ("/?segment=fibre", 400),
        ("/?since=31/11/2026", 400),
        ("/map?case=day", 404),
        ("/map?design=nothing", 404),
        ("/measure?metric=nothing", 404),
        ("/measure?by=nothing", 404),
        ("/interactions?order=nothing", 400),
        ("/interactions?page=x", 400),
        ("/listen/nothing", 404),
    ],
)
def test_a_wrong_address_gets_a_page_in_the_same_hand(alice, page: str, status: int) -> None:
    answer = alice.get(page)
    text = answer.content.decode()
    assert answer.status_code == status
    assert 'class="brand"' in text
    assert "Traceback" not in text


def test_every_figure_of_the_cockpit_opens_its_interactions(alice) -> None:
    text = alice.get("/").content.decode()
    figures = re.findall(r'<td role="cell" class="num now[^"]*"><a href="([^"]+)"', text)
    assert len(figures) == 3
    for url in figures:
        assert alice.get(url.replace("&amp;", "&")).status_code == 200


def test_the_filters_stay_in_the_links(alice) -> None:
    text = alice.get("/?period=91d&channel=phone").content.decode()
    assert "/map?period=91d&amp;channel=phone" in text


def test_a_filter_narrows_the_list(alice) -> None:
    def total(query: str) -> int:
        text = alice.get(f"/interactions?period=all{query}").content.decode()
        return int(re.sub(r"\D", "", re.search(r"<h1>(.*?) interaction", text).group(1)))

    assert 0 < total("&channel=chat&segment=offer:Fibre Pro") < total("&channel=chat") < total("")


def test_the_list_turns_its_pages(alice) -> None:
    text = alice.get("/interactions?period=all").content.decode()
    following = re.search(r'rel="next" href="\?([^"]+)"', text)
    assert following is not None
    second = alice.get("/interactions?" + following.group(1).replace("&amp;", "&"))
    assert 'rel="prev"' in second.content.decode()


def test_the_language_is_kept_once_chosen(alice) -> None:
    alice.get("/?lang=en")
    assert '<html lang="en">' in alice.get("/map").content.decode()


def test_exports_defuse_formulas(alice) -> None:
    text = alice.get("/interactions/export.csv?period=all&texts=1").content.decode()
    assert "'=1+1" in text
    assert not re.search(r"(^|;)=", text, re.MULTILINE)


def test_measures_are_exported_for_spreadsheets(alice) -> None:
    answer = alice.get("/measure/export.xlsx?by=channel")
    assert answer.content[:2] == b"PK"
    assert "verite-measure.xlsx" in answer.headers["Content-Disposition"]


def test_an_unknown_export_is_not_found(alice) -> None:
    assert alice.get("/interactions/export.exe").status_code == 404


@pytest.mark.parametrize(
    ("name", "key"),
    [("status", "people"), ("measure", "rows"), ("map", "nodes"), ("targets", "rows")],
)
def test_the_api_answers_with_the_keys_of_the_command_line(bob, name: str, key: str) -> None:
    assert bob.get(f"/api/{name}").json()[key]


def test_the_api_tells_an_error_by_code_and_sentence(alice) -> None:
    answer = alice.get("/api/map?case=nothing")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_api_is_closed_to_strangers(stranger) -> None:
    unsigned = stranger.get("/api/status")
    assert unsigned.status_code == 401
    assert "Bearer" in unsigned.json()["said"]


def test_counts_over_unequal_times_are_not_compared(alice) -> None:
    text = alice.get("/?period=91d").content.decode()
    assert "ne couvrent pas toute la période" in text


def test_without_a_period_before_the_cockpit_does_not_say_that_nothing_changed(alice) -> None:
    text = alice.get("/?period=365d").content.decode()
    assert "au‑delà du hasard" not in text
    assert "choisissez une période plus courte" in text


def test_a_trend_shows_its_sixteen_weeks_whatever_the_period_read(alice) -> None:
    text = alice.get("/measure?metric=wait").content.decode()
    trend = text[text.index('id="trend"') : text.index('id="targets"')]
    told = re.findall(r'<td class="num">(.*?)<span', trend)
    assert len([value for value in told if "sans donnée" not in value]) > 10


def test_a_map_of_nobody_says_so(alice) -> None:
    text = alice.get("/map?case=case_id&channel=web").content.decode()
    assert "Aucun parcours dans cette sélection" in text
    assert "d’un client" not in text


def test_since_the_start_each_figure_of_the_cockpit_says_its_own_period(alice) -> None:
    text = alice.get("/?period=all").content.decode()
    weeks, everything = (
        alice.get(f"/interactions?kind=complaint&period={period}").content.decode()
        for period in ("28d", "all")
    )
    told = re.search(r'href="(/interactions[^"]*kind=complaint[^"]*)">(\d+)</a>', text)
    assert told
    assert "period=28d" in told[1]
    assert re.search(r"<h1>(\d+)", everything)[1] != told[2]
    assert re.search(r"<h1>(\d+)", weeks)[1] == told[2]
    assert re.search(r"Fenêtre\u202f: 5\xa0janv. ", text)
