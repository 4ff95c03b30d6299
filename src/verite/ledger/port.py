"""The engine port: a measure says which tallies it needs, an engine counts, the measure reasons.

A `Need` names rows (all conditions hold) and one number y read from each of them. Both the portable
SQL and the timeline kernels compile the same needs. Needs merge in a set; tallies add, as long as
the parts share no person (the ledger is partitioned by identity, people by people).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from verite.words.asked import Filters


class Check(StrEnum):
    """How a condition compares a column with its values. Null never passes, save for ABSENT."""

    IN = "in"
    NOT_IN = "not_in"  # null passes: `outcome not in (abandoned)` keeps rows without an outcome
    PRESENT = "present"
    ABSENT = "absent"
    AT_LEAST = "at_least"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Condition:
    """One column compared with values; several conditions of a need must all hold."""

    column: str
    check: Check
    values: tuple[str | float, ...] = ()


class Reading(StrEnum):
    """Which number y is read from a row."""

    ONE = "one"  # y = 1
    NUMBER = "number"  # y = the column
    NPS = "nps"  # y = -1 (0-6), 0 (7-8), 1 (9-10) from score
    EASE = "ease"  # y = score, or scale_max + scale_min - score when polarity is good_low
    FEELING = "feeling"  # y = EASE rescaled to [-1, 1] on its own scale
    HOLDS = "holds"  # y = 1 where the `share` conditions hold, else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Rows, the number read from each, and whether the values themselves are wanted."""

    where: tuple[Condition, ...]
    reading: Reading = Reading.ONE
    column: str | None = None  # for NUMBER
    share: tuple[Condition, ...] = ()  # for HOLDS
    spread: bool = False  # also return the histogram of y, for medians and quantiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of one group. S and M are a person's sum of y and number of rows.

    Enough for a mean, its plain variance, and its variance clustered by person (CR1):
    Σ(S − ȳM)² = sum_ss − 2ȳ·sum_sm + ȳ²·sum_mm.

    >>> (Tally.of([[1.0, 0.0], [1.0]]) + Tally.of([[0.0]])).people
    3
    """

    n: int
    people: int
    sum_y: float
    sum_yy: float
    sum_ss: float
    sum_sm: float
    sum_mm: float
    spread: Mapping[float, int] | None = None

    @classmethod
    def of(cls, people: list[list[float]]) -> Tally:
        """The tally of y values grouped by person; for tests and doctests."""
        rows = [y for person in people for y in person]
        return cls(
            n=len(rows),
            people=len(people),
            sum_y=sum(rows),
            sum_yy=sum(y * y for y in rows),
            sum_ss=sum(sum(person) ** 2 for person in people),
            sum_sm=sum(sum(person) * len(person) for person in people),
            sum_mm=sum(len(person) ** 2 for person in people),
        )

    def __add__(self, other: Tally) -> Tally:
        spread: dict[float, int] | None = None
        if self.spread is not None and other.spread is not None:
            spread = dict(self.spread)
            for value, count in other.spread.items():
                spread[value] = spread.get(value, 0) + count
        return Tally(
            n=self.n + other.n,
            people=self.people + other.people,
            sum_y=self.sum_y + other.sum_y,
            sum_yy=self.sum_yy + other.sum_yy,
            sum_ss=self.sum_ss + other.sum_ss,
            sum_sm=self.sum_sm + other.sum_sm,
            sum_mm=self.sum_mm + other.sum_mm,
            spread=spread,
        )


# A group is the tuple of its dimension values, in the order asked; () is the whole.
Group = tuple[str, ...]
Tallies = Mapping[Need, Mapping[Group, Tally]]


class Engine(Protocol):
    """What counts. Rows without a value in an asked dimension are left out of its groups."""

    def tally(self, needs: frozenset[Need], *, by: tuple[str, ...], where: Filters) -> Tallies:
        """Grouped counts of every need. `by=()` gives one group, `()`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How interactions become ordered runs: cut into cases, filtered, one label read from each.

    Rows that do not pass `where`, or have no label, are skipped. Sessions (`gap:30d`) are cut
    before the filter.
    """

    case: str = "person"  # person | case_id | gap:30d
    column: str = "touchpoint"
    where: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Times between neighbours, in seconds; quantiles interpolate between neighbours in rank."""

    sum_s: float
    median_s: float
    p90_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One label directly followed by another within a case."""

    source: str
    target: str
    count: int
    cases: int
    gaps: Gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One label of the graph. `stay` is the time to the next row of the case, if any."""

    label: str
    count: int
    cases: int
    rework: int  # cases that pass here twice or more
    starts: int
    ends: int
    stay: Gaps | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Directly-follows graph; flows sorted by (source, target), stops by label."""

    cases: int
    interactions: int
    stops: tuple[Stop, ...]
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathCount:
    """One exact sequence of labels and how many cases took it."""

    labels: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """How many cases, how many distinct paths, and the most frequent ones.

    Sorted by count (most first), then by the labels.
    """

    cases: int
    variants: int
    top: tuple[PathCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Cases that reached each step, in order, all within the window after their first step."""

    steps: tuple[str, ...]
    reached: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Contacts, and those followed by another contact of the same person soon enough.

    `same` names a column whose value must be present and equal in both contacts.
    """

    contact: tuple[Condition, ...]
    within_us: int
    same: str | None = None
    until_us: int | None = None  # only contacts before this instant count


class OrderedEngine(Engine, Protocol):
    """The questions that depend on order."""

    def graph(self, walk: Walk) -> Graph:
        """Which label follows which, how often, after how long."""
        ...

    def variants(self, walk: Walk, *, top: int) -> Paths:
        """Exact paths of cases, most frequent first."""
        ...

    def funnel(self, walk: Walk, steps: tuple[str, ...], *, within_us: int) -> Funnel:
        """How many cases went through the steps in order within a window."""
        ...

    def repeats(
        self, repeat: Repeat, *, by: tuple[str, ...], where: Filters
    ) -> Mapping[Group, Tally]:
        """Per group, y = 1 for a contact that was followed by another one soon enough."""
        ...
