"""Lines of loyalty: answers about the whole, and stretches of time that end kept or lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from verite.measure.experience.reading import Reading
from verite.measure.feeling.outcomes import BEFORE_DAYS, DAY_US, NEVER
from verite.measure.feeling.port import Floats, Ints, Mask
from verite.measure.feeling.valence import TOGETHER_US

LINES_AT_MOST: Final = 1_000_000  # beyond, people are drawn at random
SEED: Final = 20_260_104


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Sorted by (person, time). `y`: −100, 0, 100 for an NPS; 100 kept, 0 lost by choice."""

    person: Ints
    at: Ints  # what was lived before it counts
    y: Floats

    def only(self, kept: Mask) -> Lines:
        """Some of the lines."""
        return replace(self, person=self.person[kept], at=self.at[kept], y=self.y[kept])


def answers_of(reading: Reading) -> Lines:
    """The answers about the whole, each with what was lived up to an hour before it."""
    rows = reading.relational
    score = np.asarray(reading.runs.numbers("score"))[rows]
    y = np.where(score >= 9, 100.0, np.where(score <= 6, -100.0, 0.0))
    return Lines(person=reading.person[rows], at=reading.ts[rows] - TOGETHER_US, y=y)


def scores_of(reading: Reading) -> Floats:
    """The same answers as given, 0-10."""
    return np.asarray(reading.runs.numbers("score"), dtype=np.float64)[reading.relational]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """Customers at regular dates, each followed until the next one, a loss or the end: nobody's
    time counts twice. Times are in days from the date."""

    person: Ints
    at: Ints
    date: Ints
    days: Floats
    lost: Mask  # by choice
    apart: Mask  # for a motive apart: censored
    is_whole: Mask  # could be followed to the end


def stretches_of(reading: Reading, days: int) -> Stretches:
    """Everybody who is a customer at each date, with what became of them within the days."""
    first = int(reading.ts.min()) if len(reading.ts) else reading.until_us
    start = first + min(BEFORE_DAYS * DAY_US, (reading.until_us - first) // 4)
    dates = np.arange(start, reading.until_us - DAY_US, days * DAY_US, dtype=np.int64)
    since, until = reading.lives.since, reading.lives.until
    lines = sum(int(((since < at) & (until >= at)).sum()) for at in dates.tolist())
    share = min(1.0, LINES_AT_MOST / max(lines, 1))
    people = np.flatnonzero(np.random.default_rng(SEED).random(len(since)) < share)
    here = (since[people, None] < dates) & (until[people, None] >= dates)
    place, date = np.nonzero(here)
    person, at = people[place], dates[date]
    ends = np.minimum(at + days * DAY_US, reading.until_us)
    gone = until[person] < ends
    stop = np.where(gone, until[person], ends)
    return Stretches(
        person=person, at=at, date=date, days=(stop - at) / DAY_US,
        lost=gone & reading.lives.by_choice[person],
        apart=gone & ~reading.lives.by_choice[person],
        is_whole=at + days * DAY_US <= reading.until_us,
    )  # fmt: skip


def losses_of(reading: Reading) -> Lines:
    """Whole stretches as lines: 100 kept, 0 lost by choice; those lost otherwise are left out."""
    found = stretches_of(reading, reading.settings.loss_days)
    kept = found.is_whole & ~found.apart
    y = np.where(found.lost, 0.0, 100.0)
    return Lines(person=found.person[kept], at=found.at[kept], y=y[kept])


def knows_losses(reading: Reading) -> bool:
    """Whether any loss was ever told."""
    return bool((reading.lives.until < NEVER).any())
