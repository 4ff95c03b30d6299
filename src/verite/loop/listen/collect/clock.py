"""When an event happened: the sender's clock, set right by our own when it is plainly wrong.

time = receivedAt − (sentAt − originalTimestamp), where the sender's clock and ours differ by more
than five minutes; closer than that the sender's time is taken as it stands, so that a batch sent
twice says the same thing twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

MINUTE_US: Final = 60_000_000
TOLERANCE_US: Final = 5 * MINUTE_US
FIRST_US: Final = -2_208_988_800_000_000  # 1900
LAST_US: Final = 4_102_444_799_999_999  # 2099
_MICROSECOND: Final = timedelta(microseconds=1)
_ZERO: Final = datetime(1970, 1, 1, tzinfo=UTC)
Told = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why an event is no interaction: a reason code and what stood there."""

    reason: str
    detail: str | None = None


def read_instant(told: Told) -> int | None:
    """Microseconds since 1970 of ISO 8601 (UTC when it names no zone) or of an epoch in s, ms, µs.

    >>> read_instant("2026-10-06T18:04:00.5+02:00"), read_instant(1_791_302_640)
    (1791302640500000, 1791302640000000)
    >>> read_instant("yesterday") is None
    True
    """
    if type(told) is str:
        try:
            since = datetime.fromisoformat(told) - _ZERO
        except TypeError:  # no zone
            since = datetime.fromisoformat(told).replace(tzinfo=UTC) - _ZERO
        except (ValueError, OverflowError):
            return _epoch_text(told)
        return since // _MICROSECOND
    if told is None or isinstance(told, bool | str):
        return None
    return _epoch(told)


def _epoch_text(told: str) -> int | None:
    text = told.strip()
    if text != told:
        return read_instant(text)
    if not (text.isascii() and text.replace(".", "", 1).isdigit() and 9 <= len(text) <= 20):
        return None
    return _epoch(float(text))


def _epoch(number: float) -> int | None:
    """Seconds, milliseconds or microseconds, by their size; other numbers are no time."""
    size = abs(number)
    if not size < 1e17:
        return None
    factor = 1_000_000 if size < 1e11 else 1_000 if size < 1e14 else 1
    return round(number * factor)


def offset_of(sent: Told, *, received_us: int) -> int:
    """What to add to a sender's times, in microseconds: 0 where its clock is near ours.

    >>> offset_of("2026-10-03T12:00:00Z", received_us=1_791_288_000_000_000) / 86_400e6
    3.0
    """
    sent_us = read_instant(sent)
    if sent_us is None or abs(received_us - sent_us) <= TOLERANCE_US:
        return 0
    return received_us - sent_us


def time_of(told: Told, *, offset_us: int, received_us: int) -> int | Problem:
    """The time of an event in microseconds, or why it has none.

    A clock three days late is set right; a time to come is refused:

    >>> noon = 1_791_288_000_000_000
    >>> at = time_of("2026-10-03T11:59:00Z", offset_us=3 * 86_400_000_000, received_us=noon)
    >>> (at - noon) / 1e6
    -60.0
    >>> time_of("2026-12-25T00:00:00Z", offset_us=0, received_us=noon).reason
    'time_in_future'
    """
    if told is None or told == "":
        return received_us
    at = read_instant(told)
    if at is None:
        return Problem(reason="bad_time", detail=str(told)[:200])
    at += offset_us
    if at > received_us + TOLERANCE_US:
        return Problem(reason="time_in_future", detail=str(told)[:200])
    if at < FIRST_US:
        return Problem(reason="bad_time", detail=str(told)[:200])
    return at
