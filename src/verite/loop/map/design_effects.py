"""How much several journeys of one person widen an interval."""

from __future__ import annotations

import numpy as np

from verite.ledger.port import Tally
from verite.loop.map.passages import Floats, Passages, Rows
from verite.loop.map.tallying import tally_by_person
from verite.stats.clusters import design_effect


def design_effects(passages: Passages, observed: Rows, y: Floats) -> Floats:
    """Per place the design effect of a 0/1 seen at some passages, clustered by person.

    At least 1; 1 where nothing was seen.
    """
    of_rows = np.full(passages.timeline.rows, np.nan)
    of_rows[passages.rows[observed]] = y
    place, k = passages.timeline.codes("touchpoint"), len(passages.labels)
    return np.array([effect_of(tally) for tally in tally_by_person(passages, of_rows, place, k)])


def effect_of(tally: Tally) -> float:
    """The design effect of one place; of a single person, as if all of theirs were one.

    Twenty people whose two journeys end alike: forty rows are worth nineteen.

    >>> round(40 / effect_of(Tally.of([[i % 2.0] * 2 for i in range(20)])), 2)
    19.0
    >>> effect_of(Tally.of([[1.0, 0.0, 1.0]]))
    3.0
    """
    if tally.people < 2:
        return max(tally.sum_mm / tally.n, 1.0) if tally.n else 1.0
    return design_effect(tally)
