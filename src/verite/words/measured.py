"""Results of measuring: rows by dimension, changes, trends, and the table KPI | now | target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.words.asked import About
from verite.words.estimate import Better, Estimate, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One dimension and its value, e.g. channel = phone."""

    dimension: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A second figure of the same rows, e.g. the p90 beside a median wait."""

    name: str
    estimate: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRow:
    """One metric for one group; an empty `by` is the whole. `nps_kind` says which NPS it is."""

    metric: str
    by: tuple[Label, ...]
    estimate: Estimate
    companions: tuple[Companion, ...] = ()
    nps_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Rows of one `measure` question."""

    about: About
    rows: tuple[MeasuredRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One metric in two windows; `told_apart` only when the difference's interval excludes 0
    after control of the number of changes looked at."""

    metric: str
    by: tuple[Label, ...]
    before: Estimate
    after: Estimate
    difference: Estimate
    told_apart: bool
    nps_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All the changes looked at between two windows, told apart from noise or not."""

    about: About
    rows: tuple[Change, ...]


class Signal(StrEnum):
    """What a point of a control chart says."""

    INSIDE = "inside"
    ABOVE = "above"
    BELOW = "below"
    RUN_HIGH = "run_high"
    RUN_LOW = "run_low"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One period of a trend. An absent value is a period without enough data."""

    start: datetime
    end: datetime
    estimate: Estimate
    signal: Signal = Signal.INSIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A metric over successive periods with XmR limits from the baseline periods."""

    about: About
    metric: str
    unit: Unit
    better: Better | None
    points: tuple[TrendPoint, ...]
    mean: float | None
    lower: float | None
    upper: float | None
    baseline_points: int


class TargetStatus(StrEnum):
    """Where a KPI stands against its target, given its interval."""

    REACHED = "reached"
    MISSED = "missed"
    UNDECIDED = "undecided"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """KPI, now, target, gap (now − target in the metric's unit), trend."""

    touchpoint: str | None
    metric: str
    now: Estimate
    target: float
    gap: float | None
    better: Better
    trend: Trend | None
    status: TargetStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The table KPI | now | target | gap | trend."""

    about: About
    rows: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A wish: this metric, at this touchpoint (or everywhere), at this figure."""

    touchpoint: str | None
    metric: str
    target: float
    now: float | None = None  # a figure given from outside, shown as such until data answer
    label: str | None = None
