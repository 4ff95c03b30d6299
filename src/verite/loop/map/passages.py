"""Passages: the interactions that happened at a touchpoint, case by case, in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

from verite.ledger.port import Walk
from verite.words.asked import Filters

if TYPE_CHECKING:
    from verite.ledger.timeline.timeline import Timeline

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
Codes = np.ndarray[tuple[int], np.dtype[np.int32]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Table = np.ndarray[tuple[int, int], np.dtype[np.float64]]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """Passages sorted by (case, time); case `c` holds passages `starts[c]` to `starts[c + 1]`.

    Every case holds at least one passage. `until_us` is the end of what could be observed.
    """

    timeline: Timeline
    labels: tuple[str, ...]  # touchpoint of each place
    rows: Rows  # [passages] row of the timeline
    place: Codes  # [passages]
    at: Rows  # [passages] UTC microseconds
    starts: Rows  # [cases + 1]
    kept: Flags  # [rows of the timeline] whether the row is a passage
    walk: Walk  # the same choice, for the engine
    until_us: int
    without_touchpoint: int  # rows that pass the filters, left out for want of a touchpoint
    without_case: int  # or of a case

    @property
    def count(self) -> int:
        """How many passages."""
        return len(self.rows)

    @property
    def cases(self) -> int:
        """How many cases."""
        return len(self.starts) - 1


def select_passages(
    timeline: Timeline, *, case: str, where: Filters, as_of: datetime | None
) -> Passages:
    """The passages that pass the filters, before `as_of`. Rows without touchpoint are left out."""
    place = timeline.codes("touchpoint")
    ends = [at for at in (as_of, where.until) if at is not None]
    bounded = replace(where, until=min(ends)) if ends else where
    passing = timeline.rows_of(bounded)
    kept = passing & (place >= 0)
    placed = int(np.count_nonzero(kept))
    cases = timeline.cases(case)
    rows, starts = _keep(cases.order, cases.starts, kept)
    if len(rows) < placed:
        kept = np.zeros(timeline.rows, dtype=np.bool_)
        kept[rows] = True
    return Passages(
        timeline=timeline,
        labels=timeline.labels("touchpoint"),
        rows=rows,
        place=place[rows],
        at=timeline.ts[rows],
        starts=starts,
        kept=kept,
        walk=Walk(case=case, where=bounded),
        until_us=to_microseconds(min(ends)) if ends else _last(timeline) + 1,
        without_touchpoint=int(np.count_nonzero(passing)) - placed,
        without_case=placed - len(rows),
    )


def to_microseconds(at: datetime) -> int:
    """An aware time as UTC microseconds, exactly.

    >>> to_microseconds(datetime(1970, 1, 2, tzinfo=UTC))
    86400000000
    """
    return (at - _EPOCH) // _MICROSECOND


def _last(timeline: Timeline) -> int:
    return int(timeline.ts.max()) if timeline.rows else 0


@njit(nogil=True, cache=True)
def _keep(order: Rows, starts: Rows, kept: Flags) -> tuple[Rows, Rows]:
    """The kept rows in case order, and the bounds of the cases that keep any."""
    rows = np.empty(len(order), dtype=np.int64)
    bounds = np.zeros(len(starts), dtype=np.int64)
    n, cases = 0, 0
    for c in range(len(starts) - 1):
        before = n
        for i in range(starts[c], starts[c + 1]):
            if kept[order[i]]:
                rows[n] = order[i]
                n += 1
        if n > before:
            cases += 1
            bounds[cases] = n
    return rows[:n].copy(), bounds[: cases + 1].copy()
