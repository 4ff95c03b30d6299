"""Contacts offered, answered or left: waits, service level, handling, repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from verite.ledger.port import Check, Condition, Need, Reading
from verite.measure.definitions import Definitions
from verite.measure.evidence import Kind, Shape
from verite.measure.samples import Sample
from verite.measure.scores import Branch
from verite.measure.study import Question, Timeline, microseconds
from verite.words.estimate import Better, Unit
from verite.words.interaction import Direction, Outcome

if TYPE_CHECKING:
    import numpy as np

OURS: Final = (Direction.OUTBOUND.value, Direction.PROACTIVE.value)
LEFT: Final = (
    Condition("outcome", Check.IN, (Outcome.ABANDONED.value,)),
    Condition("agent", Check.ABSENT),
)


def offered(definitions: Definitions) -> tuple[Condition, ...]:
    """Contacts that customers started, bots apart."""
    return (
        Condition("kind", Check.IN, definitions.contact_kinds),
        Condition("direction", Check.NOT_IN, OURS),
        Condition("channel", Check.NOT_IN, definitions.bot_channels),
    )


def wait(asked: Question) -> tuple[Branch, ...]:
    """Seconds waited, those who gave up included: they waited too."""
    where = (
        Condition("wait_s", Check.PRESENT),
        Condition("direction", Check.NOT_IN, OURS),
        Condition("channel", Check.NOT_IN, asked.study.definitions.bot_channels),
    )
    need = Need(where=where, reading=Reading.NUMBER, column="wait_s", spread=True)
    return (_times("wait", Shape.MEDIAN, need),)


def answered(asked: Question) -> tuple[Branch, ...]:
    """Share of contacts offered that somebody answered."""
    need = Need(where=offered(asked.study.definitions), reading=Reading.HOLDS, share=LEFT)
    kind = Kind(Unit.PERCENT, Better.HIGHER)
    return (
        Branch(metric="answered", kind=kind, shape=Shape.SHARE, needs=(need,), complement=True),
    )


def handling_time(asked: Question) -> Sample:
    """Seconds of talk and after-call work of the contacts answered."""
    import numpy as np

    timeline, rows = asked.study.timeline, _offered_rows(asked)
    seconds = timeline.numbers("duration_s")[rows]
    return Sample(rows, seconds).only(~np.isnan(seconds) & ~left_before_answer(timeline)[rows])


def _times(metric: str, shape: Shape, *needs: Need) -> Branch:
    return Branch(metric=metric, kind=Kind(Unit.SECONDS, Better.LOWER), shape=shape, needs=needs)


def is_one_of(timeline: Timeline, column: str, values: tuple[str, ...]) -> np.ndarray:
    """Which rows hold one of these values."""
    import numpy as np

    wanted = set(values)
    passing = np.array([label in wanted for label in timeline.labels(column)] + [False])
    return np.asarray(passing[timeline.codes(column)])  # the last one stands for the code −1


def started_by_customers(timeline: Timeline, definitions: Definitions) -> np.ndarray:
    """Contacts that customers started, on any channel, bots included."""
    import numpy as np

    contacts = is_one_of(timeline, "kind", definitions.contact_kinds)
    ours = is_one_of(timeline, "direction", OURS)
    return np.asarray(contacts & ~ours)


def left_before_answer(timeline: Timeline) -> np.ndarray:
    """Abandoned with nobody on the line yet."""
    import numpy as np

    gone = is_one_of(timeline, "outcome", (Outcome.ABANDONED.value,))
    return np.asarray(gone & (timeline.codes("agent") < 0))


def _offered_rows(asked: Question) -> np.ndarray:
    import numpy as np

    timeline, definitions = asked.study.timeline, asked.study.definitions
    held = started_by_customers(timeline, definitions)
    return np.flatnonzero(held & ~is_one_of(timeline, "channel", definitions.bot_channels))


def service_level(asked: Question) -> Sample:
    """1 when answered within the channel's time, else 0; channels without a time are left out."""
    import numpy as np

    timeline, rows = asked.study.timeline, _offered_rows(asked)
    limits = dict(asked.study.definitions.answer_within_s)
    by_code = np.array(
        [limits.get(label, np.nan) for label in timeline.labels("channel")] + [np.nan]
    )
    within, waited = by_code[timeline.codes("channel")[rows]], timeline.numbers("wait_s")[rows]
    gone = left_before_answer(timeline)[rows]
    known = ~np.isnan(within) & (gone | ~np.isnan(waited))
    with np.errstate(invalid="ignore"):
        in_time = ~gone & (waited <= within)
    return Sample(rows, in_time.astype(float)).only(known)


def abandonment(asked: Question) -> Sample:
    """1 when left before an answer, else 0; those who left within seconds are apart."""
    gone, short, rows = _given_up(asked)
    return Sample(rows, gone.astype(float)).only(~short)


def short_abandonment(asked: Question) -> Sample:
    """1 when left within the first seconds, else 0, of all contacts offered."""
    _, short, rows = _given_up(asked)
    return Sample(rows, short.astype(float))


def _given_up(asked: Question) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    import numpy as np

    timeline, rows = asked.study.timeline, _offered_rows(asked)
    gone, waited = left_before_answer(timeline)[rows], timeline.numbers("wait_s")[rows]
    with np.errstate(invalid="ignore"):
        short = gone & (waited < asked.study.definitions.short_abandon_s)
    return gone, short, rows


def fcr(asked: Question) -> Sample:
    """1 when the same person did not come back for the same motive, on any channel."""
    timeline = asked.study.timeline
    sample = _followed(asked, timeline.codes("motive"))
    return Sample(sample.rows, 1.0 - sample.y)


def repeat(asked: Question) -> Sample:
    """1 when the same person came back, for whatever motive, on any channel."""
    return _followed(asked, None)


def _followed(asked: Question, motive: np.ndarray | None) -> Sample:
    """Answered contacts old enough to know, and whether another contact followed in time."""
    import numpy as np

    timeline, definitions = asked.study.timeline, asked.study.definitions
    end, reach = microseconds(asked.study.as_of), int(definitions.repeat_days * 86_400e6)
    held = started_by_customers(timeline, definitions) & (timeline.ts < end)
    if motive is not None:
        held = held & (motive >= 0)
    rows = np.flatnonzero(held)
    key = timeline.person_index()[rows].astype(np.int64)
    if motive is not None:
        key = key * (int(motive.max(initial=0)) + 1) + motive[rows]
    order = np.argsort(key, kind="stable")  # rows are in order of person and time already
    rows, key = rows[order], key[order]
    ts = timeline.ts[rows]
    again = np.zeros(len(rows), dtype=bool)
    again[:-1] = (key[1:] == key[:-1]) & (ts[1:] - ts[:-1] <= reach)
    known = (ts + reach <= end) & ~left_before_answer(timeline)[rows]
    return Sample(rows, again.astype(float)).only(known)


def journey_wait(asked: Question) -> Sample:
    """Seconds waited in all within a case, on the row where its waiting began."""
    import numpy as np

    timeline, definitions = asked.study.timeline, asked.study.definitions
    waited, case = timeline.numbers("wait_s"), timeline.codes("case_id")
    held = ~np.isnan(waited) & (case >= 0) & ~is_one_of(timeline, "direction", OURS)
    held &= ~is_one_of(timeline, "channel", definitions.bot_channels)
    held &= timeline.ts < microseconds(asked.study.as_of)
    rows = np.flatnonzero(held)
    rows = rows[np.lexsort((timeline.ts[rows], case[rows]))]
    _, first, owner = np.unique(case[rows], return_index=True, return_inverse=True)
    return Sample(rows[first], np.bincount(owner, weights=waited[rows], minlength=len(first)))
