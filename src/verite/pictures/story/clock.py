"""The hours of a story: one scale, long silences folded, ticks at round times."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from verite.pictures.axes import Axis

Span = tuple[datetime, datetime]
_MINUTE: Final = 60.0
_HOUR: Final = 3600.0
_ROUND: Final = (1, 5, 15, 30)  # minutes at which a stretch may start and end
_STEPS: Final = (60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400)
_TICK: Final = 66.0  # the least room for an hour under a tick
FOLD: Final = 54.0  # a folded silence
_LEAST: Final = 78.0  # the narrowest stretch
_STRETCHES: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A run of time on the picture, without folds."""

    start: datetime
    end: datetime
    left: float
    right: float

    @property
    def axis(self) -> Axis:
        """Seconds since the start to pixels."""
        seconds = (self.end - self.start).total_seconds()
        return Axis(low=0, high=max(seconds, 1.0), start=self.left, end=self.right)

    def at(self, when: datetime) -> float:
        """The pixel of a time; what is outside stays at the edge."""
        return self.axis.at((when - self.start).total_seconds())


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The stretches of a story from left to right; `left_out` spans did not fit, the oldest."""

    stretches: tuple[Stretch, ...]
    left_out: int = 0

    def at(self, when: datetime) -> float:
        """The pixel of a time; inside a fold, its middle."""
        for one, other in pairwise(self.stretches):
            if one.end < when < other.start:
                return (one.right + other.left) / 2
        found = next((s for s in reversed(self.stretches) if when >= s.start), self.stretches[0])
        return found.at(when)

    @property
    def folds(self) -> tuple[tuple[Stretch, Stretch], ...]:
        """The stretches on both sides of each folded silence."""
        return tuple(pairwise(self.stretches))

    @property
    def start(self) -> datetime:
        """Where the picture starts."""
        return self.stretches[0].start


def wind(spans: Sequence[Span], left: float, right: float) -> Clock:
    """A clock for spans of activity: a silence longer than an hour and than all of it is folded."""
    runs = _merged(spans)
    kept = runs[-_STRETCHES:]
    left_out = sum(span[0] < kept[0][0] for span in spans)
    room = right - left - FOLD * (len(kept) - 1)
    step = _rounding(kept, room)
    ended = [_widened(run, step) for run in kept]
    widths = _widths([(end - start).total_seconds() for start, end in ended], room)
    stretches, x = [], left
    for (start, end), wide in zip(ended, widths, strict=True):
        stretches.append(Stretch(start=start, end=end, left=x, right=x + wide))
        x += wide + FOLD
    return Clock(stretches=tuple(stretches), left_out=left_out)


def ticks(stretch: Stretch) -> tuple[datetime, ...]:
    """Round times along a stretch, as many as have room for their hour.

    >>> at = datetime(2026, 10, 6, 18, tzinfo=UTC)
    >>> run = Stretch(start=at, end=at + timedelta(hours=2), left=128, right=1156)
    >>> [tick.strftime("%H:%M") for tick in ticks(run)][:3]
    ['18:00', '18:10', '18:20']
    """
    seconds = (stretch.end - stretch.start).total_seconds()
    most = max(int((stretch.right - stretch.left) // _TICK), 1)
    step = next((s for s in _STEPS if seconds / s <= most), _STEPS[-1])
    first = _floor(stretch.start, step / _MINUTE)
    if first < stretch.start:
        first = _later(first, step)
    count = int((stretch.end - first).total_seconds() // step) + 1
    return tuple(_later(first, step * place) for place in range(max(count, 0)))


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans joined over every silence that is not worth a fold."""
    runs = _joined(sorted(spans), _HOUR / 6)
    busy = sum((end - start).total_seconds() for start, end in runs)
    return _joined(runs, max(_HOUR, busy))


def _joined(spans: Sequence[Span], gap_s: float) -> list[Span]:
    runs: list[Span] = []
    for start, end in spans:
        if runs and (start - runs[-1][1]).total_seconds() <= gap_s:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    return runs


def _rounding(runs: Sequence[Span], room: float) -> float:
    """Minutes to round the ends of stretches to: finer when there is little to show."""
    seconds = sum((end - start).total_seconds() for start, end in runs) / len(runs)
    wanted = seconds / _MINUTE / max(room / len(runs) / _TICK, 1.0)
    return next((float(step) for step in _ROUND if step >= wanted), float(_ROUND[-1]))


def _widened(run: Span, step: float) -> Span:
    start = _floor(run[0], step)
    end = _floor(run[1], step)
    if end < run[1]:
        end = _later(end, step * _MINUTE)
    return start, max(end, _later(start, step * _MINUTE))


def _widths(seconds: Sequence[float], room: float) -> list[float]:
    """Pixels in proportion to time; short stretches get the least a tick needs."""
    widths = [0.0] * len(seconds)
    free, left = set(range(len(seconds))), room
    while True:
        total = sum(seconds[i] for i in free)
        small = [i for i in free if left * seconds[i] / total < _LEAST]
        if not small or len(small) == len(free):
            break
        for i in small:
            widths[i] = _LEAST
            left -= _LEAST
        free -= set(small)
    for i in free:
        widths[i] = left * seconds[i] / total
    return widths


def _floor(at: datetime, minutes: float) -> datetime:
    """The round time just before, by the clock on the wall."""
    past = at.hour * 60 + at.minute
    whole = int(math.floor(past / max(minutes, 1)) * max(minutes, 1))
    return at.replace(hour=whole // 60, minute=whole % 60, second=0, microsecond=0)


def _later(at: datetime, seconds: float) -> datetime:
    # Through UTC: adding to a local time is wrong on the nights when clocks change.
    zone = at.tzinfo or UTC
    return (at.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(zone)
