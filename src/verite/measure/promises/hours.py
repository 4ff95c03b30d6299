"""Worst hours: those that break a promise more often than the others, beyond chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verite.measure.promises.fates import Judged
from verite.measure.promises.telling import people_of
from verite.measure.study import Timeline
from verite.stats.apart import apart_each
from verite.stats.families import believed
from verite.words.estimate import Status
from verite.words.promises import PromiseCell, WorstHour

RATE = 0.05  # of the hours named, at most so many by chance


def worst_hours(
    timeline: Timeline, judged: Judged, cells: Sequence[PromiseCell]
) -> tuple[tuple[WorstHour, ...], int]:
    """The hours told apart from all the others together, worst first; and how many were tested.

    Hours under thirty are not tested. Benjamini & Hochberg over those tested.
    """
    known = judged.known
    codes, labels = timeline.time_codes("hour")
    codes, y, people = codes[known.rows], known.y, people_of(timeline, known.rows)
    told = apart_each(y, codes, people, len(labels))
    counts = np.bincount(codes, minlength=len(labels))
    kept = np.bincount(codes, weights=y, minlength=len(labels))
    found: list[WorstHour] = []
    for cell in cells:
        place = labels.index(cell.by[0].value)
        elsewhere = len(y) - int(counts[place])
        if cell.kept.status is not Status.OK or cell.kept.value is None or not elsewhere:
            continue
        others = 100.0 * float(y.sum() - kept[place]) / elsewhere
        found.append(WorstHour(cell=cell, others=others, p_value=told[place]))
    found.sort(key=lambda one: one.p_value)
    sure = found[: believed([one.p_value for one in found], RATE)] if found else []
    worse = [one for one in sure if (one.cell.kept.value or 0.0) < one.others]
    worse.sort(key=lambda one: (one.cell.kept.value or 0.0, one.cell.by[0].value))
    return tuple(worse), len(found)
