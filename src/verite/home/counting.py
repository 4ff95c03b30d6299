"""Events counted with the customers at risk: losses and complaints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verite.home.behind import LOST, rows_behind
from verite.words.asked import Filters
from verite.words.evidence import Behind

if TYPE_CHECKING:
    import numpy as np

    from verite.home.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """How many events, among how many customers at risk; `squares` is Σ events², per customer.

    At risk: customers active at the start of the window, as retention counts them. Not customers
    seen in it: a survey sent to everyone would make any rate fall.
    """

    events: int
    squares: int
    at_risk: int


def count_events(desk: Desk, what: str, where: Filters) -> Happened:
    """Customers lost (`lost`) or interactions of a kind, among the customers of the segments."""
    return desk.answer(("events", what, where), lambda: _counted(desk, what, where))


def _counted(desk: Desk, what: str, where: Filters) -> Happened:
    import numpy as np

    timeline = desk.timeline
    within = timeline.rows_of(where)
    people = timeline.person_index()
    each = np.bincount(people[_rows(desk, what, where, within)])
    everywhere = replace(where, channels=(), touchpoints=(), metric=None)
    at_risk = len(rows_behind(desk, Behind(metric="retention"), everywhere))
    return Happened(events=int(each.sum()), squares=int((each**2).sum()), at_risk=at_risk)


def _rows(desk: Desk, what: str, where: Filters, within: np.ndarray) -> np.ndarray:
    import numpy as np

    if what == LOST:
        return rows_behind(desk, Behind(metric=LOST), where)
    kinds = desk.timeline.labels("kind")
    code = kinds.index(what) if what in kinds else -2
    return np.flatnonzero(within & (desk.timeline.codes("kind") == code))
