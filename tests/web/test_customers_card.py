"""The card that a signed link opens."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from tests.web.test_customers import agent, golden, owner, storied, text_of  # noqa: F401


def make_card(who) -> tuple[str, str]:
    """The address of a customer's hand-over page and the path of a new card."""
    address = golden(who)
    page = unescape(who.post(f"{address}/card").content.decode())
    link = re.search(r"https?://[^/]+(/card/[^?<\s]+)", page)
    assert link
    return address, link[1]


@pytest.fixture
def nobody(storied: str):  # noqa: F811
    """Whoever holds the link."""
    from tests.web.conftest import Cast

    return Cast(storied, None)


def test_a_card_opens_without_an_account_and_leaves_no_cookie(agent, nobody) -> None:  # noqa: F811
    _, link = make_card(agent)
    answer = nobody.get(f"{link}?lang=fr")
    assert answer.status_code == 200
    assert "55 min" in text_of(answer)
    assert "Ne pas redemander" in text_of(answer)
    assert not answer.cookies


def test_a_card_has_no_way_into_the_house(agent, nobody) -> None:  # noqa: F811
    _, link = make_card(agent)
    page = nobody.get(link).content.decode()
    assert len(page) < 60_000
    assert "<form" not in page
    assert "<script" not in page
    assert all(url.startswith(("#", "/static/")) for url in re.findall(r'href="([^"]*)"', page))


def test_no_frame_holds_a_card_unless_its_origin_is_in_the_settings(agent, nobody) -> None:  # noqa: F811
    _, link = make_card(agent)
    headers = nobody.get(link).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "private, no-store"


def test_origins_are_those_of_the_settings(tmp_path) -> None:
    from verite.home import Home
    from verite.web.card.token import card_days, origins
    from verite.words.errors import BadInput

    Home.create(tmp_path / "h").close()
    file = tmp_path / "h" / "verite.toml"
    plain = file.read_text()
    told = {'["https://help.example.com"]': ("https://help.example.com",), "[]": ()}
    for written, read in told.items():
        file.write_text(f"{plain}\n[story]\nembed_origins = {written}\ncard_days = 3\n")
        with Home.open(tmp_path / "h") as home:
            assert origins(home) == read
            assert card_days(home) == 3
    for wrong in ("*", "https://a.example/x", "http://a.example", "'self'", "https://a; x"):
        file.write_text(f'{plain}\n[story]\nembed_origins = ["{wrong}"]\n')
        with Home.open(tmp_path / "h") as home, pytest.raises(BadInput):
            origins(home)


def test_a_card_taken_back_opens_no_more(agent, nobody) -> None:  # noqa: F811
    address, link = make_card(agent)
    page = agent.get(f"{address}/card").content.decode()
    newest = max(re.findall(r"/card/(\d+)/revoke", page), key=int)
    assert agent.post(f"{address}/card/{newest}/revoke").status_code == 302
    answer = nobody.get(link)
    assert answer.status_code == 404
    assert "55" not in text_of(answer)
    assert agent.post(f"{address}/card/{newest}/revoke").status_code == 404


def test_an_expired_card_opens_no_more(storied: str, owner, nobody) -> None:  # noqa: F811
    from verite.records.cards.actions import make_card as keep_card
    from verite.records.current import within
    from verite.web.card.token import card_url
    from verite.web.house import home_here
    from verite.words.member import CONSOLE

    person = golden(owner).rsplit("/", 1)[1]
    at = datetime.now(UTC) - timedelta(days=9)
    until = at + timedelta(days=7)
    with within(storied):
        number = keep_card(person=person, by=CONSOLE, at=at, until=until, using=storied)
        link = card_url(home_here(), number, person, until)
        forged = card_url(home_here(), number, person, until + timedelta(days=60))
    assert nobody.get(link).status_code == 404
    assert nobody.get(forged).status_code == 404  # the record says when, not the link alone


def test_every_closed_card_says_the_same(agent, nobody, charlie) -> None:  # noqa: F811
    _, link = make_card(agent)
    token = link.rsplit("/", 1)[1]
    head, stamp, mark = token.split(":")
    swapped = head[:-2] + ("AA" if head[-2:] != "AA" else "BB")
    told = {
        text_of(nobody.get(f"/card/{broken}?lang=fr"))
        for broken in ("x", "a:b:c", f"{head}:{stamp}:{mark[:-3]}xyz", f"{swapped}:{stamp}:{mark}")
    }
    assert len(told) == 1
    assert charlie.get(link).status_code == 404  # another company's key


def test_making_and_taking_back_a_card_is_written_down(storied: str, agent) -> None:  # noqa: F811
    from verite.records.audit.records import latest

    address, _ = make_card(agent)
    last = latest(using=storied, limit=1)[0]
    assert (last.did, last.by) == ("make_card", "bob@example.org")
    assert last.subject == address.rsplit("/", 1)[1]


def test_the_text_to_copy_tells_the_whole_story(agent) -> None:  # noqa: F811
    told = text_of(agent.get(f"{golden(agent)}/card?lang=fr"))
    for words in ("55 min d’attente", "Ne pas redemander", "18 h 04 – Écrit au chat"):
        assert words in told.replace("\xa0", " "), words


def test_an_origin_of_the_settings_may_frame_the_card(tmp_path) -> None:
    from tests.web.conftest import Cast, make_home
    from tests.web.storied import write_stories

    from verite.records.current import within
    from verite.web.house import close_house, home_here

    file = write_stories(tmp_path / "s.csv")
    alias = make_home(tmp_path / "home", name="Cadre", file=file)
    with within(alias):
        story = {"embed_origins": ["https://help.example.com"]}
        home_here().settings = replace(home_here().settings, story=story)
    who = Cast(alias, "alice@example.org")
    address, link = make_card(who)
    assert "<iframe src=" in unescape(who.post(f"{address}/card").content.decode())
    answer = Cast(alias, None).get(link)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors https://help.example.com")
    assert "X-Frame-Options" not in answer.headers
    assert who.get(address).headers["X-Frame-Options"] == "DENY"
    close_house(alias)
