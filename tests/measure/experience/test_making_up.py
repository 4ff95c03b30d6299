"""A product depends on the scale: what only one scale says is not decided."""

from __future__ import annotations

import numpy as np

from verite.measure.experience.making_up import cushion_on_odds, makes_up
from verite.words.experience import Verdict


def test_effects_that_add_up_on_the_answers_given_decide_nothing(reading_of) -> None:
    """2, 5 and 8 of 10: as an NPS about -100, -83 and 21, as if the one weakened the other."""
    chance = np.random.default_rng(7)
    rows: list[dict[str, object]] = []
    for person in range(2000):
        service, rest = chance.random(2) < 0.5
        rows.append({"person": person, "day": 1.0, "kind": "purchase"})
        rows.append({"person": person, "day": 50.0, "kind": "contact", "touchpoint": "help",
                     "outcome": "resolved" if service else "unresolved"})  # fmt: skip
        rows.append({"person": person, "day": 51.0, "kind": "delivery", "touchpoint": "parcel",
                     "outcome": "done" if rest else "unresolved"})  # fmt: skip
        score = float(np.clip(round(2 + 3 * service + 3 * rest + chance.normal(0, 1)), 0, 10))
        rows.append({"person": person, "day": 60.0, "kind": "feedback", "metric": "nps",
                     "score": score, "scale_min": 0.0, "scale_max": 10.0})  # fmt: skip
    found = makes_up(reading_of(rows, 100))
    assert found.find("nps_cushion").estimate.high < 0
    assert found.verdict is Verdict.UNDECIDED


def test_effects_that_add_up_in_log_odds_have_no_cushion_there() -> None:
    """Forty worlds kept at 97, 88 and 62 %: the interval misses 0 about twice."""
    chance, missed = np.random.default_rng(3), 0
    for _ in range(40):
        s, r = chance.choice([-1.0, 1.0], (2, 3000))
        kept = chance.random(3000) < 1 / (1 + np.exp(-(2.0 + 0.75 * s + 0.75 * r)))
        x = np.column_stack([s, r, s * r, chance.random(3000)])
        low, high = cushion_on_odds(x, kept, np.arange(3000))
        missed += not low < 0 < high
    assert missed <= 7
