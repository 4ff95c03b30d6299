"""Dissonance, making up, strengths: planted effects are found, and nothing where there is none."""

from __future__ import annotations

import numpy as np

from verite.measure.experience.dissonance import dissonance_of
from verite.measure.experience.making_up import makes_up
from verite.measure.experience.strengths import strengths_of
from verite.words.experience import Verdict
from verite.words.moments import Rung


def _torn(one: float, other: float) -> bool:
    return max(one, other) >= 6.5 and min(one, other) < 4.5


def test_dissonance_that_costs_loyalty_is_found(reading_of, answers_world) -> None:
    rows = answers_world(1600, lambda a, b: 3.0 + 0.8 * (a + b) / 2 - 2.5 * _torn(a, b))
    found = dissonance_of(reading_of(rows, 100))
    nps = found.find("nps")
    assert nps.verdict is Verdict.SUPPORTED
    assert nps.rung is Rung.ADJUSTED
    assert nps.estimate.high < 0


def test_where_only_the_mean_counts_dissonance_changes_nothing(reading_of, answers_world) -> None:
    rows = answers_world(1600, lambda a, b: 3.0 + 0.8 * (a + b) / 2)
    nps = dissonance_of(reading_of(rows, 100)).find("nps")
    assert nps.verdict is Verdict.UNDECIDED
    assert nps.estimate.low < 0 < nps.estimate.high


def test_the_share_of_the_torn_is_that_planted(reading_of, answers_world) -> None:
    """Of 16 pairs of levels, (8, 2), (8, 4) and their turns are torn: a quarter."""
    rows = answers_world(1600, lambda a, b: 5.0)
    found = dissonance_of(reading_of(rows, 100))
    share = found.find("share").estimate
    assert share.low < 25.0 < share.high
    assert {pair[:2] for pair in found.pairs} == {("phone", "store"), ("store", "phone")}


def test_with_a_map_domains_are_its_stages(reading_of, answers_world) -> None:
    rows = answers_world(200, lambda a, b: 5.0)
    stages = {"phone_point": "help", "store_point": "help"}
    found = dissonance_of(reading_of(rows, 100, stages=stages))
    assert (found.domain, found.reason) == ("stage", "one_domain")


def _served(people: int, cushion: float) -> list[dict[str, object]]:
    chance = np.random.default_rng(7)
    rows: list[dict[str, object]] = []
    for person in range(people):
        service, rest = chance.random(2) < 0.5
        rows.append({"person": person, "day": 1.0, "kind": "purchase"})
        rows.append({"person": person, "day": 50.0, "kind": "contact", "touchpoint": "help",
                     "outcome": "resolved" if service else "unresolved"})  # fmt: skip
        rows.append({"person": person, "day": 51.0, "kind": "delivery", "touchpoint": "parcel",
                     "outcome": "done" if rest else "unresolved"})  # fmt: skip
        score = 5.0 + 2.0 * service + 2.0 * rest + cushion * (rest and not service)
        given = float(np.clip(round(score + chance.normal(0, 1.5)), 0, 10))
        rows.append({"person": person, "day": 60.0, "kind": "feedback", "metric": "nps",
                     "score": given, "scale_min": 0.0, "scale_max": 10.0})  # fmt: skip
    return rows


def test_a_good_experience_that_makes_up_is_supported(reading_of) -> None:
    found = makes_up(reading_of(_served(3000, 2.0), 100))
    assert found.verdict is Verdict.SUPPORTED
    assert found.find("nps_cushion").estimate.low > 0


def test_one_that_does_not_is_contradicted(reading_of) -> None:
    assert makes_up(reading_of(_served(3000, -2.0), 100)).verdict is Verdict.CONTRADICTED


def test_strengths_and_weaknesses_stand_apart_from_what_is_like_the_house(reading_of) -> None:
    chance = np.random.default_rng(5)
    planted = {"high": 1.5, "low": -1.5, "like_1": 0.0, "like_2": 0.0, "like_3": 0.0}
    rows = [
        {"person": person, "day": 10.0 + k, "kind": "feedback", "metric": "own", "touchpoint": name,
         "score": float(np.clip(5.0 + gap + chance.normal(0, 1.5), 0, 10)), "scale_min": 0.0,
         "scale_max": 10.0}
        for person in range(200)
        for k, (name, gap) in enumerate(planted.items())
    ]  # fmt: skip
    found = strengths_of(reading_of(rows, 100))
    verdicts = {one.name: one.verdict for one in found.figures}
    assert verdicts["high"] is Verdict.STRENGTH
    assert verdicts["low"] is Verdict.WEAKNESS
    assert list(verdicts.values()).count(Verdict.UNDECIDED) >= 2
