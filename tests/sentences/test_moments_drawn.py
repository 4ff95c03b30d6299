"""Moments by the names that people give to their touchpoints."""

from __future__ import annotations

from dataclasses import replace

from tests.made_moments import made_moments

from verite.sentences.explain import explain_note
from verite.sentences.moments_drawn import with_names

NAMES = {"installation": "Mise en service", "delivery": "Livraison de la box"}


def test_notes_call_a_touchpoint_as_the_table_does() -> None:
    moments = made_moments()
    note = "note_moments_collinear: touchpoint=delivery, other=installation"
    moments = replace(moments, about=replace(moments.about, notes=(note,)))
    named = with_names(moments, lambda key: NAMES.get(key, key))
    said = explain_note(named.about.notes[0], "fr")
    assert said.startswith("Livraison de la box va toujours avec")
    assert said.count("Mise en service") == 2


def test_notes_without_touchpoints_stay_as_they_are() -> None:
    moments = made_moments()
    note = "note_moments_tested: n=3, found=1, rate=10"
    moments = replace(moments, about=replace(moments.about, notes=(note,)))
    assert with_names(moments, str.upper).about.notes == (note,)
