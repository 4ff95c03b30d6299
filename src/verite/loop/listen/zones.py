"""Local time to UTC, in SQL: gaps have no instant, the first of two equal hours is meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from verite.words.errors import WrongUse

FIRST_YEAR, LAST_YEAR = 1990, 2050  # by table; other years by the engine's own calendar
SECOND_US = 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def check_zone(name: str) -> str:
    """The zone's name when it is one."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongUse("unknown_zone", fields={"zone": name}) from error
    return name


@lru_cache
def offset_sql(zone: str, column: str) -> str:
    """SQL for the offset (µs) of a local time (µs); null in a gap, +1 µs when it occurs twice."""
    table = _tree(_leaves(zone), column)
    if len(_leaves(zone)) == 1:
        return table
    first, last = (_us(datetime(year, 1, 1, tzinfo=UTC)) for year in (FIRST_YEAR, LAST_YEAR))
    asked = f"epoch_us(timezone('{zone}', make_timestamp({column})))"
    return f"CASE WHEN {column} BETWEEN {first} AND {last} THEN {table} ELSE {column} - {asked} END"


@lru_cache
def _leaves(zone: str) -> tuple[tuple[int | None, int | None], ...]:
    """(until this local time, the offset is…); the last one has no end."""
    leaves: list[tuple[int | None, int | None]] = []
    changes, last = _changes(zone)
    for at_us, before, after in changes:
        if after > before:  # the clock jumps: these local times do not exist
            leaves += [(at_us + before, before), (at_us + after, None)]
        else:  # it falls back: these local times occur twice
            leaves += [(at_us + after, before), (at_us + before, before + 1)]
    leaves.append((None, last))
    return tuple(leaves)


def _changes(zone: str) -> tuple[list[tuple[int, int, int]], int]:
    """The instants (µs) at which the offset (µs) changes: before, after; and the last offset."""
    tz = ZoneInfo(zone)
    changes: list[tuple[int, int, int]] = []
    instant, end = (datetime(year, 1, 1, tzinfo=UTC) for year in (FIRST_YEAR - 1, LAST_YEAR + 1))
    offset = _offset_us(tz, instant)
    while instant < end:
        later = instant + timedelta(days=7)
        found = _offset_us(tz, later)
        if found != offset:
            at = _bisect(tz, instant, later)
            changes.append((_us(at), offset, found))
            offset = found
        instant = later
    return changes, offset


def _us(at: datetime) -> int:
    return round((at - EPOCH).total_seconds()) * SECOND_US


def _bisect(tz: ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = _offset_us(tz, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset_us(tz, middle) == before else (low, middle)
    return high


def _offset_us(tz: ZoneInfo, instant: datetime) -> int:
    offset = instant.astimezone(tz).utcoffset() or timedelta(0)
    return round(offset.total_seconds()) * SECOND_US


def _tree(leaves: tuple[tuple[int | None, int | None], ...], column: str) -> str:
    if len(leaves) == 1:
        return "NULL::BIGINT" if leaves[0][1] is None else f"{leaves[0][1]}::BIGINT"
    middle = len(leaves) // 2
    split = leaves[middle - 1][0]
    left, right = _tree(leaves[:middle], column), _tree(leaves[middle:], column)
    return f"CASE WHEN {column} < {split} THEN {left} ELSE {right} END"
