"""The effect of one side of a moment, estimated by double machine learning, and its proofs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verite.words.asked import About
from verite.words.estimate import Unit
from verite.words.moments import MomentsAsked, Rung
from verite.words.turns import Ranged


class Side(StrEnum):
    """Which experience of the touchpoint the effect is of."""

    BAD = "bad"
    GOOD = "good"


class Against(StrEnum):
    """Who those who had that experience are compared with."""

    NEITHER = "neither"  # no experience of that touchpoint, or a middling one
    MIDDLING = "middling"
    OTHER = "other"  # the opposite experience


class Near(StrEnum):
    """What a negative control says."""

    NEAR = "near"  # near nothing, as it must be
    FAR = "far"  # something else moves both
    UNSURE = "unsure"  # too imprecise to have seen anything


class Withheld(StrEnum):
    """Why an effect is not called estimated."""

    ASSUMPTIONS = "assumptions"
    OVERLAP = "overlap"
    BALANCE = "balance"
    ROBUSTNESS = "robustness"
    CONTROL = "control"


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeControl:
    """The same calculation on the answer given before the exposure, which it cannot have moved."""

    effect: Ranged
    n: int
    people: int
    exposed: int
    near: Near


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The circumstance that differs most between both sides: before, and once made alike.

    Differences are absolute, in standard deviations.
    """

    worst: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleEffect:
    """What a bad, or a good, experience adds to one answer of those who had it.

    `effect` is in the outcome's unit; `overlap` the share of those exposed whose chance to be was
    between 5 and 95 %, `within` that of all the lines; `trimmed` the lines left out for it.
    `robustness` is the share of what is left of both exposure and outcome that something unseen
    would have to explain to bring the effect to 0 (`robustness_low`: within chance).
    `outcome_told` and `exposure_told` are the shares of variance foretold on people not learnt
    from.
    """

    about: About
    asked: MomentsAsked
    touchpoint: str
    outcome: str
    unit: Unit
    side: Side
    against: Against
    effect: Ranged
    n: int  # answers
    people: int
    exposed: int  # answers of people who had that experience before
    exposed_people: int
    trimmed: int
    overlap: float
    within: float
    balance: Balance
    robustness: float
    robustness_low: float
    outcome_told: float
    exposure_told: float
    control: NegativeControl | None
    adjusted_for: tuple[str, ...]
    folds: int
    splits: int
    rung: Rung = Rung.ADJUSTED
    withheld: tuple[Withheld, ...] = ()
