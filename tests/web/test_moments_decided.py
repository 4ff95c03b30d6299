"""What people decide of moments on the pages, and what the cockpit tells of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.web.moments_made import forget, placed, stand_in, told

from verite.answer import Answer
from verite.words.moments import Moments, MomentsAsked


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Homes answer the made-up study, at once."""
    stand_in(monkeypatch)
    yield
    forget()


@pytest.fixture
def declared(made, served: str) -> Iterator[None]:
    """What was declared in a test is taken away after it."""
    yield
    from verite.records.moments.models import Declaration

    Declaration.objects.using(served).all().delete()


def test_a_moment_is_declared_with_its_reason_and_stays_in_the_history(alice, declared) -> None:
    answer = alice.post("/moments/advisor/say", {"stand": "declared", "reason": "On le voit."})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/moments/advisor?")
    page = told(alice.get("/moments/advisor"))
    assert "Déclaré moment de vérité par alice@example.org" in page
    assert "On le voit." in page
    assert "4,1 points en jeu ce jour-là, registre 3" in page
    assert '<span class="tag ok">déclaré</span>' in told(alice.get("/moments"))


def test_a_refused_moment_no_longer_stands_out_until_it_is_taken_back(alice, declared) -> None:
    alice.post("/moments/advisor/say", {"stand": "refused", "reason": "Un artefact."})
    assert "Un moment rare pèse sur le NPS bien plus que son volume" in told(alice.get("/moments"))
    alice.post("/moments/advisor/undo", {"of": "nps"})
    title = "Deux moments rares pèsent sur le NPS bien plus que leur volume"
    assert title in told(alice.get("/moments"))
    page = told(alice.get("/moments/advisor"))
    assert "Décision 1 reprise : Remis en question" in page
    assert "Un artefact." in page


def test_a_moment_without_words_is_not_declared_but_may_be_refused(alice, declared) -> None:
    lacking = {"stand": "declared", "reason": "Je le sens."}
    answer = alice.post("/moments/complaint/say", lacking)
    assert answer.status_code == 400
    assert "des mots de clients ou de conseillers" in told(answer)
    assert 'value="declared"' not in told(alice.get("/moments/complaint"))
    refusal = {"stand": "refused", "reason": "Trop rare."}
    assert alice.post("/moments/complaint/say", refusal).status_code == 302


@pytest.mark.parametrize(
    "data", [{"stand": "declared", "reason": " "}, {"stand": "maybe", "reason": "x"}, {}]
)
def test_a_decision_without_reason_or_stand_is_refused(alice, declared, data) -> None:
    assert alice.post("/moments/advisor/say", data).status_code == 400


def test_an_agent_reads_and_decides_nothing(bob, declared) -> None:
    page = bob.get("/moments/advisor")
    assert page.status_code == 200
    assert "/say" not in page.content.decode()
    data = {"stand": "refused", "reason": "Non."}
    assert bob.post("/moments/advisor/say", data).status_code == 403
    assert bob.post("/moments/advisor/undo", {"of": "nps"}).status_code == 403
    assert bob.get("/moments/export.csv").status_code == 403


def test_the_cockpit_shows_the_heaviest_and_where_they_lead(alice, made) -> None:
    alice.get("/moments")
    page = told(alice.get("/"))
    assert "Ce qui pèse le plus : NPS" in page
    assert '<a href="/moments/advisor?outcome=nps">' in page
    assert "Invoice" not in page  # chance explains it
    assert "Quel moment coûte le plus de clients" in page


def test_the_cockpit_says_what_costs_customers_once_it_was_asked(alice, made, monkeypatch) -> None:
    from dataclasses import replace

    from verite.home import Home
    from verite.words.estimate import Unit

    before = Home.moments

    def moments(home: Home, asked: MomentsAsked) -> Answer[Moments]:
        found = before(home, asked).result
        unit = Unit.PERCENT if asked.outcome == "churn" else Unit.NPS
        return home.told(replace(found, study=replace(found.study, unit=unit)))

    monkeypatch.setattr(Home, "moments", moments)
    assert "Ce qui coûte le plus de clients" not in told(alice.get("/"))
    alice.get("/moments?outcome=churn")
    page = told(alice.get("/"))
    assert "Ce qui coûte le plus de clients :" in page
    assert "41 [29 ; 53] clients de plus sur 1 000 resteraient à 30 jours ; solidité 2" in page


def test_the_cockpit_does_not_wait_for_the_study(alice, monkeypatch) -> None:
    import threading

    from verite.home import Home

    forget()
    gate = threading.Event()

    def slowly(home: Home, asked: MomentsAsked) -> Answer[Moments]:
        gate.wait(20)
        return home.told(placed())

    monkeypatch.setattr(Home, "moments", slowly)
    try:
        assert "à relire dans quelques secondes" in told(alice.get("/"))
    finally:
        gate.set()
        forget()
