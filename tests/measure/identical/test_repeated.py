"""People who answer several times: their answers go together, in the index and in the cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from verite.measure import Study
from verite.measure.identical import identical
from verite.sentences.explain import explain_note
from verite.words.identical import Alike, Identical, IdenticalAsked

Made = Callable[..., list[dict[str, Any]]]
StudyOf = Callable[..., Study]


def ask(study: Study, *over: str) -> Identical:
    return identical(study, IdenticalAsked(metric="ease", over=over))


def staying(made: Made, seed: int, *, teams: int = 20, lower: float = 0.0) -> list[dict[str, Any]]:
    """Ten people a team who stay with it and answer five times; nothing differs but people, by 1.2
    points, and team t00 by `lower`."""
    chance = np.random.default_rng(seed)
    own = chance.normal(0, 1.2, teams * 10)
    rows = made(teams * 50)
    for k, row in enumerate(rows):
        score = 5 + own[k // 5] + chance.normal(0, 1) - lower * (k < 50)
        row |= {
            "person": f"p{k // 5:04}", "team": f"t{k // 50:02}", "motive": None, "touchpoint": None,
            "channel": ("phone", "chat", "email", "web", "store")[int(chance.integers(0, 5))],
            "score": float(np.clip(round(score, 2), 0, 10)), "at": row["at"] + timedelta(minutes=k),
        }  # fmt: skip
    return rows


def test_teams_that_do_not_differ_are_not_told_to_differ_by_the_people_who_stay_with_them(
    study_of: StudyOf, made: Made
) -> None:
    """The truth is 100. Taken as independent it was 76 on average, 100 in no interval."""
    found = [ask(study_of(staying(made, seed)), "team", "channel") for seed in range(8)]
    assert sum((one.index.high or 0.0) == pytest.approx(100.0) for one in found) >= 7
    assert np.mean([one.index.value or 0.0 for one in found]) > 88
    told = [cell.alike for one in found for cell in one.cells if cell.by[0].dimension == "team"]
    assert sum(one is Alike.DIFFERENT for one in told) <= 0.02 * len(told)


def test_a_team_that_truly_differs_is_still_found(study_of: StudyOf, made: Made) -> None:
    found = ask(study_of(staying(made, 3, lower=3.0)), "team", "channel")
    assert (found.index.high or 0.0) < 100
    first = next(one for one in found.cells if one.by[0].value == "t00")
    assert first.alike is Alike.DIFFERENT


def test_the_deviation_of_answers_is_that_of_people_and_noise_together(
    study_of: StudyOf, made: Made
) -> None:
    """√(1.2² + 1) = 1.562."""
    found = ask(study_of(staying(made, 1, teams=40)), "team")
    assert found.noise == pytest.approx(1.562, rel=0.06)


def test_contrasts_of_few_channels_are_as_wide_as_their_people_are_few(
    study_of: StudyOf, made: Made
) -> None:
    """Two sites of ten people each, however often they answer: √(2 · (1.44/10 + 1/50)) · 1.645."""
    rows = [row | {"site": row["team"]} for row in staying(made, 2, teams=2)]
    found = ask(study_of(rows), "site")
    told = found.contrasts[0].difference
    half = ((told.high or 0.0) - (told.low or 0.0)) / 2
    assert half == pytest.approx(1.645 * (2 * (1.44 / 10 + 1 / 50)) ** 0.5, rel=0.35)


def repeated(study: Study) -> list[str]:
    notes = ask(study, "channel", "team").about.notes
    return [note for note in notes if note.startswith("note_identical_repeated")]


def test_when_people_repeat_a_note_tells_how_often_and_how_alike(
    study_of: StudyOf, made: Made
) -> None:
    rows = [row | {"person": f"p{k // 5}"} for k, row in enumerate(made(600))]
    told = repeated(study_of(rows))
    assert len(told) == 1
    assert told[0].startswith("note_identical_repeated: n=600, people=120, alike=")


def test_when_hardly_anyone_repeats_nothing_is_said(study_of: StudyOf, made: Made) -> None:
    rows = [row | {"person": f"p{max(k, 50)}"} for k, row in enumerate(made(600))]
    assert repeated(study_of(rows)) == []


def test_the_note_is_a_sentence_in_both_languages() -> None:
    note = "note_identical_repeated: n=5000, people=1000, alike=48"
    assert explain_note(note, "fr").startswith("5\u202f000 réponses de 1\u202f000 personnes")
    assert "(48" in explain_note(note, "fr")
    assert explain_note(note, "en").startswith("5,000 answers from 1,000 people")
