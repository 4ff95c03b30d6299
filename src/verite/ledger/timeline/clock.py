"""Calendar codes of times: day, week, month, weekday, hour, in UTC or in a named zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from verite.words.errors import WrongUse

DAY_US = 86_400_000_000
HOUR_US = 3_600_000_000
_EPOCH = date(1970, 1, 1)
_MARGIN_US = 2 * DAY_US


def offsets(zone: str, low_us: int, high_us: int) -> tuple[tuple[int, int], ...]:
    """Changes of the zone's offset over a period: (from this UTC instant, this offset), in µs.

    The first one holds from before the period.

    >>> [offset // HOUR_US for _, offset in offsets("Europe/Paris", 0, 0)]
    [1]
    """
    if zone == "UTC":
        return ((low_us, 0),)
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongUse("unknown_zone", fields={"zone": zone}) from error
    at, found = low_us - _MARGIN_US, []
    found.append((at, _offset(place, at)))
    while at < high_us + _MARGIN_US:
        after = at + DAY_US
        if _offset(place, after) != found[-1][1]:
            change = _bisect(place, at, after)
            found.append((change, _offset(place, change)))
            after = change
        at = after
    return tuple(found)


def local(ts: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """Local microseconds since 1970-01-01 00:00 of the zone's wall clock."""
    if zone == "UTC" or len(ts) == 0:
        return np.asarray(ts)
    changes = offsets(zone, int(ts.min()), int(ts.max()))
    since = np.array([change[0] for change in changes])
    shift = np.array([change[1] for change in changes])
    return np.asarray(ts + shift[np.searchsorted(since, ts, side="right") - 1])


def time_codes(
    ts: NDArray[np.int64], dimension: str, zone: str
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Codes of a time dimension and their labels, as `label_of` writes them."""
    values = numbers_of(local(ts, zone), dimension)
    if len(values) == 0:
        return values.astype(np.int32), ()
    low = int(values.min())
    # All codes of the range get a label: no sort of millions of values for a few hundred days.
    present = np.bincount(values - low) > 0
    renumbered = (np.cumsum(present) - 1).astype(np.int32)
    labels = tuple(label_of(dimension, int(v) + low) for v in np.flatnonzero(present))
    return renumbered[values - low], labels


def numbers_of(local_us: NDArray[np.int64], dimension: str) -> NDArray[np.int64]:
    """The number of each local time in a dimension: days or weeks' Mondays since 1970, months
    since year 0, weekday 1-7 (Monday 1), hour 0-23."""
    if dimension == "hour":
        return (local_us // HOUR_US) % 24
    days = local_us // DAY_US
    if dimension == "day":
        return days
    if dimension == "weekday":
        return (days + 3) % 7 + 1
    if dimension == "week":
        return days - (days + 3) % 7
    if dimension == "month":
        return _months(days)
    raise WrongUse("unknown_dimension", fields={"dimension": dimension})


def label_of(dimension: str, number: int) -> str:
    """How a number of a time dimension is written.

    >>> label_of("week", 20_087), label_of("month", 2026 * 12 + 10), label_of("hour", 7)
    ('2024-12-30', '2026-11', '07')
    """
    if dimension in {"day", "week"}:
        return (_EPOCH + timedelta(days=number)).isoformat()
    if dimension == "month":
        return f"{number // 12:04d}-{number % 12 + 1:02d}"
    return f"{number:02d}" if dimension == "hour" else str(number)


def _months(days: NDArray[np.int64]) -> NDArray[np.int64]:
    if len(days) == 0:
        return days
    low, high = int(days.min()), int(days.max())
    calendar = np.arange(low, high + 1).astype("datetime64[D]").astype("datetime64[M]")
    months = calendar.astype(np.int64) + 1970 * 12
    return np.asarray(months[days - low])


def _offset(place: ZoneInfo, at_us: int) -> int:
    at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=at_us)
    return (at.astimezone(place).utcoffset() or timedelta()) // timedelta(microseconds=1)


def _bisect(place: ZoneInfo, low: int, high: int) -> int:
    before = _offset(place, low)
    low, high = low // 1_000_000, high // 1_000_000
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(place, middle * 1_000_000) == before:
            low = middle
        else:
            high = middle
    return high * 1_000_000
