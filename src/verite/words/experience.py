"""Experience and loyalty: eight questions, each with figures, their intervals and their rung."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verite.words.asked import About
from verite.words.estimate import Estimate
from verite.words.moments import Rung


class Topic(StrEnum):
    """The questions, in the order of the page."""

    DISSONANCE = "dissonance"
    KEPT = "kept"
    COST = "cost"
    MAKES_UP = "makes_up"
    SERVICE = "service"
    STRENGTHS = "strengths"
    APPRECIATED = "appreciated"
    WORD_OF_MOUTH = "word_of_mouth"


class Verdict(StrEnum):
    """What an interval says of a claim, or of a touchpoint."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNDECIDED = "undecided"
    STRENGTH = "strength"
    WEAKNESS = "weakness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One figure: what it is (`key`), of whom or of what (`name`), how surely."""

    key: str
    name: str = ""
    estimate: Estimate
    rung: Rung = Rung.ASSOCIATION
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one question found; without figures, `reason` is the code of why."""

    about: About
    figures: tuple[Told, ...] = ()
    reason: str = ""
    before_days: int = 90  # of experience read before

    def find(self, key: str, name: str | None = None) -> Told | None:
        """The figure of this key (and name), if there is one."""
        told = (one for one in self.figures if one.key == key)
        return next((one for one in told if name is None or one.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissonance(Reply):
    """Good in one domain, bad in another: how many people, and what follows. `pairs` are the
    commonest: where it was good, where it was bad, how many people."""

    domain: str = "channel"  # or stage
    pairs: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceApart(Reply):
    """Scores of contacts beside the score of the whole; never one figure of both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengths(Reply):
    """Touchpoints against the house's mean score (0-10), shrunk, many looked at together; those
    known by signals alone (key `signal`) against the mean signal, without a verdict."""

    centre: float | None = None  # of scores
    tested: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Appreciated(Reply):
    """Feeling appreciated: the rating that asks it, and its link to loyalty."""

    metric: str = "appreciated"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPoint:
    """The share still there after so many days (0-1), with its band."""

    days: float
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCurve:
    """One history known at the start: how many stretches, of how many people, and the curve."""

    group: str
    n: int
    people: int
    events: int
    points: tuple[KeptPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRank:
    """The test that the curves are one."""

    chi2: float
    freedom: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Reply):
    """Customers kept by what they had lived before; losses for a motive apart are censored."""

    days: int = 90
    curves: tuple[KeptCurve, ...] = ()
    test: LogRank | None = None
    left_otherwise: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOfMouth(Reply):
    """Who came by recommendation, and what promoters and detractors do next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCost(Reply):
    """What bad experience costs: customers lost and contacts repeated beyond expectation."""

    margin: float | None = None  # of one customer, in the currency
    cost_per_contact: float | None = None
    currency: str = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class MakesUp(Reply):
    """Whether a good experience elsewhere makes up for weaker service."""

    verdict: Verdict = Verdict.UNDECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """All the questions."""

    about: About
    replies: tuple[Reply, ...]

    def of(self, topic: Topic) -> Reply:
        """The reply to one question."""
        return self.replies[list(Topic).index(topic)]
