"""What is said of identical experience."""

from __future__ import annotations

from verite.sentences import explain_note
from verite.sentences.of_identical import bounds_told, decimals, identical_words, share_told
from verite.words.feeling import Bounded
from verite.words.identical import CONTROLLABLE, Alike


def test_every_dimension_and_verdict_has_its_words_in_both_languages() -> None:
    for lang in ("fr", "en"):
        for one in CONTROLLABLE:
            assert identical_words(f"plural.{one}", lang) != f"plural.{one}"
            assert identical_words(f"the.{one}", lang) != f"the.{one}"
        for verdict in Alike:
            assert identical_words(f"alike.{verdict.value}", lang) != f"alike.{verdict.value}"


def test_a_share_of_nothing_is_a_dash_and_never_a_number() -> None:
    assert share_told(Bounded(value=None, low=0.0, high=1.0), "fr") == "–"


def test_an_interval_of_shares_is_told_in_percent() -> None:
    told = bounds_told(Bounded(value=0.4, low=0.35, high=0.56), "en", per=0.01)
    assert told == "[35, 56]"


def test_a_margin_keeps_the_decimals_it_was_set_with() -> None:
    assert [decimals(x) for x in (0.25, 0.3, 1.0)] == [2, 1, 0]


def test_notes_name_dimensions_as_people_do() -> None:
    note = "note_identical_same_as: dimension=site, other=team"
    assert explain_note(note, "en") == ("Site: cuts the answers as team does, so left aside.")
    assert "équipe" in explain_note(note, "fr")
