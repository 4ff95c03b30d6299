"""Which sources are silent beyond their habit of nights, week-ends and batches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from verite.home.desk import START_OF_TIME
from verite.words.heard import SourceFreshness

if TYPE_CHECKING:
    import numpy as np

    from verite.ledger.timeline.timeline import Timeline

HOUR_S = 3600.0
WEEK_US = 7 * 24 * 3600 * 1_000_000
# Three weeks in four never wait longer than the usual gap: nights and week-ends are in it.
USUAL_WEEKS = 0.75
# Speaks day and night: silent after three usual gaps. Rests at night: after one and a half, and
# never for less than a week-end; three days without a word are always told of a daily source.
RESTS_FROM_S = 4 * HOUR_S
AWAKE = (3.0, 6 * HOUR_S)
RESTING = (1.5, 66 * HOUR_S)
SILENCE_FROM_ROWS = 30


def freshness(timeline: Timeline, as_of: datetime) -> tuple[SourceFreshness, ...]:
    """When each source last spoke, and whether that is longer ago than its habit allows."""
    import numpy as np

    codes = timeline.codes("source")
    told = []
    for code, source in enumerate(timeline.labels("source")):
        ts = np.sort(timeline.ts[codes == code])
        if len(ts):
            told.append(_fresh(source, ts, as_of))
    return tuple(sorted(told, key=lambda line: line.source))


def usual_gap(ts: np.ndarray) -> float | None:
    """The longest wait within a usual week, in seconds; `ts` are sorted microseconds.

    The longest gap that ends in each week, then the value that three weeks in four stay under.
    Gaps between rows alone would not do: of a thousand rows a day one gap only is the night.

    >>> import numpy as np
    >>> days = np.arange(0, 70 * 24, 24) * 3_600_000_000
    >>> usual_gap(np.sort(np.concatenate([days, days + 60_000_000])))  # two rows each midnight
    86340.0
    """
    import numpy as np

    if len(ts) < 2:
        return None
    gaps = np.diff(ts)
    weeks = (ts[1:] - ts[0]) // WEEK_US
    starts = np.flatnonzero(np.diff(weeks, prepend=-1))
    longest = np.maximum.reduceat(gaps, starts)
    return float(np.quantile(longest, USUAL_WEEKS, method="higher")) / 1e6


def is_silent(quiet_s: float, usual_s: float) -> bool:
    """Whether a silence is beyond the habit of a source whose longest usual gap is known.

    >>> is_silent(7 * 3600, 60), is_silent(20 * 3600, 11 * 3600), is_silent(72 * 3600, 11 * 3600)
    (True, False, True)
    >>> is_silent(72 * 3600, 62 * 3600)  # rests from Friday evening to Monday morning
    False
    """
    factor, at_least = RESTING if usual_s >= RESTS_FROM_S else AWAKE
    return quiet_s > max(at_least, factor * usual_s)


def _fresh(source: str, ts: np.ndarray, as_of: datetime) -> SourceFreshness:
    last = START_OF_TIME + timedelta(microseconds=int(ts[-1]))
    usual, quiet = usual_gap(ts), (as_of - last).total_seconds()
    return SourceFreshness(
        source=source,
        last_at=last,
        interactions=len(ts),
        silent=usual is not None and len(ts) >= SILENCE_FROM_ROWS and is_silent(quiet, usual),
        usual_gap_s=usual,
    )
