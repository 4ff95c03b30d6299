"""The page of who is who: the queue, its two answers, undoing, who may and who sees."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from tests.web.conftest import Cast, make_home

ROWS = """identity,aliases,at,channel,kind,case_id
user:1,email:family@x.fr|phone:+33612345678,2026-01-01T10:00:00Z,web,contact,c1
user:2,email:family@x.fr,2026-01-02T10:00:00Z,web,contact,c1
email:family@x.fr,,2026-01-03T10:00:00Z,email,contact,c1
user:3,email:noreply@x.fr,2026-01-03T11:00:00Z,email,contact,
user:4,anon:44,2026-01-03T11:00:00Z,web,visit,
"""


@pytest.fixture
def town(tmp_path: Path):
    """The alias of a home with one shared address, one impossible one, two merges."""
    from verite.web.house import close_house

    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    alias = make_home(tmp_path / "home", name="Ville", file=file)
    yield alias
    close_house(alias)


@pytest.fixture
def owner(town: str) -> Cast:
    return Cast(town, "alice@example.org")


@pytest.fixture
def agent(town: str) -> Cast:
    return Cast(town, "bob@example.org")


def page(cast: Cast, query: str = "?lang=fr") -> str:
    answer = cast.get(f"/unify{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def ids(text: str, verb: str) -> list[str]:
    return re.findall(rf'value="{verb}"><input type="hidden" name="id" value="(\w+)"', text)


def test_the_queue_shows_what_the_decision_rests_on(owner: Cast) -> None:
    text = page(owner)
    assert "email:family@x.fr" in text
    assert "plusieurs clients connus" in text
    assert "1 dossier commun" in text.replace("\xa0", " ")
    assert "email:noreply@x.fr" in text
    assert len(ids(text, "accept")) == 1
    assert len(ids(text, "undo")) == 2


def test_accepting_joins_and_says_so(owner: Cast, town: str) -> None:
    (doubt,) = ids(page(owner), "accept")
    answer = owner.post("/unify/decide", {"do": "accept", "id": doubt})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/unify")
    text = page(owner).replace("\xa0", " ").replace("\u202f", " ")
    assert "elles forment 1 personne" in text
    assert ids(text, "accept") == []
    from verite.records.audit.records import latest
    from verite.records.unify.records import latest_decisions

    assert latest(using=town)[0].did == "people_accepted"
    assert {one.by for one in latest_decisions(using=town)} == {"alice@example.org"}


def test_rejecting_empties_the_queue_and_joins_nobody(owner: Cast) -> None:
    (doubt,) = ids(page(owner), "accept")
    owner.post("/unify/decide", {"do": "reject", "id": doubt})
    assert ids(page(owner), "accept") == []


def test_undoing_a_merge_parts_and_says_so(owner: Cast) -> None:
    text = page(owner)
    for merge in ids(text, "undo"):
        owner.post("/unify/decide", {"do": "undo", "id": merge})
    assert ids(page(owner), "undo") == []


def test_what_somebody_else_decided_meanwhile_is_told(owner: Cast) -> None:
    owner.post("/unify/decide", {"do": "accept", "id": "00000000"})
    assert 'role="alert"' in page(owner)


def test_an_agent_neither_decides_nor_sees_identities(agent: Cast, owner: Cast) -> None:
    text = page(agent)
    assert "family@x.fr" not in text
    assert ids(text, "accept") == []
    (doubt,) = ids(page(owner), "accept")
    assert agent.post("/unify/decide", {"do": "accept", "id": doubt}).status_code == 403
    assert len(ids(page(owner), "accept")) == 1


def test_the_page_speaks_english_too(owner: Cast) -> None:
    text = page(owner, "?lang=en")
    assert "several known customers" in text
    assert "It is one person" in text


def test_an_empty_home_says_what_to_do(charlie: Cast) -> None:
    assert "Apporter un premier fichier" in page(charlie)


def test_the_page_keeps_the_rules_of_the_house(owner: Cast) -> None:
    text = page(owner)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)
    assert text.count("<h1") == 1


def searched(cast: Cast) -> str:
    """The page once the search has ended."""
    pause = threading.Event()
    for _ in range(600):
        text = page(cast, "?lang=en")
        if 'id="searching"' not in text:
            return text
        pause.wait(0.1)
    raise AssertionError("the search did not end")


def test_likenesses_are_looked_for_by_who_may_decide_and_said_in_one_sentence(
    owner: Cast, agent: Cast, town: str
) -> None:
    answer = owner.post("/unify/propose?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/unify#review")
    text = searched(owner)
    assert 'role="alert"' in text
    assert "Nothing is proposed" in text  # too few are here
    assert agent.post("/unify/propose").status_code == 403
    assert "/unify/propose" not in agent.get("/unify").content.decode()


@pytest.fixture
def running(town: str):
    """A search under way since a moment ago."""
    from datetime import UTC, datetime

    from verite.records.unify.searching import start_search, tell_search
    from verite.words.member import CONSOLE

    found = start_search(using=town, by=CONSOLE, at=datetime.now(UTC))
    tell_search(using=town, number=found.number, done=40)
    return found


def test_a_search_under_way_is_followed_and_cannot_be_begun_twice(
    owner: Cast, running, town: str
) -> None:
    from verite.records.unify.searches import latest_search

    assert owner.post("/unify/propose").status_code == 302
    assert latest_search(using=town).number == running.number
    text = page(owner, "?lang=en")
    assert "Looking for likenesses" in text
    assert 'value="40"' in text
    assert "/unify/propose" not in text
    part = owner.get("/unify?lang=en", **{"HX-Request": "true"})
    assert (part.status_code, "<html" in part.content.decode()) == (200, False)


def test_a_search_that_a_stopped_server_left_may_be_begun_again(
    owner: Cast, running, town: str
) -> None:
    from datetime import UTC, datetime

    from verite.records.unify.searching import stop_orphan_searches

    assert stop_orphan_searches(using=town, at=datetime.now(UTC)) == 1
    text = page(owner, "?lang=en")
    assert "It broke off, nothing changed" in text
    assert "/unify/propose" in text
    followed = owner.get("/unify", **{"HX-Request": "true"})
    assert (followed.status_code, followed.headers["HX-Refresh"]) == (204, "true")
    owner.post("/unify/propose")
    assert "Nothing is proposed" in searched(owner)


def test_what_a_search_gave_stays_on_the_page(owner: Cast, running, town: str) -> None:
    from datetime import UTC, datetime

    from verite.records.unify.searching import end_search
    from verite.words.member import CONSOLE

    end_search(using=town, by=CONSOLE, number=running.number, gave=(71, 1), at=datetime.now(UTC))
    for _ in range(2):
        text = page(owner, "?lang=en").replace("\N{NO-BREAK SPACE}", " ")
        assert "71 customers compared by their mails" in text
