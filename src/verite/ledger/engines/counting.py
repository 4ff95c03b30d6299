"""Tallies by compiled passes over the timeline: one row at a time, people as contiguous runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.ledger.port import Group, Tally
from verite.ledger.timeline.threads import each, parts_of
from verite.ledger.timeline.timeline import Timeline
from verite.words.columns import TIME_DIMENSIONS, dimension_column

_DENSE_GROUPS = 2_000_000
_DENSE_CELLS = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The group of every row, -1 = none; an empty `codes` stands for one group of all rows."""

    codes: NDArray[np.int32]
    labels: tuple[Group, ...]


def group_rows(timeline: Timeline, by: tuple[str, ...]) -> Groups:
    """Groups of the asked dimensions. A row without a value in one of them is in no group."""
    if not by:
        return Groups(codes=np.empty(0, np.int32), labels=((),))
    codes, labels = _dimension(timeline, by[0])
    groups: list[Group] = [(label,) for label in labels]
    for dimension in by[1:]:
        more, labels = _dimension(timeline, dimension)
        wide = codes.astype(np.int64) * len(labels) + more
        wide[(codes < 0) | (more < 0)] = -1
        codes, places = _renumber(wide, len(groups) * len(labels))
        groups = [(*groups[p // len(labels)], labels[p % len(labels)]) for p in places]
    return Groups(codes=codes, labels=tuple(groups))


def tally_rows(
    starts: NDArray[np.int64], groups: Groups, mask: NDArray[np.bool_], y: NDArray[np.generic]
) -> dict[Group, Tally]:
    """One tally per group that has a row; `mask` and `y` may be empty: all rows, y = 1."""
    size = len(groups.labels)
    parts = each(
        lambda low, high: _tally(starts[low : high + 1], groups.codes, mask, y, size),
        parts_of(starts),
    )
    counts = sum((part[0] for part in parts), np.zeros((2, size), np.int64))
    sums = sum((part[1] for part in parts), np.zeros((5, size)))
    return {
        groups.labels[g]: Tally(
            n=int(counts[0, g]),
            people=int(counts[1, g]),
            sum_y=float(sums[0, g]),
            sum_yy=float(sums[1, g]),
            sum_ss=float(sums[2, g]),
            sum_sm=float(sums[3, g]),
            sum_mm=float(sums[4, g]),
        )
        for g in np.flatnonzero(counts[0])
    }


def spreads(
    groups: Groups, mask: NDArray[np.bool_], y: NDArray[np.generic], rows: int
) -> Mapping[Group, Mapping[float, int]]:
    """How often each value of y occurs, per group."""
    chosen = mask if len(mask) else np.ones(rows, dtype=bool)
    if len(groups.codes):
        chosen = chosen & (groups.codes >= 0)
    values = y[chosen].astype(float) if len(y) else np.ones(int(chosen.sum()))
    codes = groups.codes[chosen] if len(groups.codes) else np.zeros(len(values), np.int32)
    present = ~np.isnan(values)
    found: dict[Group, dict[float, int]] = {}
    for code, value, count in zip(*_histogram(codes[present], values[present]), strict=True):
        found.setdefault(groups.labels[code], {})[value] = count
    return found


def _histogram(
    codes: NDArray[np.int32], values: NDArray[np.float64]
) -> tuple[list[int], list[float], list[int]]:
    if len(values) == 0:
        return [], [], []
    low, high = float(values.min()), float(values.max())
    width = int(high - low) + 1 if high - low < _DENSE_CELLS else _DENSE_CELLS
    if (int(codes.max()) + 1) * width <= _DENSE_CELLS and bool((values == np.rint(values)).all()):
        cells = np.bincount(codes.astype(np.int64) * width + (values - low).astype(np.int64))
        held = np.flatnonzero(cells)
        return (
            (held // width).tolist(),
            ((held % width) + low).tolist(),
            cells[held].tolist(),
        )
    order = np.lexsort((values, codes))
    codes, values = codes[order], values[order]
    new = np.flatnonzero(np.append(True, (np.diff(codes) != 0) | (np.diff(values) != 0)))
    counts = np.diff(np.append(new, len(values)))
    return codes[new].tolist(), values[new].tolist(), counts.tolist()


def _dimension(timeline: Timeline, dimension: str) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    column = dimension_column(dimension)
    if column in TIME_DIMENSIONS:
        return timeline.time_codes(column)
    return timeline.codes(column), timeline.labels(column)


def _renumber(wide: NDArray[np.int64], size: int) -> tuple[NDArray[np.int32], list[int]]:
    if size <= _DENSE_GROUPS:
        return wide.astype(np.int32), list(range(size))
    places, codes = np.unique(wide, return_inverse=True)
    absent = int(len(places) > 0 and places[0] == -1)
    return (codes - absent).astype(np.int32), places[absent:].tolist()


@njit(nogil=True, cache=True)
def _tally(starts, codes, mask, y, size):  # type: ignore[no-untyped-def]
    counts = np.zeros((2, size), np.int64)
    sums = np.zeros((5, size), np.float64)
    person_y = np.zeros(size, np.float64)
    person_n = np.zeros(size, np.int64)
    seen = np.full(size, -1, np.int64)
    for person in range(len(starts) - 1):
        for row in range(starts[person], starts[person + 1]):
            if len(mask) and not mask[row]:
                continue
            group = codes[row] if len(codes) else 0
            if group < 0:
                continue
            value = y[row] * 1.0 if len(y) else 1.0
            if np.isnan(value):
                continue
            if seen[group] != person:
                _close(group, counts, sums, person_y, person_n)
                seen[group] = person
            person_y[group] += value
            person_n[group] += 1
            sums[0, group] += value
            sums[1, group] += value * value
    for group in range(size):
        _close(group, counts, sums, person_y, person_n)
    return counts, sums


@njit(nogil=True, cache=True)
def _close(group, counts, sums, person_y, person_n):  # type: ignore[no-untyped-def]
    total, rows = person_y[group], person_n[group]
    if rows == 0:
        return
    counts[0, group] += rows
    counts[1, group] += 1
    sums[2, group] += total * total
    sums[3, group] += total * rows
    sums[4, group] += float(rows) * float(rows)
    person_y[group], person_n[group] = 0.0, 0
