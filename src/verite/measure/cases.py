"""Cases: from the first contact to a resolution that held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verite.measure.contacts import is_one_of, started_by_customers
from verite.measure.ends import ABSENT_US, end_of
from verite.measure.hours import open_seconds
from verite.measure.overlapping import merge_overlapping
from verite.measure.samples import Sample
from verite.measure.study import Question, microseconds
from verite.words.interaction import Outcome

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that have a case, in order of case and time, and what each of them is."""

    rows: np.ndarray
    case: np.ndarray
    human: np.ndarray  # contacts that customers started, bots apart
    bot: np.ndarray
    resolved: np.ndarray


def resolution(asked: Question) -> Sample:
    """Seconds from the first human contact of a case to the last resolution that held.

    A resolution holds when the customer does not come back to the case within a week. Cases
    without one are open: their seconds run to `as_of` and `ended` is false.
    """
    import numpy as np

    timeline, found = asked.study.timeline, _case_rows(asked)
    case, first = np.unique(found.case[found.human], return_index=True)
    units = found.rows[found.human][first]
    held = _held(asked, found)
    ends = end_of(timeline, found.rows)
    resolved, last = _last(found.case[held], ends[held])
    place = np.searchsorted(resolved, case)
    known = np.append(resolved, -1)[place] == case
    until = np.where(known, np.append(last, ABSENT_US)[place], ABSENT_US)
    starts = timeline.ts[units]
    ended = until >= starts
    until = np.where(ended, until, np.maximum(starts, microseconds(asked.study.as_of)))
    return Sample(units, _seconds(asked, units, starts, until), ended)


def ages(asked: Question, rows: np.ndarray) -> np.ndarray:
    """Seconds from the beginning of each timeline row to `as_of`, in opening hours where set."""
    import numpy as np

    starts = asked.study.timeline.ts[rows]
    now = np.maximum(starts, microseconds(asked.study.as_of))
    return _seconds(asked, rows, starts, now)


def _last(case: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each case once, with its last end; cases come in order."""
    import numpy as np

    final = np.append(case[1:] != case[:-1], True)[: len(case)]
    return case[final], ends[final]


def bot_time(asked: Question) -> Sample:
    """Seconds between the first contact with a bot and the first with a person, case by case."""
    import numpy as np

    found = _case_rows(asked)
    case, first = np.unique(found.case[found.human], return_index=True)
    bots, first_bot = np.unique(found.case[found.bot], return_index=True)
    _, at_human, at_bot = np.intersect1d(case, bots, return_indices=True)
    humans = found.rows[found.human][first][at_human]
    ts = asked.study.timeline.ts
    seconds = (ts[humans] - ts[found.rows[found.bot][first_bot][at_bot]]) / 1e6
    return Sample(humans, seconds).only(seconds > 0)


def _case_rows(asked: Question) -> _Rows:
    import numpy as np

    timeline, definitions = asked.study.timeline, asked.study.definitions
    codes = timeline.codes("case_id")
    if definitions.one_case_per_motive:
        codes = merge_overlapping(timeline, codes)
    rows = np.flatnonzero((codes >= 0) & (timeline.ts < microseconds(asked.study.as_of)))
    rows = rows[np.lexsort((rows, timeline.ts[rows], codes[rows]))]
    begun = started_by_customers(timeline, definitions)[rows]
    bots = is_one_of(timeline, "channel", definitions.bot_channels)[rows]
    resolved = is_one_of(timeline, "outcome", (Outcome.RESOLVED.value,))[rows]
    return _Rows(rows, codes[rows], begun & ~bots, begun & bots, resolved)


def _held(asked: Question, found: _Rows) -> np.ndarray:
    """Which resolutions were not followed within a week by another contact of their case."""
    import numpy as np

    timeline = asked.study.timeline
    ends = end_of(timeline, found.rows)
    reach = int(asked.study.definitions.reopen_days * 86_400e6)
    contacts = np.flatnonzero(found.human)
    after = np.searchsorted(contacts, np.arange(len(found.rows)), side="right")
    following = np.append(contacts, 0)[after]
    reopened = (
        (after < len(contacts))
        & (found.case[following] == found.case)
        & (timeline.ts[found.rows[following]] - ends <= reach)
    )
    return np.asarray(found.resolved & ~reopened)


def _seconds(
    asked: Question, units: np.ndarray, starts: np.ndarray, until: np.ndarray
) -> np.ndarray:
    """Seconds between, counting only the opening hours of each unit's site where they are set."""
    import numpy as np

    seconds = (until - starts) / 1e6
    hours = dict(asked.study.definitions.hours)
    if not hours:
        return np.asarray(seconds)
    timeline = asked.study.timeline
    sites, labels = timeline.codes("site")[units], timeline.labels("site")
    for code in np.unique(sites):
        here = sites == code
        site = labels[code] if code >= 0 else ""
        opening = hours.get(site, hours.get("default"))
        if opening is not None:
            seconds[here] = open_seconds(opening, asked.study.zone, starts[here], until[here])
    return np.asarray(seconds)
