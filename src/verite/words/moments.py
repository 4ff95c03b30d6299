"""Moments of truth: what is asked, the touchpoints that move an outcome, and how solid that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.words.asked import About, Filters
from verite.words.errors import WrongUse
from verite.words.estimate import Unit
from verite.words.measured import Label
from verite.words.turns import (
    Bin,
    CurvePoint,
    Hazard,
    Hazards,
    Ranged,
    Recovery,
    SegmentEffect,
    Tipping,
)

__all__ = [
    "CHURN", "REPEAT", "REPURCHASE", "Aim", "Bin", "Curve", "CurvePoint", "Decision", "Hazard",
    "Hazards", "Lack", "LeftOut", "Moment", "MomentKind", "Moments", "MomentsAsked", "OneMoment",
    "Quote", "Ranged", "Recovery", "Rung", "SegmentEffect", "Solidity", "Study", "Tested",
    "Tipping",
]  # fmt: skip

BEFORE_LEAST, BEFORE_MOST = 1, 730
CHURN = "churn"  # a voluntary loss
REPURCHASE = "repurchase"
REPEAT = "repeat"  # one more contact within the days of a repeat contact
EVERYTHING = Filters()
NEEDED_TO_ESTIMATE = ("no_unseen", "no_mediator")
ASSUMPTIONS = (*NEEDED_TO_ESTIMATE, "no_reverse", "no_spill")


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentsAsked:
    """The outcome (`nps`, a rating's name, `churn`, `repurchase`, `repeat`), the days of
    experience read before it, and the segment to break it down by."""

    outcome: str = "nps"
    before_days: int = 90
    segment: str | None = None  # a key, without `segment.`
    where: Filters = EVERYTHING
    draws: int = 1000
    assume: tuple[str, ...] = ()  # what somebody is ready to assume, among ASSUMPTIONS

    def __post_init__(self) -> None:
        if not BEFORE_LEAST <= self.before_days <= BEFORE_MOST:
            fields = {"days": self.before_days, "least": BEFORE_LEAST, "most": BEFORE_MOST}
            raise WrongUse("moments_days", fields=fields)
        unknown = [code for code in self.assume if code not in ASSUMPTIONS]
        if unknown:
            told = {"assumed": ", ".join(unknown), "known": ", ".join(ASSUMPTIONS)}
            raise WrongUse("moments_assume", fields=told)


class MomentKind(StrEnum):
    """Which way a moment moves the outcome, given its interval."""

    FRICTION = "friction"  # a bad one takes away more than a good one gives
    DELIGHT = "delight"  # the other way round
    BOTH = "both"
    NEUTRAL = "neutral"


class Rung(StrEnum):
    """The ladder of evidence, from the lowest."""

    ASSOCIATION = "association"
    ADJUSTED = "adjusted"
    ESTIMATED = "estimated"
    MEASURED = "measured"

    @property
    def number(self) -> int:
        """1 to 4.

        >>> Rung.ADJUSTED.number
        2
        """
        return list(Rung).index(self) + 1


class Curve(StrEnum):
    """Whether a smooth curve bends the way that penalty and reward say."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    UNTOLD = "untold"  # too few levels of experience to draw one


class Aim(StrEnum):
    """What the points at stake are: to gain by mending, or to keep."""

    GAIN = "gain"
    KEEP = "keep"


class Lack(StrEnum):
    """What a touchpoint lacks to be declared a moment of truth."""

    OWN = "own"  # known by the scores to explain alone
    FIGURES = "figures"  # not told apart from chance, at the level of false findings asked
    SIZE = "size"  # told apart, but under the points set in advance
    DIRECTION = "direction"  # neither friction nor delight
    WORDS = "words"  # nobody speaks of it
    REFUSED = "refused"  # a person said no


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Masked words of somebody about the touchpoint; `is_staff` for a front-line report."""

    text: str
    at: datetime
    interaction_id: str
    score: float | None = None
    is_staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided of a touchpoint, why, when."""

    declared: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Solidity:
    """How solid a finding is: its rung, and what it rests on.

    `robustness` is the share of what is left of both experience and outcome that something
    unseen would have to explain to bring the effect to 0 (Cinelli & Hazlett 2020);
    `robustness_low` the same to bring it within chance.
    """

    rung: Rung
    adjusted_for: tuple[str, ...]
    assumptions: tuple[str, ...]  # codes
    overlap: float | None  # share of the answers where both experiences were possible
    robustness: float | None
    robustness_low: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One touchpoint, and what its experience does to the outcome.

    `importance` is the LMG share in R² units; `performance` the mean experience from 0 to 10
    (5 = neither good nor bad); `penalty` and `reward` what a bad and a good one add, in the
    outcome's unit; `points` is simulated (`aim` says whether to gain or to keep).
    """

    touchpoint: str
    segment: Label | None = None
    importance: Ranged
    rank: int
    rank_low: int
    rank_high: int
    tied_with: tuple[str, ...] = ()
    performance: Ranged
    penalty: Ranged | None  # None: fewer than 30 bad ones, or nobody to set them against
    reward: Ranged | None
    points: Ranged
    aim: Aim
    kind: MomentKind
    curve: Curve
    volume_share: float  # of the interactions
    effect_share: float  # of the points that all the touchpoints move
    disproportion: float  # effect_share / volume_share
    n: int  # answers of people who met it before
    people: int
    interactions: int
    p: float  # of both its columns being nothing, clustered by person
    matters: bool  # after Benjamini-Hochberg over the touchpoints
    solidity: Solidity
    quotes: tuple[Quote, ...] = ()
    words: int = 0  # how many speak of it
    lacks: tuple[Lack, ...] = ()
    decision: Decision | None = None

    @property
    def declared(self) -> bool:
        """Figures and words both hold, and nobody refused it."""
        return not self.lacks

    @property
    def stake(self) -> Ranged | None:
        """The points as they may be told: none without a direction, where they prove nothing, nor
        of a score by itself."""
        is_told = self.kind is not MomentKind.NEUTRAL and Lack.OWN not in self.lacks
        return self.points if is_told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A touchpoint that could not be studied, and why: a code, with what it is about."""

    touchpoint: str
    reason: str  # few, constant, collinear:OTHER, own_score, not_applicable
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """How many hypotheses were tried, and at what level of false findings."""

    touchpoints: int
    found: int
    level: float
    segments: int = 0
    segments_found: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """How the study was done."""

    method: str  # lmg_exact, lmg_sampled, johnson
    scale: str  # variance, deviance
    draws: int
    before_days: int
    least_points: float  # set in advance: under it nothing is declared
    unit: Unit  # of points, penalty and reward
    tested: Tested


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """The touchpoints that move an outcome, the most important first."""

    about: About
    asked: MomentsAsked
    outcome: str
    n: int
    people: int
    r2: Ranged
    rung: Rung  # the lowest of the rows
    study: Study
    rows: tuple[Moment, ...]
    left_out: tuple[LeftOut, ...] = ()
    segments: tuple[SegmentEffect, ...] = ()
    hazards: Hazards | None = None

    @property
    def declared(self) -> tuple[Moment, ...]:
        """Those with both figures and words."""
        return tuple(row for row in self.rows if row.declared)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMoment:
    """One touchpoint in depth, for its page."""

    about: About
    study: Study
    outcome: str
    n: int
    moment: Moment
    curve: tuple[CurvePoint, ...]
    bins: tuple[Bin, ...]
    segments: tuple[SegmentEffect, ...]
    recovery: Recovery | None
    tipping: Tipping | None
    hazard: Hazard | None
