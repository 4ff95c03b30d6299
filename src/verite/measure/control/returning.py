"""People who come back: what a period's answers are worth, and how little ranges see of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from verite.measure.evidence import Counted, Shape
from verite.stats import likeness as alike
from verite.stats.clusters import mean

_OFTEN: Final = 1.2  # periods by person: from there on people are said to come back
_SCORES: Final = (Shape.SHARE, Shape.NPS, Shape.MEAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """How alike one person's answers are within a unit (0-1), whether people come back from one
    period to the next, and the variance of one answer, in printed units."""

    likeness: float
    come_back: bool
    variance: float

    def worth(self, one: Counted) -> float:
        """How many answers of different people those of a period are worth."""
        return alike.worth(one.tally, self.likeness)

    def least(self, base: Sequence[Counted]) -> float:
        """The deviation that chance alone gives a period's figure, where people come back.

        Two periods that share their people differ less than two that do not: ranges from one to
        the next see too little of what slowly changes hands, and limits must not be narrower.
        """
        if not self.come_back or not base:
            return 0.0
        return sqrt(sum(self.variance / self.worth(one) for one in base) / len(base))


def returning(found: Sequence[Counted | None], whole: Counted | None) -> Returning:
    """What the periods of a unit and all of them together tell of its people."""
    if whole is None or whole.shape not in _SCORES:
        return Returning(likeness=0.0, come_back=False, variance=0.0)
    told = alike.likeness([whole.tally])
    people = sum(one.people for one in found if one is not None)
    factor = 1.0 if whole.shape is Shape.MEAN else 100.0
    spread = max(whole.tally.sum_yy / whole.n - mean(whole.tally) ** 2, 0.0)
    return Returning(
        likeness=told,
        come_back=told > 0 and people > _OFTEN * whole.people,
        variance=spread * factor**2,
    )
