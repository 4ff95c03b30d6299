"""A customer's story in lines and in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.pictures.story_told import GOLDEN, START, beat, days_apart, golden

from verite.sentences.episodes import Doing, episodes, story_alerts, story_beats
from verite.sentences.headline import headline
from verite.sentences.tale import Tone, tell_lines
from verite.sentences.zones import in_zone
from verite.words.customer import Customer, Effort


def told(customer: Customer, lang: str = "fr") -> list[tuple[str, str]]:
    lines = tell_lines(customer, lang)
    return [(line.at.strftime("%H:%M"), line.title.replace("\xa0", " ")) for line in lines]


def test_the_golden_story_line_by_line():
    assert told(golden()) == [
        ("18:04", "Écrit au chat"),
        ("18:24", "Le conseiller A répond"),
        ("18:35", "Rappel proposé par Vérité"),
        ("18:42", "Abandonne"),
        ("18:49", "Menu vocal"),
        ("18:50", "Appelle"),
        ("19:05", "Redit son histoire au conseiller B"),
        ("19:17", "Transfert vers l’équipe réseau"),
        ("19:37", "Menu vocal, pour la 2e fois"),
    ]


def test_steps_are_told_with_the_contact_that_asked_them_and_those_redone_apart():
    details = {line.title: line.detail for line in tell_lines(golden(), "fr")}
    steps = "redémarrer la box, regarder les voyants."
    assert details["Le conseiller A répond"] == f"À faire\u202f: {steps}"
    assert f"À refaire\u202f: {steps}" in details["Redit son histoire au conseiller B"]


def test_what_hurts_is_marked_and_what_the_system_proposed_is_too():
    tones = {line.title: line.tone for line in tell_lines(golden(), "en")}
    hard = [title for title, tone in tones.items() if tone is Tone.FRICTION]
    assert hard == [
        "Gives up", "Tells the story again to agent B", "Transfer to the Network team",
        "Voice menu, for the 2nd time",
    ]  # fmt: skip
    assert tones["Call-back proposed by Vérité"] is Tone.DELIGHT


def test_a_line_that_begins_an_interaction_bears_its_id_once():
    ids = [line.id for line in tell_lines(golden(), "fr") if line.id]
    assert ids == [b.id for b in GOLDEN if b.step is None]


def test_an_answer_in_writing_is_told_but_is_no_wait():
    letter = beat(0, channel="email", wait_s=72000.0, duration_s=60.0)
    line = tell_lines(replace(golden(), timeline=(letter,)), "en")[0]
    assert line.detail == "Answered 20\xa0h later."
    assert not line.waits


def test_a_bot_is_no_one_to_talk_to():
    bot = beat(0, channel="bot", duration_s=60.0)
    assert episodes(replace(golden(), timeline=(bot,)))[0].doing is Doing.ALONE


def test_a_story_holds_its_case_and_what_happened_around_it():
    near = replace(beat(-300, channel="web", kind="visit"), case_id=None, id="e" * 32)
    far = replace(beat(-9000, channel="web", kind="visit"), case_id=None, id="f" * 32)
    beats = story_beats(replace(golden(), timeline=(far, near, *GOLDEN)))
    assert [b.id for b in beats] == [near.id, *(b.id for b in GOLDEN)]


def test_an_alert_of_another_story_is_not_told():
    late = replace(golden().alerts[0], at=START.replace(hour=23))
    customer = replace(golden(), alerts=(late,))
    assert story_alerts(customer, episodes(customer)) == ()


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("fr", "Plus de connexion depuis mardi 6 oct. 18 h 04\u202f: 55 min d’attente, "
               "histoire redite et transfert raté"),
        ("en", "No connection since Tuesday 6 Oct 18:04: 55 min of waiting, "
               "story told again and failed transfer"),
    ],
    ids=["fr", "en"],
)  # fmt: skip
def test_the_headline_says_why_since_when_and_what_it_cost(lang, line):
    assert headline(golden(), lang).replace("\xa0", " ") == line


def test_the_headline_of_a_case_that_went_well_is_short():
    calm = replace(days_apart(1), effort=Effort(contacts=1, resolved=True))
    assert headline(calm, "fr").endswith(", résolu")
    nobody = replace(golden(), story=replace(golden().story, since=None))
    assert headline(nobody, "en") == "No contact to tell"


def test_a_story_is_told_in_the_zone_of_its_home():
    tokyo = in_zone(golden(), "Asia/Tokyo")
    assert isinstance(tokyo, Customer)
    assert tell_lines(tokyo, "fr")[0].at.hour == 1
    assert tokyo.feeling.course[0][0].utcoffset() == tokyo.timeline[0].at.utcoffset()
    assert tokyo.story.since == golden().story.since
