"""What was tried and what came of it, as lines of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WORDS = ("lost", "doubled", "unbalanced", "unreadable")
_WIDTH = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A kind of accident: how often it was tried, its faults, how many rows were confirmed."""

    name: str
    tried: int
    faults: tuple[str, ...]
    confirmed: frozenset[int]

    @property
    def is_idle(self) -> bool:
        """Whether all runs ended alike: an injection that injects nothing passes everything."""
        return self.tried > 1 and len(self.confirmed) < 2

    @property
    def passed(self) -> bool:
        """Whether no promise was broken, by accidents that did happen."""
        return not self.faults and not self.is_idle

    def __str__(self) -> str:
        counts = "".join(f"{count:>11,}" for count in self.counts())
        low, high = min(self.confirmed, default=0), max(self.confirmed, default=0)
        return f"{self.name:<{_WIDTH}}{self.tried:>8,}{counts}   {low} to {high}"

    def counts(self) -> tuple[int, ...]:
        """How many faults of each kind."""
        return tuple(sum(fault.startswith(word) for fault in self.faults) for word in WORDS)


def head() -> str:
    """The names of the columns."""
    words = "".join(f"{word:>11}" for word in WORDS)
    return f"{'accident':<{_WIDTH}}{'tried':>8}{words}   confirmed rows"


def total(name: str, lines: Iterable[Line]) -> Line:
    """Lines of one kind as one."""
    told = list(lines)
    return Line(
        name=name,
        tried=sum(line.tried for line in told),
        faults=tuple(fault for line in told for fault in line.faults),
        confirmed=frozenset().union(*(line.confirmed for line in told)),
    )
