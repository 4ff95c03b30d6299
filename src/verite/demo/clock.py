"""The demo's year: 365 days of Paris wall time, how busy each is, and the way back to UTC.

Times inside the simulation are seconds of Paris wall time since `START`; they become UTC only when
written, so that peaks and opening hours stay where people live them.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

FIRST_DAY: Final = date(2025, 11, 1)
DAYS: Final = 365
DAY_S: Final = 86_400
YEAR_S: Final = DAYS * DAY_S
_START_UTC_S: Final = 1_761_951_600  # 2025-10-31T23:00:00Z

_WEEKDAY: Final = np.array([1.42, 1.10, 1.04, 1.0, 1.0, 0.82, 0.48])
_MONTH: Final = {8: 0.66, 12: 0.94, 1: 1.04, 9: 1.06, 10: 1.05}
_HOUR: Final = np.array(
    [0.5, 0.3, 0.25, 0.2, 0.2, 0.3, 0.7, 1.6, 3.2, 5.2, 6.0, 5.6, 4.4, 4.4, 5.0, 5.2, 5.6, 6.6,
     9.4, 9.6, 5.2, 3.4, 2.0, 1.0]
)  # fmt: skip


def day_of(day: date) -> int:
    """The number of a date, the first day of the year being 0.

    >>> day_of(date(2025, 11, 2))
    1
    """
    return (day - FIRST_DAY).days


def weekday(days: Ints) -> Ints:
    """Monday 0 … Sunday 6 of day numbers."""
    return (days + FIRST_DAY.weekday()) % 7


def month(days: Ints) -> Ints:
    """Months since November 2025 (0-11) of day numbers."""
    return np.searchsorted(month_starts(), days, side="right").astype(np.int64) - 1


def month_starts() -> Ints:
    """The first days of the twelve months."""
    firsts = [day_of(date(2025 + (10 + m) // 12, (10 + m) % 12 + 1, 1)) for m in range(12)]
    return np.array(firsts, dtype=np.int64)


def busy_days() -> Floats:
    """How busy each day is: Monday peak, August dip; mean 1 over the year."""
    days = np.arange(DAYS, dtype=np.int64)
    calendar_month = (month(days) + 10) % 12 + 1
    season = np.array([_MONTH.get(int(m), 1.0) for m in calendar_month])
    busy = _WEEKDAY[weekday(days)] * season
    return np.asarray(busy / busy.mean())


def draw_times(rng: np.random.Generator, n: int, days: Floats | None = None) -> Ints:
    """`n` moments of the year, busier on busy days and from 18 to 20 h."""
    weights = busy_days() if days is None else days
    day = _draw(rng, n, weights)
    return at_hours(rng, day)


def at_hours(rng: np.random.Generator, day: Ints) -> Ints:
    """A moment of each given day, by the hours at which people turn to the company."""
    hour = _draw(rng, len(day), _HOUR)
    return day * DAY_S + hour * 3600 + rng.integers(0, 3600, len(day))


def office_hours(rng: np.random.Generator, day: Ints) -> Ints:
    """A moment of each given day between 8 and 18 h."""
    return day * DAY_S + rng.integers(8 * 3600, 18 * 3600, len(day))


def is_night(t: Ints) -> Mask:
    """Whether a moment falls between 22 and 7 h."""
    hour = t % DAY_S // 3600
    return np.asarray((hour >= 22) | (hour < 7))


def utc_seconds(t: Ints) -> Ints:
    """Seconds since 1970 UTC of Paris wall times.

    >>> str(np.datetime64(int(utc_seconds(np.array([0]))[0]), "s"))
    '2025-10-31T23:00:00'
    """
    summer = day_of(date(2026, 3, 29)) * DAY_S + 2 * 3600
    winter = day_of(date(2026, 10, 25)) * DAY_S + 3 * 3600
    is_summer = (t >= summer) & (t < winter)
    return np.add(t, _START_UTC_S) - 3600 * is_summer.astype(np.int64)


def _draw(rng: np.random.Generator, n: int, weights: Floats) -> Ints:
    edges = np.cumsum(weights)
    drawn: Floats = rng.random(n) * edges[-1]
    return np.searchsorted(edges, drawn, side="right").astype(np.int64)
