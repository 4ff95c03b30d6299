"""Business hours: how many seconds of opening lie between two moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from verite.measure.holidays import public_holidays
from verite.words.errors import BadInput

if TYPE_CHECKING:
    import numpy as np

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Opening minutes of each weekday (Monday first) as (open, close) pairs, and closed days.

    `holidays` is a country, or a country and a part of it: FR, FR-57.

    >>> Hours(week=((), ), closed=())
    Traceback (most recent call last):
    verite.words.errors.BadInput: business_week: days=1
    """

    week: tuple[tuple[tuple[int, int], ...], ...]
    closed: tuple[date, ...] = ()
    holidays: str = ""

    def __post_init__(self) -> None:
        if len(self.week) != len(WEEKDAYS):
            raise BadInput("business_week", fields={"days": len(self.week)})
        for spans in self.week:
            for opening, closing in spans:
                if not 0 <= opening < closing <= 24 * 60:
                    raise BadInput("business_span", fields={"open": opening, "close": closing})


def open_seconds(hours: Hours, zone: str, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Seconds of opening between pairs of moments (UTC microseconds), local time as people live it.

    A night, a closed Sunday and a holiday count nothing; a clock change counts what really passed.

    >>> import numpy as np
    >>> nine_to_five = Hours(week=(((540, 1020),),) * 5 + ((), ()))
    >>> friday = 1_767_978_000_000_000  # Friday 9 January 2026, 18:00 in Paris
    >>> monday = friday + 64 * 3_600_000_000  # Monday 12 January, 10:00
    >>> open_seconds(nine_to_five, "Europe/Paris", np.array([friday]), np.array([monday]))
    array([3600.])
    """
    import numpy as np

    if len(starts) == 0:
        return np.zeros(0)
    first, last = _day(int(starts.min())), _day(int(ends.max()))
    edges, passed = _ticking(hours, zone, first - timedelta(days=1), last + timedelta(days=2))
    at_end, at_start = (np.interp(moments, edges, passed) for moments in (ends, starts))
    return np.asarray((at_end - at_start) / 1e6)


def _day(moment_us: int) -> date:
    return (EPOCH + timedelta(microseconds=moment_us)).date()


@lru_cache(maxsize=64)
def _ticking(hours: Hours, zone: str, first: date, last: date) -> tuple[np.ndarray, np.ndarray]:
    """Edges of openings (UTC µs) and the opening time passed at each edge."""
    import numpy as np

    local, edges, passed, so_far = ZoneInfo(zone), [], [], 0
    closed = {*hours.closed, *public_holidays(hours.holidays, first.year, last.year)}
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        if day in closed:
            continue
        for opening, closing in hours.week[day.weekday()]:
            start, end = _moment(day, opening, local), _moment(day, closing, local)
            edges += [start, end]
            passed += [so_far, so_far + end - start]
            so_far += end - start
    if not edges:
        edges, passed = [0], [0]
    return np.array(edges, dtype=float), np.array(passed, dtype=float)


def _moment(day: date, minutes: int, zone: ZoneInfo) -> int:
    local = datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=minutes)
    # Back to UTC: subtracting aware times of one zone would ignore the clock change between them.
    return (local.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)
