"""Evidence: the interactions behind a figure, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verite.words.asked import About
from verite.words.measured import Label


class Order(StrEnum):
    """How a list of interactions is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST_WAIT = "longest_wait"
    LOWEST_SCORE = "lowest_score"
    HIGHEST_SCORE = "highest_score"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One interaction as shown to people: the person is a surrogate key, never a name."""

    interaction_id: str
    at: datetime
    person: str
    channel: str | None
    touchpoint: str | None
    kind: str | None
    case_id: str | None
    team: str | None
    motive: str | None
    outcome: str | None
    wait_s: float | None
    duration_s: float | None
    metric: str | None
    score: float | None
    scale_max: float | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactions:
    """A page of the interactions that a figure rests on, and how many there are in all."""

    about: About
    total: int
    order: Order
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A figure whose rows are wanted: its metric (`nps_relational`…) and its group."""

    metric: str
    by: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which part of a list is wanted."""

    limit: int = 50
    offset: int = 0
    order: Order = Order.NEWEST
    with_text: bool = False
    kind: str | None = None
    case_id: str | None = None
    outcome: str | None = None
    team: str | None = None
    behind: Behind | None = None
