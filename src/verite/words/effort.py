"""What repetition costs the whole company: time of customers, paid time, money."""

from __future__ import annotations

from dataclasses import dataclass

from verite.words.asked import About
from verite.words.customer import Mark
from verite.words.estimate import Estimate
from verite.words.measured import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRow:
    """One kind of loss (`all`: any of them) for one group; an empty `by` is the whole.

    Seconds in all, with the interval of such a total. `share` is that of the group's time.
    """

    loss: str
    by: tuple[Label, ...]
    spent: Estimate  # the customers' seconds
    paid: Estimate  # those of them that an agent was paid for
    share: float | None = None

    def money(self, cost_per_minute: float) -> tuple[float | None, float | None, float | None]:
        """What the paid time costs, and its bounds.

        >>> from verite.words.estimate import Unit
        >>> hour = Estimate(value=3600.0, low=None, high=7200.0, n=40, unit=Unit.SECONDS, method="")
        >>> LossRow(loss="all", by=(), spent=hour, paid=hour).money(0.5)
        (30.0, None, 60.0)
        """
        seconds = (self.paid.value, self.paid.low, self.paid.high)
        value, low, high = (None if s is None else s / 60 * cost_per_minute for s in seconds)
        return value, low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """How often a mark was borne, and by how many people; None of both: hidden, under 5 of one."""

    mark: Mark
    n: int | None
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Switched:
    """A change of channel within cases, how often, and how often by the customer's doing.

    None of both: hidden, under 5 people.
    """

    source: str
    target: str
    count: int | None
    by_customer: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortLost:
    """Rows of one `effort` question; the cost of a minute is `supposed` until it is said."""

    about: About
    rows: tuple[LossRow, ...]
    happened: tuple[Happening, ...]
    switches: tuple[Switched, ...]
    cost_per_minute: float
    currency: str
    is_supposed: bool

    @property
    def whole(self) -> LossRow | None:
        """All of it."""
        return next((row for row in self.rows if row.loss == "all" and not row.by), None)
