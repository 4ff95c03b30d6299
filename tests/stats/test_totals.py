"""The interval of a total holds the truth as often as it says, people being the clusters."""

from __future__ import annotations

import numpy as np

from verite.ledger.port import Tally
from verite.stats.totals import total_interval


def test_nineteen_totals_in_twenty_hold_the_truth() -> None:
    """Compound Poisson: 60 people on average, each 1 to 4 losses of 2 minutes on average."""
    random = np.random.default_rng(8)
    truth, held = 60 * 2.5 * 120.0, 0
    for _ in range(600):
        people = [
            random.exponential(120.0, random.integers(1, 5)).tolist()
            for _ in range(random.poisson(60))
        ]
        found = total_interval(Tally.of(people))
        held += found.low <= truth <= found.high
    assert 0.92 <= held / 600 <= 0.98


def test_losses_of_one_person_are_not_those_of_several() -> None:
    together, apart = Tally.of([[60.0, 60.0]]), Tally.of([[60.0], [60.0]])
    assert total_interval(together).high > total_interval(apart).high
