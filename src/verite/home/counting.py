"""Events counted with the customers at risk: losses and complaints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verite.home.behind import LOST, rows_behind
from verite.words.asked import Filters
from verite.words.evidence import Behind

if TYPE_CHECKING:
    import numpy as np

    from verite.home.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """How many events, among how many customers seen; `squares` is Σ events², per customer."""

    events: int
    squares: int
    seen: int


def count_events(desk: Desk, what: str, where: Filters) -> Happened:
    """Customers lost (`lost`) or interactions of a kind, among customers the filters keep."""
    return desk.answer(("events", what, where), lambda: _counted(desk, what, where))


def _counted(desk: Desk, what: str, where: Filters) -> Happened:
    import numpy as np

    timeline = desk.timeline
    within = timeline.rows_of(where)
    people = timeline.person_index()
    each = np.bincount(people[_rows(desk, what, where, within)])
    seen = np.count_nonzero(np.diff(people[within], prepend=-1))
    return Happened(events=int(each.sum()), squares=int((each**2).sum()), seen=int(seen))


def _rows(desk: Desk, what: str, where: Filters, within: np.ndarray) -> np.ndarray:
    import numpy as np

    if what == LOST:
        return rows_behind(desk, Behind(metric=LOST), where)
    kinds = desk.timeline.labels("kind")
    code = kinds.index(what) if what in kinds else -2
    return np.flatnonzero(within & (desk.timeline.codes("kind") == code))
