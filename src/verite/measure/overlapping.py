"""Overlapping cases: one person, one motive, two tickets open at once are one trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.measure.ends import end_of

if TYPE_CHECKING:
    import numpy as np

    from verite.measure.study import Timeline


def merge_overlapping(timeline: Timeline, codes: np.ndarray) -> np.ndarray:
    """Case codes where cases of one person and one motive that overlap in time bear one code.

    A case lasts from its first row to the end of its last; its motive is the first one told.
    Cases without a motive stay apart.
    """
    import numpy as np

    rows = np.flatnonzero(codes >= 0)
    if not len(rows):
        return codes
    size = int(codes.max()) + 1
    start, end = np.full(size, np.iinfo(np.int64).max), np.full(size, np.iinfo(np.int64).min)
    np.minimum.at(start, codes[rows], timeline.ts[rows])
    np.maximum.at(end, codes[rows], end_of(timeline, rows))
    person, motive = np.full(size, -1), np.full(size, -1)
    person[codes[rows]] = timeline.person_index()[rows]
    told = rows[timeline.codes("motive")[rows] >= 0]
    told = told[np.argsort(-timeline.ts[told], kind="stable")]  # the first one told comes last
    motive[codes[told]] = timeline.codes("motive")[told]
    cases = np.flatnonzero(motive >= 0)
    cases = cases[np.lexsort((start[cases], motive[cases], person[cases]))]
    return np.asarray(np.append(_first_of_each(cases, person, motive, (start, end)), -1)[codes])


def _first_of_each(
    cases: np.ndarray, person: np.ndarray, motive: np.ndarray, span: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """For every case the first of those it overlaps with, one after the other."""
    import numpy as np

    start, end = span
    leader = np.arange(len(start))
    held, until = -1, 0
    for case in cases.tolist():
        alike = held >= 0 and person[held] == person[case] and motive[held] == motive[case]
        if alike and start[case] <= until:
            leader[case], until = held, max(until, int(end[case]))
        else:
            held, until = case, int(end[case])
    return leader
