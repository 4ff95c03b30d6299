"""The interval of the index is tried when asked, and what came out is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verite.measure import Study
from verite.measure.identical import identical
from verite.measure.identical.checking import note_of_check
from verite.sentences.explain import explain_note
from verite.words.identical import IdenticalAsked, IndexCheck

Made = Callable[..., list[dict[str, Any]]]
StudyOf = Callable[..., Study]


def test_asked_for_the_interval_is_tried_and_a_note_says_how_it_stood(
    study_of: StudyOf, made: Made
) -> None:
    asked = IdenticalAsked(metric="ease", over=("channel", "team"), check=True)
    found = identical(study_of(made(600)), asked)
    assert found.check is not None
    assert found.check.agrees
    assert note_of_check(found.check) in found.about.notes
    assert found.about.asked.endswith(" --check")


def test_not_asked_for_nothing_is_tried(study_of: StudyOf, made: Made) -> None:
    found = identical(study_of(made(300)), IdenticalAsked(metric="ease", over=("channel",)))
    assert found.check is None


def test_an_interval_that_is_too_narrow_is_told() -> None:
    narrow = IndexCheck(worse=0.09, better=None, draws=200, most=0.058)
    assert not narrow.agrees
    told = explain_note(note_of_check(narrow), "en")
    assert "too narrow" in told
    assert "9.0%" in told
    assert "{" not in explain_note(note_of_check(None), "fr")
