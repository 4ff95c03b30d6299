"""Funnels and repeats: what came after what, within a time."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.ledger.engines.walks import Run, label_at
from verite.ledger.timeline.threads import each, parts_of

NEVER = np.iinfo(np.int64).min


def funnel_of(run: Run, step_codes: tuple[int, ...], within_us: int) -> tuple[int, ...]:
    """Cases that reached each step, in order, no later than `within_us` after their first."""
    codes = np.array(step_codes, dtype=np.int64)
    found = each(lambda low, high: _funnel(run, low, high, codes, within_us), parts_of(run.starts))
    return tuple(int(n) for n in sum(found, np.zeros(len(codes), np.int64)))


def followed(
    starts: NDArray[np.int64],
    ts: NDArray[np.int64],
    contact: NDArray[np.bool_],
    same: NDArray[np.int32],
    within_us: int,
) -> NDArray[np.bool_]:
    """Per row, whether a contact has a later one of the same person (and value) in time.

    An empty `same` asks for no value; else a contact without a value is never followed.
    """
    marks = np.zeros(len(ts), dtype=bool)
    each(
        lambda low, high: _followed(
            starts[low : high + 1], ts, (contact, same), np.int64(within_us), marks
        ),
        parts_of(starts),
    )
    return marks


@njit(nogil=True, cache=True)
def _funnel(run, low, high, steps, within_us):  # type: ignore[no-untyped-def]
    reached = np.zeros(len(steps), np.int64)
    since = np.empty(len(steps), np.int64)
    for case in range(low, high):
        since[:] = NEVER
        done = np.zeros(len(steps), np.bool_)
        for i in range(run.starts[case], run.starts[case + 1]):
            row, code = label_at(run, i)
            if code < 0:
                continue
            at = run.ts[row]
            # Last step first: one interaction never counts for two steps in a row.
            for step in range(len(steps) - 1, -1, -1):
                if steps[step] != code:
                    continue
                if step == 0:
                    since[0] = at
                    done[0] = True
                elif since[step - 1] != NEVER and at - since[step - 1] <= within_us:
                    since[step] = max(since[step], since[step - 1])
                    done[step] = True
        for step in range(len(steps)):
            reached[step] += done[step]
    return reached


@njit(nogil=True, cache=True)
def _followed(starts, ts, columns, within_us, marks):  # type: ignore[no-untyped-def]
    contact, same = columns
    for person in range(len(starts) - 1):
        for row in range(starts[person], starts[person + 1]):
            if not contact[row] or (len(same) and same[row] < 0):
                continue
            for later in range(row + 1, starts[person + 1]):
                if ts[later] - ts[row] > within_us:
                    break
                if contact[later] and (len(same) == 0 or same[later] == same[row]):
                    marks[row] = True
                    break
