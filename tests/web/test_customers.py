"""The page of one customer, the list of stories, and the search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from tests.web.storied import AT, write_stories


@pytest.fixture(scope="session")
def storied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The alias of a home with the golden story."""
    from tests.web.conftest import make_home

    from verite.web.house import close_house

    folder = tmp_path_factory.mktemp("storied")
    alias = make_home(folder / "home", name="Clairvoie", file=write_stories(folder / "s.csv"))
    yield alias
    close_house(alias)


@pytest.fixture
def owner(storied: str):
    """Alice, in the home of the stories."""
    from tests.web.conftest import Cast

    return Cast(storied, "alice@example.org")


@pytest.fixture
def agent(storied: str):
    """Bob, an agent there."""
    from tests.web.conftest import Cast

    return Cast(storied, "bob@example.org")


def golden(who) -> str:
    """The address of the golden customer, as the search gives it."""
    return who.post("/customers", {"q": "user:seed-001"}).headers["Location"]


def text_of(answer) -> str:
    told = re.sub(r"<(svg|title).*?</\1>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", told)))


def test_the_golden_story_is_told_in_six_figures(owner) -> None:
    told = text_of(owner.get(golden(owner) + "?lang=fr"))
    for words in ("55 min d’attente, en 3 fois", "1 fois histoire redite",
                  "2 fois manipulations refaites", "1 sur 1 transfert raté",
                  "2 passages au menu vocal", "2 canaux, de chat à téléphone"):  # fmt: skip
        assert words in told, words


def test_it_says_what_must_not_be_asked_again_and_what_to_do(owner) -> None:
    told = text_of(owner.get(golden(owner) + "?lang=fr"))
    assert "Ne pas redemander Son histoire, redémarrer la box, regarder les voyants." in told
    assert "non résolu" in told
    assert "L’équipe réseau n’a jamais été jointe." in told


def test_the_words_of_the_customer_are_escaped_once(owner) -> None:
    page = owner.get(golden(owner)).content.decode()
    assert "&lt;b&gt;depuis&lt;/b&gt;" in page
    assert "<b>depuis" not in page
    assert "&amp;amp;" not in page
    assert "&amp;#x27;" not in page


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_page_is_light(owner, lang: str) -> None:
    page = owner.get(f"{golden(owner)}?lang={lang}").content
    assert len(page) < 100_000
    assert b"<script" not in page
    assert b"style=" not in page


def test_every_mark_of_the_timeline_leads_to_a_line(owner) -> None:
    page = owner.get(golden(owner)).content.decode()
    marks = set(re.findall(r'href="#(i-\w+)"', page))
    assert len(marks) == 5
    assert marks <= set(re.findall(r' id="(i-\w+)"', page))


def test_the_address_holds_a_number_and_identities_are_masked(owner) -> None:
    address = golden(owner)
    assert re.fullmatch(r"/customers/[0-9a-z]{1,13}", address)
    page = owner.get(address).content.decode()
    assert "seed-001" not in page
    assert "••-001" in page


@pytest.mark.parametrize("person", ["user:seed-001", "lea.martin@example.org", "zzz", "%20", "ZZZ"])
def test_an_address_takes_no_identity(owner, person: str) -> None:
    assert owner.get(f"/customers/{person}").status_code == 404


def test_a_case_that_is_not_theirs_is_explained_and_never_replaced_by_another(owner) -> None:
    answer = owner.get(golden(owner) + "?case=NOPE&lang=fr")
    assert answer.status_code == 404
    assert "Aucun dossier de ce client ne porte le numéro « NOPE »" in text_of(answer)


def test_the_list_puts_the_most_trying_open_story_first(owner) -> None:
    told = text_of(owner.get("/customers?lang=fr"))
    assert "2 histoires attendent leur fin" in told
    assert told.index("55 min") < told.index("12 min")


def test_a_listed_story_opens_on_its_own_case(owner) -> None:
    page = owner.get("/customers?state=all&period=all&order=recent&page=2").content.decode()
    url = unescape(re.findall(r'href="(/customers/\w+\?case=T0000009)"', page)[0])
    told = text_of(owner.get(url + "&lang=fr"))
    assert "Renseignement" in told
    assert "résolu" in told


@pytest.mark.parametrize("order", ["wait", "contacts", "recent"])
def test_no_story_is_lost_by_sorting_or_turning_pages(owner, order: str) -> None:
    query = f"state=all&period=all&order={order}"
    pages = [owner.get(f"/customers?{query}&page={n}").content.decode() for n in (1, 2)]
    cases = [re.findall(r"\?case=(\w+)", page) for page in pages]
    assert len(cases[0]) == 25
    assert len(set(cases[0] + cases[1])) == 33


def test_a_channel_keeps_the_stories_that_passed_by_it(owner) -> None:
    page = owner.get("/customers?state=all&period=all&channel=store").content.decode()
    assert re.findall(r"\?case=(\w+)", page) == ["T0000009"]


@pytest.mark.parametrize("query", ["period=5y", "state=shut", "order=name", "page=x"])
def test_a_list_that_cannot_be_is_said(owner, query: str) -> None:
    assert owner.get(f"/customers?{query}").status_code in {400, 404}


@pytest.mark.parametrize(
    "typed", ["user:seed-001", "seed-001", " seed-001 ", "T0900001", "t0900001", "seed-0"]
)
def test_a_search_leads_to_the_customer_meant(agent, owner, typed: str) -> None:
    assert agent.post("/customers", {"q": typed}).headers["Location"] == golden(owner)


@pytest.mark.parametrize("typed", ["lea.martin@example.org", "Lea.Martin@Example.org"])
def test_a_whole_e_mail_finds_its_customer_for_everybody(agent, typed: str) -> None:
    assert agent.post("/customers", {"q": typed}).status_code == 302


def test_the_beginning_of_an_e_mail_finds_nobody_for_an_agent(agent, owner) -> None:
    assert "Personne de connu" in text_of(agent.post("/customers", {"q": "lea.martin"}))
    assert "Personne de connu" in text_of(agent.post("/customers", {"q": "email:lea.m"}))
    assert owner.post("/customers", {"q": "lea.martin"}).status_code == 302


def test_several_matches_are_listed_masked(agent) -> None:
    told = text_of(agent.post("/customers?lang=fr", {"q": "calm"}))
    assert "Plus de 20 clients : précisez" in told
    assert told.count("dernier contact") == 20
    assert "calm-0" not in told
    assert "••-000" in told


def test_what_was_typed_stays_in_the_box(agent) -> None:
    assert 'value="calm"' in agent.post("/customers", {"q": "calm"}).content.decode()
    held = agent.post("/customers", {"q": 'zz"><b>'}).content.decode()
    assert 'value="zz&quot;&gt;&lt;b&gt;"' in held


def test_a_shown_id_is_found_in_capitals(agent, owner) -> None:
    address = golden(owner)
    shown = address.rpartition("/")[2].upper()
    assert agent.post("/customers", {"q": shown}).headers["Location"] == address


@pytest.mark.parametrize("typed", ["cal", "%", "_", "'", "user:", "é" * 300])
def test_what_is_too_short_or_odd_finds_nobody(agent, typed: str) -> None:
    assert agent.post("/customers", {"q": typed}).status_code == 200


def test_agents_read_stories_but_see_no_way_to_export_or_erase(agent, owner) -> None:
    address = golden(agent)
    assert f"{address}/erase" in owner.get(address).content.decode()
    page = agent.get(address)
    assert page.status_code == 200
    assert f"{address}/erase" not in page.content.decode()


def test_strangers_and_other_companies_read_no_story(storied: str, owner, charlie) -> None:
    from tests.web.conftest import Cast

    address = golden(owner)
    for path in (address, "/customers", f"{address}/card"):
        assert Cast(storied, None).get(path).headers["Location"].startswith("/sign-in")
    assert charlie.get(address).status_code == 404


def test_an_empty_home_says_what_to_do_first(charlie) -> None:
    assert charlie.get("/customers").status_code == 200
    assert charlie.post("/customers", {"q": "anybody"}).status_code == 200


def test_the_story_is_the_same_after_its_customer_is_merged(storied: str, owner) -> None:
    """The old address stays: any key of a person leads to them."""
    from verite.records.current import within
    from verite.web.house import home_here

    before = owner.post("/customers", {"q": "user:calm-001"}).headers["Location"]
    with within(storied):
        home_here().desk.ledger.merge("user:calm-001", "user:calm-002", reason="test", at=AT)
    assert owner.get(before).status_code == 200
    assert owner.post("/customers", {"q": "user:calm-001"}).status_code == 302


def test_the_examples_of_masking_run() -> None:
    import doctest

    from verite.web.customers import masked, taling

    assert doctest.testmod(masked).failed == doctest.testmod(taling).failed == 0
    assert doctest.testmod(masked).attempted > 1
