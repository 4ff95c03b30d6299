"""The estimate: a number with its interval, what it rests on, and what was withheld."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verite.words.errors import WrongUse


class Unit(StrEnum):
    """The unit of a figure, as printed."""

    NPS = "pts"
    PERCENT = "%"
    SECONDS = "s"
    SCORE = "score"
    COUNT = "count"
    FEELING = "feeling"
    RATIO = "ratio"


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"


class Status(StrEnum):
    """What the small-n rule lets through: n ≥ 30 ok, 5-29 few (bounds only), under 5 hidden."""

    OK = "ok"
    FEW = "few"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure in the contract's units (NPS −100…100, shares 0-100, seconds).

    `few` keeps the bounds without the value; `hidden` keeps neither bounds nor n.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    people: int | None = None
    unit: Unit
    better: Better | None = None
    level: float = 0.95
    method: str
    status: Status = Status.OK

    def __post_init__(self) -> None:
        if self.status is Status.OK and self.value is None:
            raise WrongUse("estimate_without_value", fields={"method": self.method})
        if self.status is not Status.OK and self.value is not None:
            raise WrongUse("estimate_not_withheld", fields={"status": self.status})
        if self.status is Status.HIDDEN and (self.low is not None or self.n is not None):
            raise WrongUse("estimate_not_withheld", fields={"status": self.status})
