"""An interval, and the quantiles that every interval is built from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Final

LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds at a level of confidence. An absent bound was not reached: it is open."""

    low: float | None
    high: float | None

    def within(self, floor: float, ceiling: float) -> Interval:
        """The same interval cut to what is possible.

        >>> Interval(-0.1, 0.4).within(0, 1)
        Interval(low=0, high=0.4)
        """
        return Interval(
            None if self.low is None else min(max(self.low, floor), ceiling),
            None if self.high is None else min(max(self.high, floor), ceiling),
        )

    def times(self, factor: float) -> Interval:
        """The same interval in a unit `factor` times smaller.

        >>> Interval(0.25, None).times(100)
        Interval(low=25.0, high=None)
        """
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )

    def excludes(self, point: float) -> bool:
        """Whether the point lies outside.

        >>> Interval(0.1, None).excludes(0), Interval(-1, 1).excludes(0)
        (True, False)
        """
        above = self.low is not None and self.low > point
        below = self.high is not None and self.high < point
        return above or below


@lru_cache(maxsize=1024)
def normal_quantile(level: float) -> float:
    """The z that a two-sided interval at this level uses.

    >>> round(normal_quantile(0.95), 6)
    1.959964
    """
    return NormalDist().inv_cdf((1.0 + level) / 2.0)


@lru_cache(maxsize=4096)
def student_quantile(level: float, freedom: float) -> float:
    """The t that a two-sided interval at this level uses, with `freedom` degrees of freedom.

    >>> round(student_quantile(0.95, 9), 6)  # R: qt(.975, 9)
    2.262157
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1.0 + level) / 2.0))
