"""Samples: the rows that a figure rests on, the number read from each, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from verite.ledger.port import Group, Tally
from verite.measure.study import Question, Timeline
from verite.words.columns import TIME_DIMENSIONS, dimension_column

if TYPE_CHECKING:
    import numpy as np

_TABLED: Final = 65_536  # keys: up to there a table is cheaper than putting them in order
_SIXTEEN_BITS: Final = 2**16


@dataclass(frozen=True, slots=True)
class Sample:
    """Timeline rows (one per contact, visit, case or customer) and the y read from each.

    `ended` is there for times that may not have ended yet; then y is seconds so far.
    """

    rows: np.ndarray
    y: np.ndarray
    ended: np.ndarray | None = None

    def only(self, kept: np.ndarray) -> Sample:
        """The sample of the rows where `kept` holds."""
        ended = None if self.ended is None else self.ended[kept]
        return Sample(self.rows[kept], self.y[kept], ended)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which group each row of a sample belongs to (−1: none), and the groups' names."""

    codes: np.ndarray
    groups: tuple[Group, ...]


def group_rows(timeline: Timeline, rows: np.ndarray, by: tuple[str, ...]) -> Grouping:
    """The groups of these rows; a row without a value in an asked dimension is in none."""
    import numpy as np

    codes = np.zeros(len(rows), dtype=np.int64)
    groups: list[Group] = [()]
    for dimension in by:
        found, labels = _dimension(timeline, dimension)
        own = found[rows].astype(np.int64)
        width = max(len(labels), 1)
        kept = (own >= 0) & (codes >= 0)
        met, places = numbered(codes[kept] * width + own[kept], len(groups) * width)
        codes = np.full(len(rows), -1, dtype=np.int64)
        codes[kept] = places
        pairs = [divmod(key, width) for key in met.tolist()]
        groups = [(*groups[outer], labels[code]) for outer, code in pairs]
    return Grouping(codes, tuple(groups))


def numbered(keys: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The keys (0 to `size` − 1) that are met, ascending, and each one's place among them.

    >>> import numpy as np
    >>> met, places = numbered(np.array([4, 2, 4]), 6)
    >>> met.tolist(), places.tolist()
    ([2, 4], [1, 0, 1])
    """
    import numpy as np

    if size > max(_TABLED, 4 * len(keys)):
        met, places = np.unique(keys, return_inverse=True)
        return met, places
    met = np.flatnonzero(np.bincount(keys, minlength=size))
    place = np.zeros(size, dtype=np.int64)
    place[met] = np.arange(len(met))
    return met, place[keys]


def _dimension(timeline: Timeline, dimension: str) -> tuple[np.ndarray, tuple[str, ...]]:
    if dimension in TIME_DIMENSIONS:
        return timeline.time_codes(dimension)
    column = dimension_column(dimension)
    return timeline.codes(column), timeline.labels(column)


def of_question(sample: Sample, asked: Question) -> Sample:
    """The part of a sample whose rows pass the question's filters."""
    return sample.only(asked.study.timeline.rows_of(asked.where)[sample.rows])


@dataclass(frozen=True, slots=True)
class Shares:
    """Sum of y and number of rows per (group, person); keys are group · people + person."""

    keys: np.ndarray
    sums: np.ndarray
    counts: np.ndarray


def per_person(timeline: Timeline, sample: Sample, grouping: Grouping) -> Shares:
    """A sample added up within each person of each group."""
    import numpy as np

    kept = grouping.codes >= 0
    codes, y = grouping.codes[kept], sample.y[kept]
    people = timeline.person_index()[sample.rows[kept]].astype(np.int64)
    keys = codes * timeline.people + people
    if len(grouping.groups) < _SIXTEEN_BITS and not (people[1:] < people[:-1]).any():
        # Rows in the order of people: sixteen bits are put in order without comparing.
        order = np.argsort(codes.astype(np.uint16), kind="stable")
        keys, y = keys[order], y[order]
        is_first = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
        keys, owner = keys[is_first], np.cumsum(is_first) - 1
    else:
        keys, owner = np.unique(keys, return_inverse=True)
    sums = np.bincount(owner, weights=y, minlength=len(keys))
    return Shares(keys, sums, np.bincount(owner, minlength=len(keys)).astype(float))


def tally_groups(
    timeline: Timeline, sample: Sample, grouping: Grouping, *, spread: bool = False
) -> dict[Group, Tally]:
    """The tally of each group of a sample."""
    import numpy as np

    shares = per_person(timeline, sample, grouping)
    size = len(grouping.groups)
    group = shares.keys // max(timeline.people, 1)

    def added(weights: np.ndarray) -> np.ndarray:
        return np.bincount(group, weights=weights, minlength=size)

    kept = grouping.codes >= 0
    codes, y = grouping.codes[kept], sample.y[kept]
    columns = [
        np.bincount(codes, minlength=size),
        np.bincount(group, minlength=size),
        np.bincount(codes, weights=y, minlength=size),
        np.bincount(codes, weights=y * y, minlength=size),
        added(shares.sums**2),
        added(shares.sums * shares.counts),
        added(shares.counts**2),
    ]
    spreads = _spreads(codes, y, size) if spread else [None] * size
    return {
        name: _tally([column[place] for column in columns], spreads[place])
        for place, name in enumerate(grouping.groups)
        if columns[0][place]
    }


def _tally(sums: list[np.number], spread: Mapping[float, int] | None) -> Tally:
    n, people, y, yy, ss, sm, mm = (float(value) for value in sums)
    return Tally(
        n=int(n), people=int(people), sum_y=y, sum_yy=yy, sum_ss=ss, sum_sm=sm, sum_mm=mm,
        spread=spread,
    )  # fmt: skip


def _spreads(codes: np.ndarray, y: np.ndarray, size: int) -> list[Mapping[float, int] | None]:
    import numpy as np

    order = np.lexsort((y, codes))
    codes, y = codes[order], y[order]
    new = np.append(True, (codes[1:] != codes[:-1]) | (y[1:] != y[:-1]))[: len(y)]
    starts = np.flatnonzero(new)
    counts = np.diff(np.append(starts, len(y))).tolist()
    values, edges = y[starts].tolist(), np.searchsorted(codes[starts], np.arange(size + 1))
    return [
        dict(zip(values[low:high], counts[low:high], strict=True))
        for low, high in pairwise(edges.tolist())
    ]
