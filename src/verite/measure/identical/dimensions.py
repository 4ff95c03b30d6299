"""One dimension as it was met."""

from __future__ import annotations

from dataclasses import dataclass, field

from verite.measure.identical.arrays import Codes
from verite.stats.crossed.design import Factor


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dimension:
    """A code per answer, −1 = not told. `agents` are the units that are one agent."""

    name: str
    codes: Codes
    labels: tuple[str, ...]
    agents: frozenset[int] = field(default_factory=frozenset)

    @property
    def factor(self) -> Factor:
        """As the statistics read it."""
        return Factor(name=self.name, codes=self.codes, size=len(self.labels))
