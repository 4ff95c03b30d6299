"""Mean feeling of groups of interactions, with an interval clustered by person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from verite.ledger.port import Tally
from verite.loop.map.passages import Codes, Floats, Passages
from verite.loop.map.tallying import tally_by_person
from verite.stats.means import mean_interval
from verite.stats.withholding import withhold
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.interaction import Polarity

if TYPE_CHECKING:
    from verite.ledger.timeline.timeline import Timeline

METHOD: Final = "mean_clustered_adjusted"
# Three answers of three more people: as many at −1 and 1 (¾ each) as elsewhere (1½ at 0).
ADDED: Final = Tally(n=3, people=3, sum_y=0.0, sum_yy=1.5, sum_ss=1.5, sum_sm=0.0, sum_mm=3.0)


def feeling_of_rows(timeline: Timeline) -> Floats:
    """Per row the score turned so that high is good and rescaled to [−1, 1]; NaN without score."""
    score = timeline.numbers("score")
    low, high = timeline.numbers("scale_min"), timeline.numbers("scale_max")
    with np.errstate(invalid="ignore", divide="ignore"):
        felt = (2 * score - low - high) / (high - low)
    labels = timeline.labels("polarity")
    if Polarity.GOOD_LOW.value in labels:
        good_low = labels.index(Polarity.GOOD_LOW.value)
        felt = np.where(timeline.codes("polarity") == good_low, -felt, felt)
    return np.asarray(felt, dtype=np.float64)


def tally_feelings(passages: Passages, group: Codes, groups: int) -> list[Tally]:
    """The tally of feelings of every group; `group` is a code per row, −1 for none."""
    felt = feeling_of_rows(passages.timeline)
    return tally_by_person(passages, felt, group, groups)


def estimate_feeling(tally: Tally) -> Estimate:
    """The mean feeling, with a t interval clustered by person (CR1) that never collapses.

    The interval is that of the answers and of three more, spread over the scale, as Rocks (2016)
    does for NPS: thirty people at 1 give a low bound under 1, not [1, 1].

    >>> estimate = estimate_feeling(Tally.of([[1.0]] * 30))
    >>> estimate.value, round(estimate.low, 2), estimate.high
    (1.0, 0.78, 1.0)
    """
    known = tally.people >= 2
    value = tally.sum_y / tally.n if tally.n else 0.0
    bounds = mean_interval(tally + ADDED).within(-1.0, 1.0)
    estimate = Estimate(
        value=value if known else None,
        low=bounds.low if known else None,
        high=bounds.high if known else None,
        n=tally.n,
        people=tally.people,
        unit=Unit.FEELING,
        better=Better.HIGHER,
        method=METHOD,
        status=Status.OK if known else Status.UNKNOWN,
    )
    return withhold(estimate)
