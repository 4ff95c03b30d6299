"""NPS: promoters less detractors, its variance and its adjusted-Wald interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from verite.stats.clusters import Sums, design_effect
from verite.stats.intervals import LEVEL, Interval, normal_quantile

# Adjusted Wald (Rocks 2016, arXiv 1601.07235): add 3 answers, ¾ detractors and ¾ promoters.
ADDED_TO_ENDS = 0.75
ADDED = 3.0


@dataclass(frozen=True, slots=True)
class Stances:
    """How many detractors (0-6), passives (7-8) and promoters (9-10); may be effective numbers."""

    detractors: float
    passives: float
    promoters: float

    @property
    def answers(self) -> float:
        """All of them."""
        return self.detractors + self.passives + self.promoters


def stances(sums: Sums) -> Stances:
    """The counts behind a tally of y ∈ {−1, 0, 1}: Σy = R − D and Σy² = R + D.

    >>> from verite.ledger.port import Tally
    >>> stances(Tally.of([[-1.0], [1.0], [1.0], [0.0]]))
    Stances(detractors=1.0, passives=1.0, promoters=2.0)
    """
    return Stances(
        (sums.sum_yy - sums.sum_y) / 2.0, sums.n - sums.sum_yy, (sums.sum_yy + sums.sum_y) / 2.0
    )


def net_score(counts: Stances) -> float:
    """(R − D) / n, in [−1, 1].

    >>> net_score(Stances(20, 30, 50))
    0.3
    """
    return (counts.promoters - counts.detractors) / counts.answers


def score_variance(counts: Stances) -> float:
    """(pR + pD − (pR − pD)²) / n, exact for a multinomial.

    Worked: n = 6, p = (.5, .3, .2): (.7 − .09)/6 = .61/6.

    >>> round(score_variance(Stances(3, 1.8, 1.2)), 7)
    0.1016667
    """
    ends = (counts.promoters + counts.detractors) / counts.answers
    return (ends - net_score(counts) ** 2) / counts.answers


def adjusted(counts: Stances) -> Stances:
    """The counts with the three added answers: ¾ at each end and 1½ between."""
    return Stances(
        counts.detractors + ADDED_TO_ENDS,
        counts.passives + ADDED - 2 * ADDED_TO_ENDS,
        counts.promoters + ADDED_TO_ENDS,
    )


def adjusted_variance(sums: Sums) -> float:
    """Variance of the NPS from adjusted counts, each divided by the design effect of clustering.

    >>> from verite.ledger.port import Tally
    >>> adjusted_variance(Tally.of([[1.0]] * 3)) > 0  # three promoters are not a certainty
    True
    """
    return score_variance(adjusted(effective(sums)))


def effective(sums: Sums) -> Stances:
    """The counts as effective numbers: divided by the design effect, 1 with one answer each."""
    counts, wider = stances(sums), design_effect(sums)
    return Stances(counts.detractors / wider, counts.passives / wider, counts.promoters / wider)


def adjusted_wald(counts: Stances, level: float = LEVEL) -> Interval:
    """Adjusted-Wald interval of an NPS (Rocks 2016, arXiv 1601.07235), in [−1, 1].

    The point is the raw NPS; the interval is centred on the adjusted one and may look off-centre.
    Worked: 10 promoters of 10: n' = 13, centre 10/13 = .769, variance (11.5/13 − .592)/13 = .0225,
    so .769 ± 1.96 · .150 = [.475, 1] where plain Wald says [1, 1].

    >>> found = adjusted_wald(Stances(0, 0, 10))
    >>> round(found.low, 3), found.high
    (0.475, 1.0)
    """
    moved = adjusted(counts)
    half = normal_quantile(level) * sqrt(score_variance(moved))
    centre = net_score(moved)
    return Interval(centre - half, centre + half).within(-1.0, 1.0)


def score_interval(sums: Sums, level: float = LEVEL) -> Interval:
    """Interval of the NPS of a tally: adjusted Wald on effective counts.

    >>> from verite.ledger.port import Tally
    >>> once = score_interval(Tally.of([[1.0], [-1.0]] * 20))
    >>> twice = score_interval(Tally.of([[1.0, 1.0], [-1.0, -1.0]] * 20))
    >>> once == twice  # asking everybody twice teaches nothing
    False
    >>> abs(once.low - twice.low) < 0.01
    True
    """
    return adjusted_wald(effective(sums), level)
