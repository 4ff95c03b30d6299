"""People who answer several times: it is told beside the index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verite.measure import Study
from verite.measure.identical import identical
from verite.sentences.explain import explain_note
from verite.words.identical import IdenticalAsked

Made = Callable[..., list[dict[str, Any]]]
StudyOf = Callable[..., Study]


def repeated(study: Study) -> list[str]:
    found = identical(study, IdenticalAsked(metric="ease", over=("channel", "team")))
    return [note for note in found.about.notes if note.startswith("note_identical_repeated")]


def test_when_people_repeat_a_note_tells_how_often(study_of: StudyOf, made: Made) -> None:
    rows = [row | {"person": f"p{k // 5}"} for k, row in enumerate(made(600))]
    assert repeated(study_of(rows)) == ["note_identical_repeated: n=600, people=120"]


def test_when_hardly_anyone_repeats_nothing_is_said(study_of: StudyOf, made: Made) -> None:
    rows = [row | {"person": f"p{max(k, 50)}"} for k, row in enumerate(made(600))]
    assert repeated(study_of(rows)) == []


def test_the_note_is_a_sentence_in_both_languages() -> None:
    note = "note_identical_repeated: n=5000, people=1000"
    assert explain_note(note, "fr").startswith("5\u202f000 réponses de 1\u202f000 personnes")
    assert explain_note(note, "en").startswith("5,000 answers from 1,000 people")
