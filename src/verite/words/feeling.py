"""The running feeling: what is asked, the model that was fitted, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.words.asked import About, Window
from verite.words.errors import WrongUse


class FeelingOutcome(StrEnum):
    """What the running feeling is fitted to."""

    CHURN = "churn"  # a voluntary loss within the days asked
    REPURCHASE = "repurchase"  # no purchase within the days asked
    SCORE = "score"  # the next score is a low one


DAYS_LEAST, DAYS_MOST = 7, 365


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelingAsked:
    """The outcome chosen, and within how many days."""

    outcome: FeelingOutcome = FeelingOutcome.CHURN
    days: int = 30

    def __post_init__(self) -> None:
        if not DAYS_LEAST <= self.days <= DAYS_MOST:
            fields = {"days": self.days, "least": DAYS_LEAST, "most": DAYS_MOST}
            raise WrongUse("feeling_days", fields=fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A number with its 95 % bounds; an absent bound is open."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """How well one half-life does: validation loss per person-period, and what it costs in
    likelihood over all the data (0 = the best)."""

    days: float
    loss: float
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """What one signal does to the log-odds of the outcome, per standard deviation of it."""

    name: str
    per_deviation: Bounded
    deviation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A simpler way to tell the same, judged on the same days; `gain` is our AUC less its own."""

    name: str
    auc: Bounded
    gain: Bounded
    is_beaten: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskBin:
    """Person-periods with a like risk: the share foretold and the share that came true, 0-1."""

    foretold: float
    came_true: Bounded
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How good the model was on days that it had not seen."""

    window: Window
    n: int
    people: int
    events: int
    auc: Bounded
    slope: Bounded
    intercept: Bounded
    brier: float
    brier_of_mean: float
    rivals: tuple[Rival, ...]
    bins: tuple[RiskBin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The parameters of a fitted model, all that a score is computed from."""

    names: tuple[str, ...]
    deviations: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float
    covariance: tuple[tuple[float, ...], ...]  # of the intercept, then the coefficients
    half_life_days: float
    touchpoints: tuple[tuple[str, float], ...]  # what stays of each; "" = without a touchpoint
    touchpoints_other: float
    reference: float  # the linear predictor of the average person-period: score 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelingModel:
    """A fitted model and its proofs. Not calibrated: it did not beat the simpler ways, so that
    the plain decayed mean is shown instead; `reason` says why."""

    version: str
    asked: FeelingAsked
    window: Window
    as_of: datetime
    ledger_version: int
    people_version: int
    n: int
    people: int
    events: int
    left_otherwise: int  # person-periods left out: a loss for a motive apart
    sampled: float  # share of the person-periods without the outcome that was kept
    half_life: Bounded
    asymmetry: Bounded
    stays: tuple[tuple[str, Bounded], ...]  # of each touchpoint, 1 = the mean contact
    curve: tuple[CurvePoint, ...]
    families: tuple[tuple[str, float], ...]  # what competed, and its validation loss
    family: str
    coefficients: tuple[Coefficient, ...]
    trial: Trial
    frozen: Frozen
    calibrated: bool
    reason: str  # code: beats_all, or beaten_by:RIVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelingCard:
    """The model in use, when it was fitted and by whom; no model: why."""

    about: About
    model: FeelingModel | None
    fitted_at: datetime | None = None
    fitted_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfLifeCurve:
    """How well each half-life does, for its picture."""

    about: About
    half_life: Bounded
    points: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was foretold against what came true, for its picture."""

    about: About
    asked: FeelingAsked
    trial: Trial
