"""Stories listed over every case, by what they cost: one pass over columns, then one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from verite.home.desk import START_OF_TIME
from verite.ledger.efforts import OURS, EffortRules
from verite.sentences.episodes import WRITTEN
from verite.words.customer import show_person
from verite.words.stories import StoriesAsked, StoryLine, StoryList, StoryOrder, StoryState

if TYPE_CHECKING:
    from verite.home.desk import Desk
    from verite.ledger.timeline.timeline import Timeline

Ints = NDArray[np.int64]
_CONTACTS: Final = EffortRules().contact_kinds
_BOTS: Final = EffortRules().bot_channels
_SOLVED: Final = ("resolved", "done")
_ENDS: Final = (*_SOLVED, "unresolved", "abandoned", "transfer_failed", "transferred", "escalated")
_MICRO: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """One entry per case with a contact, in the order asked: where it is, what it cost."""

    case: Ints  # its place among the timeline's cases
    contacts: Ints
    wait_s: NDArray[np.float64]
    failed: Ints
    abandoned: Ints
    state: Ints  # 1 resolved, 0 open, -1 unknown

    @property
    def open(self) -> int:
        """How many are open."""
        return int((self.state == 0).sum())


def list_stories(desk: Desk, asked: StoriesAsked) -> StoryList:
    """A page of stories."""
    question = ("stories", replace(asked, limit=0, offset=0))
    sums = desk.answer(question, lambda: _sorted(_sums(desk, asked), desk.timeline, asked))
    page = slice(asked.offset, asked.offset + asked.limit)
    lines = tuple(_line(desk.timeline, sums, place) for place in range(len(sums.case))[page])
    return StoryList(
        about=desk.about("customers"), total=len(sums.case), open=sums.open, lines=lines
    )


def _sums(desk: Desk, asked: StoriesAsked) -> Sums:
    timeline = desk.timeline
    cases = timeline.cases("case_id")
    chosen = _moved_since(desk, asked)
    sizes = (cases.starts[1:] - cases.starts[:-1])[chosen]
    ends = np.cumsum(sizes)
    within = np.arange(int(sizes.sum())) - np.repeat(ends - sizes, sizes)
    rows = cases.order[np.repeat(cases.starts[:-1][chosen], sizes) + within]
    owner = np.repeat(np.arange(len(chosen)), sizes)
    count = len(chosen)

    def counted(mask: NDArray[np.bool_]) -> Ints:
        return np.bincount(owner[mask], minlength=count).astype(np.int64)

    ours = _is(timeline, "direction", rows, OURS)
    bots = _is(timeline, "channel", rows, _BOTS)
    contact = _is(timeline, "kind", rows, _CONTACTS) & ~ours & ~bots
    waits = np.nan_to_num(timeline.waited()[rows])
    waits[_is(timeline, "channel", rows, tuple(WRITTEN))] = 0.0
    sums = Sums(
        case=chosen,
        contacts=counted(contact),
        wait_s=np.bincount(owner, weights=waits, minlength=count).astype(np.float64),
        failed=counted(_is(timeline, "outcome", rows, ("transfer_failed",))),
        abandoned=counted(contact & _is(timeline, "outcome", rows, ("abandoned",))),
        state=_states(timeline, rows, owner, count),
    )
    kept = sums.contacts > 0
    if asked.channel is not None:
        kept &= counted(contact & _is(timeline, "channel", rows, (asked.channel,))) > 0
    if asked.state is StoryState.OPEN:
        kept &= sums.state == 0
    return _picked(sums, np.flatnonzero(kept))


def _moved_since(desk: Desk, asked: StoriesAsked) -> Ints:
    """The cases of known people whose last interaction is recent enough."""
    timeline = desk.timeline
    cases = timeline.cases("case_id")
    if not cases.count:
        return np.empty(0, np.int64)
    filled = np.flatnonzero(cases.starts[1:] > cases.starts[:-1])
    at = desk.as_of
    if not asked.days or at is None:
        return filled
    since = (at - timedelta(days=asked.days) - START_OF_TIME) // _MICRO
    last = timeline.ts[cases.order[cases.starts[1:][filled] - 1]]
    return filled[last >= since]


def _is(timeline: Timeline, column: str, rows: Ints, values: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whether each row holds one of those values."""
    labels = timeline.labels(column)
    held = [code for code, label in enumerate(labels) if label in values]
    return np.isin(timeline.codes(column)[rows], held)


def _states(timeline: Timeline, rows: Ints, owner: Ints, count: int) -> Ints:
    """How each case ended so far, by its last outcome that ends something."""
    telling = np.flatnonzero(_is(timeline, "outcome", rows, _ENDS))
    last = np.full(count, -1, dtype=np.int64)
    np.maximum.at(last, owner[telling], telling)
    states = np.full(count, -1, dtype=np.int64)
    known = last >= 0
    solved = _is(timeline, "outcome", rows, _SOLVED)
    states[known] = solved[last[known]]
    return states


def _sorted(sums: Sums, timeline: Timeline, asked: StoriesAsked) -> Sums:
    cases = timeline.cases("case_id")
    last = -timeline.ts[cases.order[cases.starts[1:][sums.case] - 1]]
    shut = sums.state != 0
    by = {
        StoryOrder.WAIT: (last, -sums.wait_s, shut),
        StoryOrder.CONTACTS: (last, -sums.wait_s, -sums.contacts, shut),
        StoryOrder.RECENT: (last,),
    }[asked.order]
    return _picked(sums, np.lexsort(by))


def _picked(sums: Sums, places: Ints) -> Sums:
    return Sums(
        case=sums.case[places], contacts=sums.contacts[places], wait_s=sums.wait_s[places],
        failed=sums.failed[places], abandoned=sums.abandoned[places], state=sums.state[places],
    )  # fmt: skip


def _line(timeline: Timeline, sums: Sums, place: int) -> StoryLine:
    cases = timeline.cases("case_id")
    case = int(sums.case[place])
    rows = cases.order[cases.starts[case] : cases.starts[case + 1]]
    owner = int(np.searchsorted(timeline.starts, rows[-1], "right")) - 1
    motives = _labels(timeline, "motive", rows)
    state = int(sums.state[place])
    return StoryLine(
        person=show_person(int(timeline.persons[owner])),
        case_id=_labels(timeline, "case_id", rows)[0],
        motive=motives[-1] if motives else None,
        channels=tuple(dict.fromkeys(_labels(timeline, "channel", rows))),
        since=START_OF_TIME + int(timeline.ts[rows[0]]) * _MICRO,
        last_at=START_OF_TIME + int(timeline.ts[rows[-1]]) * _MICRO,
        contacts=int(sums.contacts[place]),
        wait_s=float(sums.wait_s[place]),
        failed_transfers=int(sums.failed[place]),
        abandoned=int(sums.abandoned[place]),
        resolved=None if state < 0 else state == 1,
    )


def _labels(timeline: Timeline, column: str, rows: Ints) -> list[str]:
    labels = timeline.labels(column)
    return [labels[code] for code in timeline.codes(column)[rows].tolist() if code >= 0]
