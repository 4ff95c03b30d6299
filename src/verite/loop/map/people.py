"""Distinct people, counted in one pass over a timeline sorted by person."""

from __future__ import annotations

import numpy as np
from numba import njit

from verite.loop.map.passages import Codes, Flags, Passages, Rows


def count_people(passages: Passages, group: Codes, groups: int) -> Rows:
    """Distinct people per group; `group` is a code per row of the timeline, −1 for none."""
    people: Rows = _people(group, passages.kept, passages.timeline.starts, groups)
    return people


def count_everyone(passages: Passages) -> int:
    """Distinct people with at least one passage."""
    everyone = np.zeros(passages.timeline.rows, dtype=np.int32)
    return int(count_people(passages, everyone, 1)[0])


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
