"""The running feeling of one person, from that person's rows only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from verite.measure.definitions import Definitions
from verite.measure.feeling.plain import plain_feeling
from verite.measure.feeling.port import Mask, Runs
from verite.measure.feeling.valence import Felt, feel
from verite.words.customer import FeelingNow, Remembered

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
COURSE_AT_MOST: Final = 400  # the last contacts of a course

Point = tuple[datetime, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The rows of one person up to a date, and what each of them left."""

    runs: Runs
    rows: slice
    ts: np.ndarray
    felt: Felt
    at: int
    unended: Mask  # still under way at that date: how they end is not known
    known: np.ndarray  # from when on what each left is known: its end, and that of those before

    @property
    def moved(self) -> np.ndarray:
        """The places in the run of the contacts that left something."""
        return np.flatnonzero(self.felt.weight > 0)


def run_of(
    runs: Runs, definitions: Definitions, person: int, at: int, *, is_past: bool = False
) -> Run:
    """The run of the person at this place in `persons`, before `at`.

    Told of a past date, how the rows that end after it end is not known.
    """
    first, last = int(runs.starts[person]), int(runs.starts[person + 1])
    last = first + int(np.searchsorted(runs.ts[first:last], at))
    rows = slice(first, last)
    same = np.zeros(last - first, dtype=np.int32)
    ends = _ends(runs, rows)
    felt, unended = feel(runs, definitions, rows, same), (ends > at) & is_past
    felt = replace(
        felt,
        valence=np.where(unended, np.nan, felt.valence),
        weight=np.where(unended, 0.0, felt.weight),
    )
    ts = np.asarray(runs.ts[rows])
    known = np.maximum.accumulate(np.where(felt.weight > 0, ends, ts))
    return Run(runs=runs, rows=rows, ts=ts, felt=felt, at=at, unended=unended, known=known)


def _ends(runs: Runs, rows: slice) -> np.ndarray:
    """When rows end: by their own end, else by their wait and duration."""
    ts, ends = np.asarray(runs.ts[rows]), np.asarray(runs.ends[rows])
    lasted = np.nan_to_num(runs.numbers("wait_s")[rows]) + np.nan_to_num(
        runs.numbers("duration_s")[rows]
    )
    return np.asarray(np.where(ends >= ts, ends, ts + (lasted * 1e6).astype(np.int64)))


def plain_now(run: Run) -> FeelingNow:
    """Without a fitted model: the plain decayed mean, its course, and what is remembered."""
    moved = run.moved
    found = _plain_at(run, moved, run.at)
    value, low, high = found if found is not None else (None, None, None)
    worst, best, last = memories(run)
    return FeelingNow(
        value=value,
        low=low,
        high=high,
        calibrated=False,
        model=None,
        n=len(moved),
        worst=worst,
        best=best,
        last=last,
        course=_plain_course(run),
    )


def memories(run: Run) -> tuple[Remembered | None, Remembered | None, Remembered | None]:
    """The worst, the best and the last moment; of equals, the later stays."""
    moved = run.moved
    if len(moved) == 0:
        return None, None, None
    felt = run.felt.valence[moved][::-1]
    worst, best = len(moved) - 1 - int(felt.argmin()), len(moved) - 1 - int(felt.argmax())
    return (
        _remember(run, int(moved[worst])) if run.felt.valence[moved[worst]] < 0 else None,
        _remember(run, int(moved[best])) if run.felt.valence[moved[best]] > 0 else None,
        _remember(run, int(moved[-1])),
    )


def moment_of(us: int) -> datetime:
    """UTC microseconds as an aware time."""
    return EPOCH + timedelta(microseconds=us)


def _remember(run: Run, place: int) -> Remembered:
    row = run.rows.start + place
    code = int(run.runs.codes("touchpoint")[row])
    return Remembered(
        id=run.runs.ids([row])[0],
        at=moment_of(int(run.ts[place])),
        touchpoint=run.runs.labels("touchpoint")[code] if code >= 0 else None,
        feeling=round(float(run.felt.valence[place]), 4),
    )


def _plain_at(run: Run, moved: np.ndarray, at: int) -> tuple[float, float, float] | None:
    return plain_feeling(run.felt.valence[moved], run.felt.weight[moved], run.ts[moved], at)


def _plain_course(run: Run) -> tuple[Point, ...]:
    moved, course = run.moved, []
    for end in range(max(1, len(moved) - COURSE_AT_MOST + 1), len(moved) + 1):
        at = int(run.known[moved[end - 1]])
        found = _plain_at(run, moved[:end], at)
        if found is not None:
            course.append((moment_of(at), *found))
    return tuple(course)
