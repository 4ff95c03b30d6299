"""What each person lived at each touchpoint in the days before an answer; never after it.

Never met is not a missing answer: it is NaN here and a column of its own in the regression.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.ledger.timeline.threads import each, spans
from verite.loop.moments.answers import Answers
from verite.loop.moments.port import Ints, Mask, Reading
from verite.words.asked import Filters

DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """Per answer (lines) and touchpoint (columns): the mean experience from 0 to 10, NaN = not
    met; a touchpoint known only by the answers about it is met at the level `ABOUT`."""

    names: tuple[str, ...]
    codes: tuple[int, ...]
    experience: NDArray[np.float32]
    interactions: tuple[int, ...]
    share: tuple[float, ...]  # of all the interactions
    only_own: tuple[bool, ...]  # no experience but the outcome itself
    before: Ints  # of each line, the first row that was not read


def live_before(reading: Reading, answers: Answers, days: int, where: Filters) -> Lived:
    """The experience of every touchpoint where a valence or an answer says something."""
    timeline = reading.timeline
    felt = reading.felt
    touchpoint = np.asarray(timeline.codes("touchpoint"))
    counted = (felt.weight > 0) & (touchpoint >= 0) & ~answers.barred & through(reading, where)
    codes, only_own = _told_of(touchpoint[counted], answers.own)
    place = np.full(len(timeline.labels("touchpoint")) + 1, -1, dtype=np.int64)
    place[codes] = np.arange(len(codes))
    column = np.where(counted, place[touchpoint], -1).astype(np.int32)
    mean = np.full((len(answers.y), len(codes)), np.nan, dtype=np.float32)
    before = np.zeros(len(answers.y), dtype=np.int64)
    rows = (np.asarray(timeline.ts), column, 5.0 + 5.0 * felt.valence, felt.weight)
    starts = np.asarray(timeline.starts)

    def read(low: int, high: int) -> None:
        some = slice(low, high)
        lines = (answers.person[some], answers.at[some], starts)
        _read(lines, rows, days * DAY_US, mean[some], before[some])

    each(read, spans(len(answers.y)))
    _meet_own(mean, answers, (place, only_own))
    counts = np.bincount(touchpoint[touchpoint >= 0], minlength=len(place))
    total = max(int((np.asarray(timeline.ts) < reading.until_us).sum()), 1)
    labels = timeline.labels("touchpoint")
    return Lived(
        names=tuple(labels[code] for code in codes), codes=tuple(codes.tolist()), experience=mean,
        interactions=tuple(int(counts[code]) for code in codes),
        share=tuple(float(counts[code]) / total for code in codes),
        only_own=tuple(bool(own) for own in only_own), before=before,
    )  # fmt: skip


def through(reading: Reading, where: Filters) -> Mask:
    """Rows of the channels and touchpoints asked, before the date."""
    kept = Filters(channels=where.channels, touchpoints=where.touchpoints)
    within = np.asarray(reading.timeline.ts) < reading.until_us
    if not (where.channels or where.touchpoints):
        return np.asarray(within)
    return np.asarray(within & reading.timeline.rows_of(kept))


def _told_of(felt: Ints, own: Ints) -> tuple[Ints, Mask]:
    """The touchpoints with a valence, then those that only the answers are about."""
    told = np.flatnonzero(np.bincount(felt))
    alone = np.setdiff1d(np.unique(own[own >= 0]), told)
    codes = np.concatenate([told, alone]).astype(np.int64)
    return codes, np.arange(len(codes)) >= len(told)


def _meet_own(mean: NDArray[np.float32], answers: Answers, told: tuple[Ints, Mask]) -> None:
    """An answer about a touchpoint met it; when nothing else tells of it, that is all we know."""
    place, only_own = told
    column = np.where(answers.own >= 0, place[answers.own], -1)
    lines = np.flatnonzero(column >= 0)
    lines = lines[only_own[column[lines]]]
    mean[lines, column[lines]] = 5.0


@njit(nogil=True, cache=True)
def _read(lines, rows, reach, mean, before):  # type: ignore[no-untyped-def]
    """One pass; lines are sorted by person, then time."""
    person, at, starts = lines
    ts, column, level, weight = rows
    columns = mean.shape[1]
    sums, weights = np.zeros(columns), np.zeros(columns)
    for line in range(len(person)):
        sums[:] = 0.0
        weights[:] = 0.0
        row, end = starts[person[line]], starts[person[line] + 1]
        while row < end and ts[row] < at[line]:
            place = column[row]
            if place >= 0 and ts[row] >= at[line] - reach:
                sums[place] += weight[row] * level[row]
                weights[place] += weight[row]
            row += 1
        before[line] = row
        for place in range(columns):
            if weights[place] > 0.0:
                mean[line, place] = sums[place] / weights[place]
