"""The order of the timeline: rows by person, then time, then id. Compiled passes, no comparison
of whole tables: a counting sort by person, then short runs sorted in place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.threads import each, parts_of, spans
from verite.stats.compiled import njit

_SHORT = 48  # sorted by insertion
_GIANT = 65_536  # longer runs are sorted by numpy


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """What settles the order of rows: time, then the two halves of the id."""

    ts: NDArray[np.int64]
    id_hi: NDArray[np.int64]
    id_lo: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Runs of row numbers: run i is `rows[starts[i]:starts[i + 1]]`, with its times in `ts`."""

    starts: NDArray[np.int64]
    rows: NDArray[np.generic]  # uint32, or int64 beyond four thousand million rows
    ts: NDArray[np.int64]


def arrange(runs: NDArray[np.int32], count: int, stamps: Stamps) -> Order:
    """Rows grouped by their run number (0 … count-1, -1 = left out), each run in total order."""
    starts = _starts(runs, count)
    rows = np.empty(int(starts[-1]), dtype=np.uint32 if len(runs) < 2**32 else np.int64)
    _scatter(runs, starts[:-1].copy(), rows)
    ts = np.empty(len(rows), dtype=np.int64)

    def sort(low: int, high: int) -> None:
        _sort_runs(starts[low : high + 1], rows, ts, stamps.ts, (stamps.id_hi, stamps.id_lo))

    each(sort, parts_of(starts))
    for run in np.flatnonzero(np.diff(starts) > _GIANT):
        _sort_giant(slice(int(starts[run]), int(starts[run + 1])), rows, ts, stamps)
    return Order(starts=starts, rows=rows, ts=ts)


def take(values: NDArray[np.generic], rows: NDArray[np.generic], into: NDArray[np.generic]) -> None:
    """`into[i] = values[rows[i]]`, on every core."""
    each(lambda low, high: _take(values, rows[low:high], into[low:high]), spans(len(rows)))


def _sort_giant(
    run: slice, rows: NDArray[np.generic], ts: NDArray[np.int64], stamps: Stamps
) -> None:
    mine = rows[run]
    order = np.lexsort((stamps.id_lo[mine], stamps.id_hi[mine], stamps.ts[mine]))
    rows[run] = mine[order]
    ts[run] = stamps.ts[rows[run]]


@njit(nogil=True, cache=True)
def _starts(runs, count):  # type: ignore[no-untyped-def]
    starts = np.zeros(count + 1, np.int64)
    for row in range(len(runs)):
        if runs[row] >= 0:
            starts[runs[row] + 1] += 1
    for run in range(count):
        starts[run + 1] += starts[run]
    return starts


@njit(nogil=True, cache=True)
def _scatter(runs, at, rows):  # type: ignore[no-untyped-def]
    for row in range(len(runs)):
        run = runs[row]
        if run >= 0:
            rows[at[run]] = row
            at[run] += 1


@njit(nogil=True, cache=True)
def _take(values, rows, into):  # type: ignore[no-untyped-def]
    for i in range(len(rows)):
        into[i] = values[rows[i]]


@njit(nogil=True, cache=True)
def _before(left, right, ids):  # type: ignore[no-untyped-def]
    ts_a, row_a = left
    ts_b, row_b = right
    if ts_a != ts_b:
        return ts_a < ts_b
    id_hi, id_lo = ids
    if id_hi[row_a] != id_hi[row_b]:
        return id_hi[row_a] < id_hi[row_b]
    if id_lo[row_a] != id_lo[row_b]:
        return id_lo[row_a] < id_lo[row_b]
    return row_a < row_b


@njit(nogil=True, cache=True)
def _sort_runs(starts, rows, ts, all_ts, ids):  # type: ignore[no-untyped-def]
    for run in range(len(starts) - 1):
        low, high = starts[run], starts[run + 1]
        for i in range(low, high):
            ts[i] = all_ts[rows[i]]
        if high - low <= _SHORT:
            _insert(low, high, rows, ts, ids)
        elif high - low <= _GIANT and not _is_sorted(low, high, rows, ts, ids):
            _heap(low, high, rows, ts, ids)


@njit(nogil=True, cache=True)
def _is_sorted(low, high, rows, ts, ids):  # type: ignore[no-untyped-def]
    for i in range(low + 1, high):
        if _before((ts[i], rows[i]), (ts[i - 1], rows[i - 1]), ids):
            return False
    return True


@njit(nogil=True, cache=True)
def _insert(low, high, rows, ts, ids):  # type: ignore[no-untyped-def]
    for i in range(low + 1, high):
        stamp, row = ts[i], rows[i]
        j = i
        while j > low and _before((stamp, row), (ts[j - 1], rows[j - 1]), ids):
            ts[j], rows[j] = ts[j - 1], rows[j - 1]
            j -= 1
        ts[j], rows[j] = stamp, row


@njit(nogil=True, cache=True)
def _heap(low, high, rows, ts, ids):  # type: ignore[no-untyped-def]
    mine, times = rows[low:high], ts[low:high]
    size = high - low
    for root in range(size // 2 - 1, -1, -1):
        _sift(root, size, mine, times, ids)
    for end in range(size - 1, 0, -1):
        times[0], times[end] = times[end], times[0]
        mine[0], mine[end] = mine[end], mine[0]
        _sift(0, end, mine, times, ids)


@njit(nogil=True, cache=True)
def _sift(root, size, rows, ts, ids):  # type: ignore[no-untyped-def]
    while 2 * root + 1 < size:
        child = 2 * root + 1
        other = child + 1
        if other < size and _before((ts[child], rows[child]), (ts[other], rows[other]), ids):
            child = other
        if not _before((ts[root], rows[root]), (ts[child], rows[child]), ids):
            return
        ts[root], ts[child] = ts[child], ts[root]
        rows[root], rows[child] = rows[child], rows[root]
        root = child
