"""The contact that an answer is about: the last one of its case before it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from verite.measure.identical.arrays import Ints, Mask
from verite.measure.study import Timeline

_ABOUT_US: Final = 30 * 86_400_000_000  # an answer later than that is about something else
_TOLD_BY: Final = ("feedback", "exposure", "proactive", "tell")  # never what an answer is about


def contacts_of(timeline: Timeline, rows: Ints) -> Ints:
    """The timeline row of the contact behind each answer, −1 where nothing tells.

    An answer that is itself a contact stands for itself. Otherwise: the last earlier row of the
    same person and case, at the answer's own touchpoint and channel where there is one.
    """
    people = timeline.person_index()
    return np.asarray(_walk(
        rows, np.searchsorted(people, people[rows]), np.asarray(timeline.ts), _lived(timeline),
        (timeline.codes("case_id"), timeline.codes("touchpoint"), timeline.codes("channel")),
    ))  # fmt: skip


def _lived(timeline: Timeline) -> Mask:
    labels = timeline.labels("kind")
    told = np.array([label not in _TOLD_BY for label in labels] + [False])
    return np.asarray(told[timeline.codes("kind")])


@njit(nogil=True, cache=True)
def _walk(rows, firsts, ts, lived, columns):  # type: ignore[no-untyped-def]
    case, touchpoint, channel = columns
    found = np.full(len(rows), -1, np.int64)
    for k in range(len(rows)):
        row = rows[k]
        if lived[row]:
            found[k] = row
            continue
        if case[row] < 0:
            continue
        for earlier in range(row - 1, firsts[k] - 1, -1):
            if ts[row] - ts[earlier] > _ABOUT_US:
                break
            if not lived[earlier] or case[earlier] != case[row]:
                continue
            if found[k] < 0:
                found[k] = earlier
            if touchpoint[row] < 0:
                break
            if touchpoint[earlier] == touchpoint[row] and channel[earlier] == channel[row]:
                found[k] = earlier
                break
    return found
