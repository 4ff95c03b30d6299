"""The interactions behind a figure, and the state of the home, read off the timeline."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from verite.home.desk import START_OF_TIME
from verite.home.silence import freshness
from verite.words.asked import About, Filters
from verite.words.evidence import Behind, Interactions, Line, Order, Page
from verite.words.heard import HomeStatus

if TYPE_CHECKING:
    import numpy as np

    from verite.home.desk import Desk
    from verite.ledger.timeline.timeline import Timeline


def find_interactions(desk: Desk, where: Filters, page: Page, about: About) -> Interactions:
    """One page of the rows that pass the filters, or that a figure rests on, sorted as asked."""
    import numpy as np

    timeline = desk.timeline
    mask = timeline.rows_of(where) if page.behind is None else _behind(desk, where, page.behind)
    if page.with_text:
        told = np.zeros(timeline.rows, dtype=bool)
        told[timeline.rows_with_text()] = True
        mask &= told
    for column in ("kind", "case_id", "outcome", "team"):
        wanted = getattr(page, column)
        if wanted is not None:
            labels = timeline.labels(column)
            code = labels.index(wanted) if wanted in labels else -2
            mask &= timeline.codes(column) == code
    rows = np.flatnonzero(mask)
    order = _sorted(timeline, rows, page.order)
    shown = order[page.offset : page.offset + page.limit]
    return Interactions(
        about=about, total=len(order), order=page.order, lines=_lines(timeline, shown)
    )


def _behind(desk: Desk, where: Filters, figure: Behind) -> np.ndarray:
    import numpy as np

    from verite.home.behind import rows_behind

    mask = np.zeros(desk.timeline.rows, dtype=bool)
    mask[rows_behind(desk, figure, where)] = True
    return mask


def _sorted(timeline: Timeline, rows: np.ndarray, order: Order) -> np.ndarray:
    import numpy as np

    ts = timeline.ts[rows]
    if order is Order.OLDEST:
        return rows[np.argsort(ts, kind="stable")]
    if order is Order.NEWEST:
        return rows[np.argsort(-ts, kind="stable")]
    column = "wait_s" if order is Order.LONGEST_WAIT else "score"
    values = timeline.numbers(column)[rows]
    sign = 1 if order is Order.LOWEST_SCORE else -1
    ranks = np.where(np.isnan(values), np.inf, sign * values)  # without a number: last, not lost
    return rows[np.lexsort((-ts, ranks))]


def _lines(timeline: Timeline, rows: np.ndarray) -> tuple[Line, ...]:
    ids, texts = timeline.ids(rows), timeline.texts(rows)
    persons = timeline.persons[timeline.person_index()[rows]]
    return tuple(
        _line(timeline, int(row), f"{int(person):x}", (ids[place], texts[place]))
        for place, (row, person) in enumerate(zip(rows, persons, strict=True))
    )


def _line(timeline: Timeline, row: int, person: str, told: tuple[str, str | None]) -> Line:
    def word(column: str) -> str | None:
        code = int(timeline.codes(column)[row])
        return timeline.labels(column)[code] if code >= 0 else None

    def number(column: str) -> float | None:
        value = float(timeline.numbers(column)[row])
        return None if value != value else value

    return Line(
        interaction_id=told[0],
        at=START_OF_TIME + timedelta(microseconds=int(timeline.ts[row])),
        person=person,
        channel=word("channel"),
        touchpoint=word("touchpoint"),
        kind=word("kind"),
        case_id=word("case_id"),
        team=word("team"),
        motive=word("motive"),
        outcome=word("outcome"),
        wait_s=number("wait_s"),
        duration_s=number("duration_s"),
        metric=word("metric"),
        score=number("score"),
        scale_max=number("scale_max"),
        text=told[1],
    )


def read_status(desk: Desk) -> HomeStatus:
    """Counts, period and freshness of everything here."""
    timeline, ledger = desk.timeline, desk.ledger
    empty = timeline.rows == 0
    return HomeStatus(
        about=desk.about("status"),
        interactions=timeline.rows,
        people=timeline.people,
        identities=ledger.identity_count,
        period_from=None if empty else _moment(int(timeline.ts.min())),
        period_to=None if empty else _moment(int(timeline.ts.max())),
        channels=_counts(timeline, "channel"),
        touchpoints=_counts(timeline, "touchpoint"),
        quarantined=ledger.quarantine_count,
        inbox=ledger.inbox_count,
        sources=() if empty else freshness(timeline, desk.as_of or START_OF_TIME),
    )


def _moment(us: int) -> datetime:
    return START_OF_TIME + timedelta(microseconds=us)


def _counts(timeline: Timeline, column: str) -> tuple[tuple[str, int], ...]:
    import numpy as np

    codes, labels = timeline.codes(column), timeline.labels(column)
    counts = np.bincount(codes[codes >= 0], minlength=len(labels))
    pairs = [(label, int(count)) for label, count in zip(labels, counts, strict=True) if count]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
