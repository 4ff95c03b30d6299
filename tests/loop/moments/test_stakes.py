"""Points at stake prove nothing by chance alone."""

from __future__ import annotations

import numpy as np
from tests.loop.moments.test_studying import model_of, reading_of

from verite.home import Home
from verite.loop.moments.stakes import drawn_of, stakes_of
from verite.loop.moments.weights import weigh
from verite.words.moments import Aim, MomentKind


def test_a_touchpoint_that_moves_nothing_has_nothing_to_gain(planted: Home) -> None:
    """Answers given to other people: a 90 or 95 % interval above nothing is the exception, and
    what is to gain falls below nothing as often as above."""
    reading, above, below, tried = reading_of(planted), 0, 0, 0
    for seed in range(25):
        model = model_of(reading, seed)
        draws = drawn_of(weigh(model, 60).gram_draws)
        whole = drawn_of(model.grams.whole[np.ix_(model.matrix.model, model.matrix.model)][None])
        for place in range(len(model.touchpoints)):
            found = stakes_of(model, place, (whole, draws), MomentKind.NEUTRAL)
            assert found.aim is Aim.GAIN
            tried, above = tried + 1, above + (found.points.low > 0)
            below += found.points.value < 0
    assert above <= 0.15 * tried
    assert 0.3 * tried < below < 0.7 * tried
