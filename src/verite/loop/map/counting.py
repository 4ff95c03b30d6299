"""Counts of passages and of steps from one to the next, in one pass over the cases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from verite.loop.map.passages import Codes, Flags, Passages, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCounts:
    """Per place: passages, cases, people, first and last of a case, cases that pass again."""

    count: Rows
    cases: Rows
    people: Rows
    entries: Rows
    exits: Rows
    rework: Rows


def count_places(passages: Passages) -> PlaceCounts:
    """The counts of every place, indexed like `passages.labels`."""
    k = len(passages.labels)
    count, cases, entries, exits, rework = _places(passages.place, passages.starts, k)
    return PlaceCounts(
        count=count,
        cases=cases,
        people=count_people(passages, passages.timeline.codes("touchpoint"), k),
        entries=entries,
        exits=exits,
        rework=rework,
    )


def count_people(passages: Passages, group: Codes, groups: int) -> Rows:
    """Distinct people per group; `group` is a code per row of the timeline, -1 for none."""
    people: Rows = _people(group, passages.kept, passages.timeline.starts, groups)
    return people


def count_everyone(passages: Passages) -> int:
    """Distinct people with at least one passage."""
    people: Rows = count_people(passages, np.zeros(passages.timeline.rows, dtype=np.int32), 1)
    return int(people[0])


@njit(nogil=True, cache=True)
def _places(place: Codes, starts: Rows, k: int) -> tuple[Rows, Rows, Rows, Rows, Rows]:
    count, cases = np.zeros(k, np.int64), np.zeros(k, np.int64)
    entries, exits = np.zeros(k, np.int64), np.zeros(k, np.int64)
    rework = np.zeros(k, np.int64)
    seen, again = np.full(k, -1, np.int64), np.full(k, -1, np.int64)
    for c in range(len(starts) - 1):
        entries[place[starts[c]]] += 1
        exits[place[starts[c + 1] - 1]] += 1
        for i in range(starts[c], starts[c + 1]):
            p = place[i]
            count[p] += 1
            if seen[p] != c:
                seen[p] = c
                cases[p] += 1
            elif again[p] != c:
                again[p] = c
                rework[p] += 1
    return count, cases, entries, exits, rework


@njit(nogil=True, cache=True)
def _people(group: Codes, kept: Flags, starts: Rows, groups: int) -> Rows:
    people, seen = np.zeros(groups, np.int64), np.full(groups, -1, np.int64)
    for person in range(len(starts) - 1):
        for row in range(starts[person], starts[person + 1]):
            g = group[row]
            if kept[row] and g >= 0 and seen[g] != person:
                seen[g] = person
                people[g] += 1
    return people
