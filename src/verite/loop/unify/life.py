"""The life of one person: their interactions before a date, in order, with their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final

import numpy as np

from verite.ledger.efforts import BITS, CONTACT, MET, EffortRules
from verite.ledger.engines.marking import Marked, mark_person
from verite.ledger.timeline.pick import microseconds
from verite.ledger.timeline.pool import labels_at
from verite.ledger.timeline.timeline import Timeline
from verite.measure.definitions import Definitions
from verite.measure.feeling.now import run_of
from verite.words.customer import Beat, Mark

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MANY: Final = "case_id"  # the column of which there are millions of values


@dataclass(frozen=True, kw_only=True)
class Life:
    """Rows `part` of a timeline: those of one person before `at`; arrays count from its start.

    Of the `unended` rows, still under way at that date, neither outcome nor length is known.
    """

    timeline: Timeline
    part: slice
    marked: Marked
    valence: np.ndarray
    at: datetime
    unended: np.ndarray

    @property
    def size(self) -> int:
        """How many interactions."""
        return len(self.marked.marks)

    def has(self, bit: int) -> np.ndarray:
        """Which interactions bear a bit of `efforts`."""
        return np.asarray((self.marked.marks & bit) > 0)

    def marks(self, mark: Mark) -> np.ndarray:
        """Which interactions bear a mark."""
        return self.has(BITS[mark])

    @cached_property
    def contact(self) -> np.ndarray:
        """Contacts that the customer started, bots apart."""
        return self.has(CONTACT)

    @cached_property
    def met(self) -> np.ndarray:
        """Contacts and handovers where somebody was there."""
        return self.has(MET)

    @cached_property
    def ts(self) -> np.ndarray:
        """UTC microseconds."""
        return np.asarray(self.timeline.ts[self.part])

    def words(self, column: str) -> list[str | None]:
        """A coded column, told."""
        if column not in self._told:
            self._told[column] = self._words(column)
        return self._told[column]

    @cached_property
    def _told(self) -> dict[str, list[str | None]]:
        return {}

    def _words(self, column: str) -> list[str | None]:
        codes = self.codes(column).tolist()
        if column == _MANY:
            found = labels_at(self.timeline, column, codes)
            return [found.get(code) for code in codes]
        labels = self.timeline.labels(column)
        return [labels[code] if code >= 0 else None for code in codes]

    def numbers(self, column: str) -> np.ndarray:
        """A column of numbers, NaN = absent, or not known yet; waits as far as they have come."""
        timeline = self.timeline
        found = timeline.waited() if column == "wait_s" else timeline.numbers(column)
        return np.asarray(found[self.part])

    def codes(self, column: str) -> np.ndarray:
        """A coded column, -1 = absent, or not known yet."""
        return np.asarray(self.timeline.codes(column)[self.part])

    def among(self, column: str, values: Sequence[str]) -> np.ndarray:
        """Which interactions hold one of these values."""
        labels = self.timeline.labels(column)
        passing = np.array([label in values for label in labels] + [False])
        return np.asarray(passing[self.codes(column)])

    def moment(self, row: int) -> datetime:
        """When an interaction began."""
        return EPOCH + timedelta(microseconds=int(self.ts[row]))


def read_life(
    timeline: Timeline, person: int, at: datetime, definitions: Definitions, rules: EffortRules
) -> Life:
    """The life of the person at this place in `persons`, before `at`; nothing later is read.

    Rules that end at a date hide how the rows that last beyond it end.
    """
    until = microseconds(at)
    run = run_of(timeline, definitions, person, until, is_past=rules.until_us is not None)
    return Life(
        timeline=timeline,
        part=run.rows,
        marked=mark_person(timeline, rules, run.rows),
        valence=run.felt.valence,
        at=at,
        unended=run.unended,
    )


def beats_of(life: Life) -> tuple[Beat, ...]:
    """Every interaction in order; agents go by letters within their case, never by name."""
    columns = ("channel", "touchpoint", "kind", "direction", "case_id", "motive", "step", "team",
               "outcome", "metric")  # fmt: skip
    words = {column: life.words(column) for column in columns}
    numbers = {
        column: _optional(life.numbers(column))
        for column in ("wait_s", "duration_s", "menus", "score")
    }
    rows = range(life.part.start, life.part.stop)
    ids, texts = life.timeline.ids(rows), life.timeline.texts(rows)
    ends = np.where(life.unended, -1, life.timeline.ends[life.part])
    letters = _letters(life, words["case_id"])
    return tuple(
        Beat(
            id=ids[i],
            at=life.moment(i),
            until=EPOCH + timedelta(microseconds=int(ends[i])) if ends[i] >= life.ts[i] else None,
            agent=letters[i],
            menus=None if (menus := numbers["menus"][i]) is None else int(menus),
            text=texts[i],
            feeling=None if np.isnan(life.valence[i]) else round(float(life.valence[i]), 4),
            marks=tuple(m for m, bit in BITS.items() if life.marked.marks[i] & bit),
            wait_s=numbers["wait_s"][i],
            duration_s=numbers["duration_s"][i],
            score=numbers["score"][i],
            channel=words["channel"][i],
            touchpoint=words["touchpoint"][i],
            kind=words["kind"][i],
            direction=words["direction"][i],
            case_id=words["case_id"][i],
            motive=words["motive"][i],
            step=words["step"][i],
            team=words["team"][i],
            outcome=words["outcome"][i],
            metric=words["metric"][i],
        )
        for i in range(life.size)
    )


def _optional(values: np.ndarray) -> list[float | None]:
    return [None if value != value else float(value) for value in values.tolist()]


def _letters(life: Life, case_ids: Sequence[str | None]) -> list[str | None]:
    """A, B… in the order in which the agents of a case appear; those of no case, as one case."""
    agents = life.timeline.codes("agent")[life.part].tolist()
    cases = life.marked.case.tolist()
    known: dict[object, dict[int, str]] = {}
    told: list[str | None] = []
    for case_id, case, agent in zip(case_ids, cases, agents, strict=True):
        if agent < 0:
            told.append(None)
            continue
        names = known.setdefault(case_id or case, {})
        told.append(names.setdefault(agent, _letter(len(names))))
    return told


def _letter(place: int) -> str:
    """The name of the nth agent of a case.

    >>> _letter(0), _letter(25), _letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
