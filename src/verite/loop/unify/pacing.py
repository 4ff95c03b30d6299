"""Pacing: how long customers take on each channel, from robust quantiles with their n."""

from __future__ import annotations

from typing import Final

import numpy as np

from verite.loop.unify.talks import Floats, Gaps, Ints, Talks, Timeline
from verite.words.alerts import Sign, Usual

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


def usual_paces(timeline: Timeline, talks: Talks) -> tuple[Usual, ...]:
    """What is usual on each channel, for each sign that its conversations show.

    Slow starts at the 95th percentile of conversations (the 99th of whole lengths), and never
    under twice the median: where everybody is alike, nobody is slow.
    """
    labels = timeline.labels("channel")
    found = []
    for sign in Sign:
        pace = paces(talks, sign)
        for code in np.unique(talks.channel):
            known = pace[(talks.channel == code) & ~np.isnan(pace)]
            if len(known) and (sign is not Sign.TALK or labels[code] in LIVE):
                found.append(_usual(labels[code], sign, known))
    return tuple(found)


def _usual(channel: str, sign: Sign, pace: Floats) -> Usual:
    middle, slow = np.quantile(pace, [0.5, SLOW_FROM[sign]])
    return Usual(
        channel=channel,
        sign=sign,
        middle_s=float(middle),
        slow_s=float(max(slow, TIMES_THE_MIDDLE * middle)),
        n=len(pace),
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
