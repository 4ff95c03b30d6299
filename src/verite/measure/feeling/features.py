"""Features of people at given dates, in one pass over their rows; nothing after a date is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from verite.measure.feeling.marks import EFFORTS
from verite.measure.feeling.port import Floats, Ints
from verite.measure.feeling.traces import Traces

DAY_US: Final = 86_400_000_000
EFFORT_DAYS: Final = 90
MONEY_DAYS: Final = 365
# What decays, for each half-life; and what does not.
DECAYED: Final = ("bad", "good", "weight", "bad_kept", "good_kept")
PLAIN: Final = (
    "worst", "best", "end", "felt", "felt_sum", "last_score", "has_score",
    "days_since", "often", "money", "log_wait", "open_issue",
)  # fmt: skip
_NEVER_DAYS: Final = 365.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose features, and when: sorted by (person, at). Rows `first` to `last` are the person's."""

    first: Ints
    last: Ints
    at: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """One line per person and date."""

    decayed: np.ndarray  # [lines, half-lives, DECAYED]
    plain: Floats  # [lines, PLAIN]
    efforts: Floats  # [lines, EFFORTS], counts of the last 90 days

    def column(self, name: str, half_life: int = 0) -> Floats:
        """A feature by its name, at the place of a half-life in the grid."""
        if name in EFFORTS:
            return np.asarray(self.efforts[:, EFFORTS.index(name)])
        if name in PLAIN:
            return np.asarray(self.plain[:, PLAIN.index(name)])
        if name in DECAYED:
            return np.asarray(self.decayed[:, half_life, DECAYED.index(name)])
        if name == "mean":
            bad, good, weight = (self.decayed[:, half_life, place] for place in range(3))
            return np.asarray((good - bad) / np.where(weight > 0, weight, 1.0))
        felt = self.column("felt")  # what is left is the plain mean
        return np.asarray(self.column("felt_sum") / np.where(felt > 0, felt, 1.0))


def read_features(
    traces: Traces, kept: Floats, asked: Asked, half_lives: tuple[float, ...]
) -> Features:
    """The features of everyone asked, for every half-life in days.

    Bad_h = Σ w |s|⁻ 2^(−age/h), Good_h = Σ w s⁺ 2^(−age/h), over the contacts before the date;
    `kept` is the weight of each row once that of its touchpoint is known.
    """
    many = len(asked.at)
    decayed = np.zeros((many, len(half_lives), len(DECAYED)))
    plain = np.zeros((many, len(PLAIN)))
    efforts = np.zeros((many, len(EFFORTS)))
    halves = np.array(half_lives) * DAY_US
    lines = (asked.first, asked.last, asked.at)
    felt = (traces.ts, traces.valence, traces.weight)
    _decay(lines, (*felt, kept), halves, decayed)
    _remember(lines, (*felt, traces.said), plain)
    counted = (traces.ts, traces.wait_s, traces.open_until, traces.money, traces.theirs)
    _count(lines, counted, traces.marks, plain, efforts)
    return Features(decayed=decayed, plain=plain, efforts=efforts)


@njit(nogil=True, cache=True)
def _decay(lines, rows, halves, out):  # type: ignore[no-untyped-def]
    """Sums carried from row to row, each step undone by the time that passed."""
    first, last, at = lines
    ts, valence, weight, kept = rows
    grid = len(halves)
    sums = np.zeros((grid, 5))
    row, since = 0, 0
    for line in range(len(at)):
        if line == 0 or first[line] != first[line - 1]:
            row, since = first[line], at[line]
            sums[:] = 0.0
        while row < last[line] and ts[row] < at[line]:
            if weight[row] > 0.0:
                bad, good = max(-valence[row], 0.0), max(valence[row], 0.0)
                for g in range(grid):
                    sums[g] *= 2.0 ** (-(ts[row] - since) / halves[g])
                    sums[g, 0] += weight[row] * bad
                    sums[g, 1] += weight[row] * good
                    sums[g, 2] += weight[row]
                    sums[g, 3] += kept[row] * bad
                    sums[g, 4] += kept[row] * good
                since = ts[row]
            row += 1
        for g in range(grid):
            out[line, g] = sums[g] * 2.0 ** (-(at[line] - since) / halves[g])


@njit(nogil=True, cache=True)
def _remember(lines, rows, out):  # type: ignore[no-untyped-def]
    """Peaks, end, plain mean and last score."""
    first, last, at = lines
    ts, valence, weight, said = rows
    row = 0
    worst, best, end, felt, total, score, has = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for line in range(len(at)):
        if line == 0 or first[line] != first[line - 1]:
            row = first[line]
            worst, best, end, felt, total, score, has = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        while row < last[line] and ts[row] < at[line]:
            if weight[row] > 0.0:
                worst, best, end = max(worst, -valence[row]), max(best, valence[row]), valence[row]
                felt += weight[row]
                total += weight[row] * valence[row]
                if said[row]:
                    score, has = valence[row], 1.0
            row += 1
        out[line, 0], out[line, 1], out[line, 2] = worst, best, end
        out[line, 3], out[line, 4] = felt, total
        out[line, 5], out[line, 6] = score, has


@njit(nogil=True, cache=True)
def _count(lines, rows, marks, out, efforts):  # type: ignore[no-untyped-def]
    """Counts over the last 90 days, money over the last year, days since the last own act."""
    first, last, at = lines
    ts, wait_s, open_until, money, theirs = rows
    for line in range(len(at)):
        near, year = at[line] - EFFORT_DAYS * DAY_US, at[line] - MONEY_DAYS * DAY_US
        waited, spent, often, recent, is_open = 0.0, 0.0, 0.0, -1, 0.0
        low, high = first[line], last[line]
        while low < high:  # the last row before the date
            middle = (low + high) // 2
            if ts[middle] < at[line]:
                low = middle + 1
            else:
                high = middle
        for row in range(low - 1, first[line] - 1, -1):
            if ts[row] < year:
                break
            spent += money[row]
            if theirs[row] and recent < 0:
                recent = row
            if ts[row] < near:
                continue
            often += theirs[row]
            waited += wait_s[row]
            if open_until[row] > at[line]:
                is_open = 1.0
            for k in range(marks.shape[1]):
                efforts[line, k] += marks[row, k]
        out[line, 7] = (at[line] - ts[recent]) / DAY_US if recent >= 0 else _NEVER_DAYS
        out[line, 8], out[line, 9] = np.log1p(often), np.log1p(max(spent, 0.0))
        out[line, 10], out[line, 11] = np.log1p(waited / 60.0), is_open
