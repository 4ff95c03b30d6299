"""Pacing: how long customers take on each channel, from robust quantiles with their n."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.loop.unify.talks import Floats, Gaps, Ints, Talks, Timeline
from verite.stats.running import quantiles_so_far
from verite.words.alerts import Sign, Usual

DAY_US: Final = 86_400_000_000
FEWEST_REPLIES: Final = 3  # one slow reply is ordinary: the middle of three or more is a pace
FEWEST: Final = {Sign.REPLY: FEWEST_REPLIES, Sign.STEP: 1, Sign.TALK: 1}
SLOW_FROM: Final = {Sign.REPLY: 0.95, Sign.STEP: 0.95, Sign.TALK: 0.99}
TIMES_THE_MIDDLE: Final = 2.0
LIVE: Final = ("chat", "bot")  # elsewhere a length is the agent's work, not the customer's time
USABLE_FROM: Final = 30  # conversations: the small-n rule


def paces(talks: Talks, sign: Sign) -> Floats:
    """The pace of each conversation: the middle of its times; absent when too few to tell."""
    if sign is Sign.TALK:
        return talks.talk_s
    gaps = talks.replies if sign is Sign.REPLY else talks.steps
    return _middles(gaps, talks.count, FEWEST[sign])


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What was usual of one sign on one channel, at the midnight (UTC) of each day in a row.

    Slow starts at the 95th percentile of conversations (the 99th of whole lengths), and never
    under twice the median: where everybody is alike, nobody is slow.
    """

    first_day: int  # since 1970
    n: Ints
    middle_s: Floats
    slow_s: Floats

    def place(self, at_us: int) -> int:
        """Where the day of a time stands; −1 before the first, the last one for later days."""
        return max(-1, min(at_us // DAY_US - self.first_day, len(self.n) - 1))

    def slow_at(self, starts: Ints) -> Floats:
        """From how many seconds on it was slow at these times; infinity before it was known."""
        places = np.clip(starts // DAY_US - self.first_day, -1, len(self.n) - 1)
        usable = (places >= 0) & (self.n[places] >= USABLE_FROM)
        return np.asarray(np.where(usable, self.slow_s[places], np.inf))


def courses(
    timeline: Timeline, talks: Talks, *, before_us: int
) -> Mapping[tuple[str, Sign], Course]:
    """The usual paces by channel and sign, day after day up to the one that begins at a midnight.

    Each day knows the conversations that were over when it began, and none that came later.
    """
    labels = timeline.labels("channel")
    found = {}
    for sign in Sign:
        pace = paces(talks, sign)
        for code in np.unique(talks.channel):
            mine = (talks.channel == code) & ~np.isnan(pace) & (talks.over < before_us)
            if mine.any() and (sign is not Sign.TALK or labels[code] in LIVE):
                course = _course(talks.over[mine], pace[mine], SLOW_FROM[sign], before_us)
                found[labels[code], sign] = course
    return found


def _course(over: Ints, pace: Floats, slow_from: float, before_us: int) -> Course:
    order = np.argsort(over, kind="stable")
    over, pace = over[order], pace[order]
    first_day, last_day = int(over[0]) // DAY_US + 1, before_us // DAY_US
    midnights = np.arange(first_day, last_day + 1, dtype=np.int64) * DAY_US
    n = np.searchsorted(over, midnights)
    middle = quantiles_so_far(pace, n, 0.5)
    slow = np.maximum(quantiles_so_far(pace, n, slow_from), TIMES_THE_MIDDLE * middle)
    return Course(first_day=first_day, n=n, middle_s=middle, slow_s=slow)


def usual_at(channel: str, sign: Sign, course: Course, place: int) -> Usual:
    """What was usual on one day of a course."""
    return Usual(
        channel=channel,
        sign=sign,
        middle_s=float(course.middle_s[place]),
        slow_s=float(course.slow_s[place]),
        n=int(course.n[place]),
    )


def _middles(gaps: Gaps, count: int, fewest: int) -> Floats:
    """The median of each conversation's times."""
    order = np.lexsort((gaps.seconds, gaps.talk))
    talk, seconds = gaps.talk[order], gaps.seconds[order]
    size = np.bincount(talk, minlength=count) if count else np.zeros(0, dtype=np.int64)
    first = np.cumsum(size) - size
    middle = np.full(count, np.nan)
    told = np.flatnonzero(size >= fewest)
    low, high = first[told] + (size[told] - 1) // 2, first[told] + size[told] // 2
    middle[told] = (seconds[low] + seconds[high]) / 2
    return middle


def running_middle(seconds: Floats, fewest: int) -> Floats:
    """The median of the times so far, after each of them; absent before there are enough.

    >>> running_middle(np.array([10.0, 50.0, 90.0]), 2).tolist()
    [nan, 30.0, 50.0]
    """
    so_far = [np.median(seconds[: last + 1]) for last in range(len(seconds))]
    middles = np.array(so_far, dtype=float)
    middles[: fewest - 1] = np.nan
    return middles


def of_talk(gaps: Gaps, talk: int) -> tuple[Ints, Floats]:
    """When each time of one conversation was told, and the times."""
    low, high = np.searchsorted(gaps.talk, [talk, talk + 1])
    return gaps.at[low:high], gaps.seconds[low:high]
