"""Laws of the catalogues: two languages, the same fields, the house's typography."""

from __future__ import annotations

import re
import string

import pytest

from verite.sentences import explain, explain_note
from verite.sentences.catalogue import catalogue
from verite.sentences.explain import reason
from verite.sentences.names import metric_name, touchpoint_name, value_name
from verite.words.errors import BadInput
from verite.words.heard import Refused
from verite.words.interaction import CHANNELS, Direction, Kind, Outcome
from verite.words.measured import Signal, TargetStatus

CATALOGUES = ("phrases", "nouns", "names", "errors", "alerts")


def every_entry():
    return [(name, key, entry) for name in CATALOGUES for key, entry in catalogue(name).items()]


def fields(text: str) -> set[str | None]:
    return {found[1] for found in string.Formatter().parse(text)} - {None}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_entry_has_both_languages_with_the_same_fields(name):
    for key, entry in catalogue(name).items():
        assert set(entry) == {"fr", "en"}, key
        assert fields(entry["fr"]) == fields(entry["en"]), key


def test_french_signs_are_never_parted_from_their_word():
    for name, key, entry in every_entry():
        assert not re.search(r" [;:!?%€»]|« ", entry["fr"]), f"{name}.{key}"
        assert "'" not in entry["fr"], f"{name}.{key}"


def test_no_sentence_of_a_result_speaks_of_a_cause():
    for key, entry in catalogue("phrases").items():
        assert not re.search(r"\bcauses?\b", " ".join(entry.values()), re.I), key


def test_closed_sets_have_their_names():
    names = catalogue("names")
    sets = {"channel": CHANNELS, "kind": Kind, "direction": Direction, "outcome": Outcome,
            "status": TargetStatus, "signal": Signal}  # fmt: skip
    missing = [
        f"{of}.{key}" for of, keys in sets.items() for key in keys if f"{of}.{key}" not in names
    ]
    assert missing == []


def test_an_error_is_explained_with_its_fields():
    said = explain(BadInput("score_outside_scale", fields={"score": 7, "low": 0, "high": 6}), "fr")
    assert said.startswith("La note 7 sort de son échelle, de 0 à 6\u202f:")


def test_an_error_names_the_two_nps_instead_of_their_keys():
    fields = {"outcome": "nps_relational", "n": 3, "needed": 100}
    said = explain(BadInput("moments_few_answers", fields=fields), "fr")
    assert "NPS relationnel" in said
    assert "nps_" not in said


def test_a_field_that_is_not_given_does_not_break_the_sentence():
    assert "?" in explain(BadInput("scale_order", fields={"low": 1}), "en")


def test_a_code_without_a_sentence_prints_with_its_fields():
    assert explain(BadInput("unheard_of", fields={"file": "a"}), "fr") == "unheard_of: file=a"


def test_braces_in_a_file_name_are_printed_as_they_are():
    said = explain(BadInput("segment_key", fields={"key": "{score}"}), "en")
    assert "{score}" in said


def test_a_refused_line_has_its_reason():
    line = Refused(file="a.csv", line=3, reason="naive_time", detail="2026-01-01")
    assert "fuseau" in reason(line, "fr")


def test_a_note_is_explained():
    assert "7 jours" in explain_note("note_definition_fcr: days=7", "fr").replace("\u00a0", " ")


def test_a_note_in_words_stays_as_it_is():
    assert explain_note("read at dawn", "fr") == "read at dawn"


def test_the_two_nps_have_two_names():
    assert metric_name("nps", "fr", "relational") != metric_name("nps", "fr", "transactional")


def test_a_rating_of_the_companys_own_keeps_its_name():
    assert metric_name("speed_of_answer", "en") == "speed of answer"


def test_values_that_only_look_like_times_stay_as_they_are():
    assert value_name("month", "soon", "fr") == "soon"
    assert value_name("hour", "18", "en") == "18:00"


def test_a_touchpoint_goes_by_its_designed_name():
    assert touchpoint_name("ivr", (("fr", "Menu vocal"),), "en") == "Menu vocal"
