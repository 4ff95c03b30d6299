"""The customer of seed 001, asked of a whole demo home: exactly the story, in the keys agreed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from verite.demo import PLANTED
from verite.home import Home

GOLDEN = {
    "wait_s": 3300.0,
    "agents_reached": 2,
    "agents_never_reached": 1,
    "channel_switches": 1,
    "switches_by_customer": 1,
    "abandoned": 1,
    "retold": 1,
    "redone_steps": 2,
    "transfers": 1,
    "failed_transfers": 1,
    "menus": 2,
    "menus_again": 1,
    "resolved": False,
}


@pytest.fixture(scope="module")
def clairvoie(small: Path) -> Iterator[Home]:
    with Home.open(small) as home:
        yield home


def test_the_golden_customer_is_golden_case_one(clairvoie: Home) -> None:
    told = clairvoie.customer(PLANTED.golden_identity).json("fr")
    assert {key: told["effort"][key] for key in GOLDEN} == GOLDEN
    assert told["effort"]["wait_kinds"] == {"phone": 2100.0, "online": 1200.0}


def test_the_next_agent_reads_the_story_in_one_sentence(clairvoie: Home) -> None:
    answer = clairvoie.customer(PLANTED.golden_identity)
    said = answer.sentence("fr").replace("\xa0", " ").replace("\u202f", " ")
    assert said == (
        "Plus de connexion depuis le 6 oct., 18 h 04, non résolu : 2 contacts, 55 min d’attente, "
        "histoire redite, 2 gestes refaits, équipe réseau jamais jointe ; rappelez par téléphone "
        "sans redemander ni son histoire ni les gestes."
    )
    assert answer.sentence("en").count(".") == 1


def test_the_card_says_what_to_know_before_the_first_word(clairvoie: Home) -> None:
    story = clairvoie.customer(PLANTED.golden_identity).result.story
    assert len(story.said) == 2
    assert [(one.step, one.times) for one in story.tried] == [("restart_box", 2),
                                                             ("check_lights", 2)]  # fmt: skip
    assert story.not_to_ask == ("story", "step:restart_box", "step:check_lights")
    assert (story.waiting_for, story.never_reached) == ("transfer", "reseau")
    assert (story.preferred_channel, story.unfit_channels) == ("phone", ("chat",))
    assert story.advice == "call_back"
    assert story.grants == ("Geste jusqu’à 20 €", "Technicien sous 24 h")


def test_the_timeline_tells_agents_by_letters(clairvoie: Home) -> None:
    beats = clairvoie.customer(PLANTED.golden_identity).result.timeline
    told = [beat.agent for beat in beats if beat.case_id == "T0900001"]
    assert told == ["A", "A", "A", None, "B", "B", "B", None, None]


def test_the_company_loses_more_than_the_golden_customer(clairvoie: Home) -> None:
    lost = clairvoie.effort(by=("team",)).result
    assert lost.whole is not None
    assert lost.whole.spent.value > 2880
    assert lost.currency == "EUR"
    assert any(row.by and row.by[0].value == "oriel" for row in lost.rows)
