"""Control charts and funnels: what is within ordinary variation, and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.words.asked import About
from verite.words.estimate import Better, Estimate, Unit
from verite.words.measured import Label


class Rule(StrEnum):
    """Rules of runs, by what they see. σ is the distance of a limit, over three."""

    BEYOND_THREE = "beyond_three"  # Western Electric 1, Nelson 1: one point beyond 3 σ
    TWO_OF_THREE = "two_of_three"  # Western Electric 2, Nelson 5: two of three beyond 2 σ, one side
    FOUR_OF_FIVE = "four_of_five"  # Western Electric 3, Nelson 6: four of five beyond 1 σ, one side
    EIGHT_ON_A_SIDE = "eight_on_a_side"  # Western Electric 4: eight running on one side
    NINE_ON_A_SIDE = "nine_on_a_side"  # Nelson 2
    SIX_IN_A_TREND = "six_in_a_trend"  # Nelson 3: six running, each further up (or down)
    FOURTEEN_ALTERNATE = "fourteen_alternate"  # Nelson 4: fourteen running, up and down in turn
    FIFTEEN_NEAR = "fifteen_near"  # Nelson 7: fifteen running within 1 σ
    EIGHT_FAR = "eight_far"  # Nelson 8: eight running beyond 1 σ, on either side


class ChartKind(StrEnum):
    """How the limits of a chart are made."""

    XMR = "xmr"  # single values: mean ± 2.66 mean moving range
    P_PRIME = "p_prime"  # shares of unequal samples: Laney's p′


class Side(StrEnum):
    """On which side of ordinary variation something falls."""

    INSIDE = "inside"
    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPoint:
    """One period: its figure, its limits, its smoothed course (EWMA), the rules it breaks."""

    start: datetime
    end: datetime
    label: str  # the period as a dimension names it, such as 2026-W07
    estimate: Estimate
    lower: float | None = None
    upper: float | None = None
    broken: tuple[Rule, ...] = ()
    side: Side = Side.INSIDE
    smoothed: float | None = None
    smoothed_lower: float | None = None
    smoothed_upper: float | None = None

    @property
    def drifts(self) -> bool:
        """Whether the smoothed course has left its own, narrower limits."""
        if self.smoothed is None or self.smoothed_lower is None or self.smoothed_upper is None:
            return False
        return not self.smoothed_lower <= self.smoothed <= self.smoothed_upper


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """One channel or team over time; `baseline` periods set its limits.

    `overdispersion` is Laney's σ_z: 1 when chance alone moves the shares.
    """

    by: tuple[Label, ...]
    kind: ChartKind
    points: tuple[ControlPoint, ...]
    mean: float
    baseline: int
    overdispersion: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """The control charts of every value of a dimension, those that signal first.

    `left_out` have too few answers for a chart. `tested` charts were drawn, `charts` may be fewer;
    `by_chance` of them are expected to signal were all steady. `period` is week, month or quarter:
    the shortest in which most figures rest on thirty answers.
    """

    about: About
    metric: str
    nps_kind: str | None
    unit: Unit
    better: Better | None
    dimension: str
    period: str
    rules: tuple[Rule, ...]
    charts: tuple[ControlChart, ...]
    left_out: tuple[str, ...] = ()
    tested: int = 0
    by_chance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelPoint:
    """One unit in a funnel: its figure, its limits at its own n, and how far out it is.

    `z` is in standard errors widened for overdispersion. `outside_95` and `outside_998` say on
    which side of each pair of limits it falls.
    """

    by: tuple[Label, ...]
    estimate: Estimate
    z: float | None
    limits_95: tuple[float, float] | None
    limits_998: tuple[float, float] | None
    outside_95: Side = Side.INSIDE
    outside_998: Side = Side.INSIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelBand:
    """The limits at one size, for drawing the funnel."""

    n: int
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Units against what chance allows at their size. No `centre`: too few units.

    `phi` is the mean of the winsorised squared z-scores; above 1 the limits are widened by an
    additive variance, whose square root is `tau`, in the metric's unit. `is_exact`: binomial
    limits, interpolated, without need of widening.
    """

    about: About
    metric: str
    nps_kind: str | None
    unit: Unit
    better: Better | None
    dimension: str
    centre: float | None
    phi: float | None
    tau: float
    is_exact: bool
    points: tuple[FunnelPoint, ...]
    bands: tuple[FunnelBand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPicture:
    """One chart alone, with what its picture must say."""

    about: About
    metric: str
    nps_kind: str | None
    unit: Unit
    better: Better | None
    period: str
    chart: ControlChart


def picture_of(controls: Controls, chart: ControlChart) -> ControlPicture:
    """One of the charts, for its picture."""
    return ControlPicture(
        about=controls.about,
        metric=controls.metric,
        nps_kind=controls.nps_kind,
        unit=controls.unit,
        better=controls.better,
        period=controls.period,
        chart=chart,
    )
