"""Axes: round ticks and where a quantity falls between two edges."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """From a lowest to a highest quantity, drawn from one pixel to another."""

    low: float
    high: float
    start: float = 0.0
    end: float = 1.0

    def at(self, x: float) -> float:
        """The pixel of a quantity; what is outside stays at the edge.

        >>> Axis(low=0, high=10, start=100, end=200).at(4)
        140.0
        """
        part = (min(max(x, self.low), self.high) - self.low) / ((self.high - self.low) or 1.0)
        return self.start + part * (self.end - self.start)

    def drawn(self, start: float, end: float) -> Axis:
        """The same axis between two pixels."""
        return Axis(low=self.low, high=self.high, start=start, end=end)


def tick_digits(marks: tuple[float, ...]) -> int:
    """Decimals that tell neighbouring ticks apart.

    >>> tick_digits((0.0, 0.5, 1.0)), tick_digits((0.0, 0.02, 0.04)), tick_digits((0.0, 20.0))
    (1, 2, 0)
    """
    step = marks[1] - marks[0] if len(marks) > 1 else 1.0
    return max(0, -math.floor(math.log10(step) + 1e-9))


def ticks(low: float, high: float, at_most: int = 5) -> tuple[float, ...]:
    """Round numbers from just under the lowest to just over the highest.

    >>> ticks(12.0, 47.0)
    (10.0, 20.0, 30.0, 40.0, 50.0)
    """
    span = (high - low) or abs(high) or 1.0
    step = 10.0 ** math.floor(math.log10(span))
    step = next(
        step * part
        for part in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
        if math.ceil(high / (step * part)) - math.floor(low / (step * part)) < at_most
    )
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(round(index * step, 10) for index in range(first, last + 1))
