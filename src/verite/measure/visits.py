"""Visits: bounce, and the conversion of visits and quotes into purchases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.measure.contacts import is_one_of
from verite.measure.samples import Sample
from verite.measure.study import Question, Timeline, microseconds
from verite.words.interaction import Kind

if TYPE_CHECKING:
    import numpy as np

_NO_SECOND_STEP = (Kind.VISIT.value, Kind.EXPOSURE.value, Kind.FEEDBACK.value)


def bounce(asked: Question) -> Sample:
    """1 for a visit of one page under ten seconds that led to nothing, else 0."""
    import numpy as np

    timeline = asked.study.timeline
    rows, owner = _visits(asked)
    pages = np.bincount(owner)
    firsts = rows[np.searchsorted(owner, np.arange(len(pages)))]
    seconds = timeline.numbers("duration_s")[firsts]
    with np.errstate(invalid="ignore"):
        long = seconds >= asked.study.definitions.bounce_s
    bounced = (pages == 1) & ~long & ~_led_further(timeline, firsts)
    return Sample(firsts, bounced.astype(float))


def conversion(asked: Question) -> Sample:
    """1 for a visit or quote followed in time by a purchase of the same person, else 0.

    Only those old enough to know are counted.
    """
    import numpy as np

    timeline, definitions = asked.study.timeline, asked.study.definitions
    end, reach = microseconds(asked.study.as_of), int(definitions.conversion_days * 86_400e6)
    rows, owner = _visits(asked)
    visits = rows[np.searchsorted(owner, np.arange(int(owner.max(initial=-1)) + 1))]
    units = np.union1d(visits, _quotes(asked))
    bought = np.flatnonzero(is_one_of(timeline, "kind", (Kind.PURCHASE.value,)))
    place = np.searchsorted(bought, units, side="right")
    people, ts = timeline.person_index(), timeline.ts
    following = np.append(bought, 0)[place]
    converted = (
        (place < len(bought))
        & (people[following] == people[units])
        & (ts[following] - ts[units] <= reach)
    )
    return Sample(units, converted.astype(float)).only(ts[units] + reach <= end)


def _quotes(asked: Question) -> np.ndarray:
    import numpy as np

    timeline = asked.study.timeline
    quotes = is_one_of(timeline, "touchpoint", asked.study.definitions.quote_touchpoints)
    quotes &= ~is_one_of(timeline, "kind", (*_NO_SECOND_STEP, Kind.PURCHASE.value))
    return np.flatnonzero(quotes & (timeline.ts < microseconds(asked.study.as_of)))


def _visits(asked: Question) -> tuple[np.ndarray, np.ndarray]:
    """Pages seen, visit after visit, and the number of the visit that each belongs to.

    A visit is the pages of one person under one case_id; without one, pages with no silence of
    half an hour between them.
    """
    import numpy as np

    timeline = asked.study.timeline
    seen = is_one_of(timeline, "kind", (Kind.VISIT.value,))
    seen &= timeline.ts < microseconds(asked.study.as_of)
    rows = np.flatnonzero(seen)
    people, case = timeline.person_index()[rows], timeline.codes("case_id")[rows]
    order = np.lexsort((rows, case, people))
    rows, people, case = rows[order], people[order], case[order]
    starts = np.ones(len(rows), dtype=bool)
    gap = np.diff(timeline.ts[rows]) > asked.study.definitions.session_gap_s * 1e6
    silent = (case[1:] < 0) & gap
    starts[1:] = (people[1:] != people[:-1]) | (case[1:] != case[:-1]) | silent
    return rows, np.cumsum(starts) - 1


def _led_further(timeline: Timeline, firsts: np.ndarray) -> np.ndarray:
    """Visits whose case holds something else than pages: a purchase, a contact…"""
    import numpy as np

    people, case = timeline.person_index().astype(np.int64), timeline.codes("case_id")
    others = (case >= 0) & ~is_one_of(timeline, "kind", _NO_SECOND_STEP)
    width = int(case.max(initial=0)) + 1
    known = np.unique(people[others] * width + case[others])
    return np.asarray((case[firsts] >= 0) & np.isin(people[firsts] * width + case[firsts], known))
