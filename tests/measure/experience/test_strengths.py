"""Scores are judged; signals are told apart, and what is so by definition is not told."""

from __future__ import annotations

import numpy as np

from verite.measure.experience.strengths import strengths_of
from verite.sentences.of_experience import say_reply
from verite.words.experience import Verdict

Row = dict[str, object]


def scored(name: str, gap: float, people: int = 150, seed: int = 5) -> list[Row]:
    chance = np.random.default_rng(seed)
    return [
        {"person": person, "day": 10.0, "kind": "feedback", "metric": "own", "touchpoint": name,
         "score": float(np.clip(5.0 + gap + chance.normal(0, 1.5), 0, 10)), "scale_min": 0.0,
         "scale_max": 10.0}
        for person in range(people)
    ]  # fmt: skip


def ended(name: str, kind: str, good: float, people: int = 150) -> list[Row]:
    return [
        {"person": person, "day": 20.0, "kind": kind, "touchpoint": name,
         "outcome": "resolved" if person % 10 < 10 * good else "unresolved"}
        for person in range(people)
    ]  # fmt: skip


def test_a_touchpoint_known_by_outcomes_alone_has_no_verdict(reading_of) -> None:
    rows = [*scored("shop", 1.5), *scored("help", -1.5), *ended("phone", "contact", 0.1),
            *ended("chat", "contact", 0.9)]  # fmt: skip
    found = strengths_of(reading_of(rows, 100))
    judged = {one.name: one.verdict for one in found.figures if one.key == "touchpoint"}
    signals = {one.name: one for one in found.figures if one.key == "signal"}
    assert judged == {"shop": Verdict.STRENGTH, "help": Verdict.WEAKNESS}
    assert {name: one.verdict for name, one in signals.items()} == {"phone": None, "chat": None}
    assert signals["phone"].estimate.high < 0 < signals["chat"].estimate.low
    assert found.tested == 2
    told = say_reply(found, "en")
    assert "Known by signals alone (outcomes, waits): 2" in told


def test_a_complaint_is_bad_by_definition_and_no_weakness(reading_of) -> None:
    rows = [*scored("shop", 1.5), *scored("help", -1.5), *ended("phone", "contact", 0.5),
            *ended("complaint", "complaint", 1.0)]  # fmt: skip
    found = strengths_of(reading_of(rows, 100))
    weak = {one.name for one in found.figures if one.verdict is Verdict.WEAKNESS}
    assert weak == {"help"}


def test_signals_do_not_move_the_mean_that_scores_are_set_against(reading_of) -> None:
    rows = [*scored("shop", 1.5), *scored("help", -1.5)]
    alone = strengths_of(reading_of(rows, 100))
    beside = strengths_of(reading_of([*rows, *ended("phone", "contact", 0.1)], 100))
    assert alone.centre == beside.centre
    assert alone.figures == beside.figures[:2]


def test_without_scores_there_is_no_verdict_and_it_is_said(reading_of) -> None:
    rows = [*ended("phone", "contact", 0.1), *ended("chat", "contact", 0.9)]
    found = strengths_of(reading_of(rows, 100))
    assert not any(one.verdict for one in found.figures)
    assert "sans verdict" in say_reply(found, "fr")
