"""The effect of a moment by double machine learning, on its page: asked, refused, told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from tests.made_effect import made_effect
from tests.web.moments_made import forget, stand_in, told

from verite.answer import Answer
from verite.home import Home
from verite.words.double import DoubleEffect, Near
from verite.words.errors import WrongUse
from verite.words.moments import MomentsAsked

PAGE = "/moments/advisor"
ASSUMED = "&assume=no_unseen;no_mediator"


@pytest.fixture
def learnt(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Near], None]]:
    """Homes answer a made-up effect, at once, with the control wanted."""
    stand_in(monkeypatch)

    def learn(near: Near) -> None:
        def effect(
            home: Home,
            touchpoint: str,
            asked: MomentsAsked,
            *,
            progress: Callable[[int, int], None],
        ) -> Answer[DoubleEffect]:
            progress(30, 60)
            return home.told(replace(made_effect(touchpoint, near), asked=asked))

        monkeypatch.setattr(Home, "moment_effect", effect)

    learn(Near.NEAR)
    yield learn
    forget()


def test_nothing_is_estimated_until_it_is_asked(alice, learnt) -> None:
    page = told(alice.get(PAGE))
    assert "Effet par double apprentissage" in page
    assert '<button class="btn" name="double" value="1">Estimer</button>' in page
    assert "Contrôle négatif" not in page


def test_asked_it_shows_effect_control_overlap_balance_and_robustness(alice, learnt) -> None:
    page = told(alice.get(f"{PAGE}?double=1"))
    for part in (
        "Effet par réponse exposée", "un mauvais vécu, comparé à", "dont 420 exposées",
        "La réponse donnée avant l’exposition (900)", "Réponses laissées de côté", "96 %",
        "sur être passé par Chat", "15 % pour le ramener dans le hasard",
        "personne n’a admis les hypothèses",
    ):  # fmt: skip
        assert part in page, part


def test_what_is_assumed_keeps_the_effect_and_lifts_its_rung(alice, learnt) -> None:
    page = told(alice.get(f"{PAGE}?double=1{ASSUMED}"))
    assert "personne n’a admis" not in page
    assert "solidité 3 sur 4 : effet estimé, non prouvé" in page
    assert '<input type="hidden" name="double" value="1">' in page


def test_a_control_away_from_nothing_says_why_the_effect_stays_an_association(
    alice, learnt
) -> None:
    learnt(Near.FAR)
    page = told(alice.get(f"{PAGE}?double=1{ASSUMED}"))
    assert "autre chose joue" in page
    assert "le contrôle négatif s’écarte de 0" in page
    assert "effet estimé, non prouvé" not in page


def test_without_the_extra_the_page_says_which_to_install(alice, learnt, monkeypatch) -> None:
    def missing(home: Home, *asked: object, progress: object) -> None:
        raise WrongUse("learners_missing")

    monkeypatch.setattr(Home, "moment_effect", missing)
    page = told(alice.get(f"{PAGE}?double=1"))
    assert "pip install" in page
    assert "verite[causal]" in page


def test_english_readers_get_english(alice, learnt) -> None:
    page = told(alice.get(f"{PAGE}?double=1&lang=en"))
    alice.get("/account?lang=fr")
    assert "Effect per exposed answer" in page
    assert "having been to Chat" in page
