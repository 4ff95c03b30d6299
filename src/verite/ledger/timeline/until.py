"""The timeline as it was known at a past time: what began before it, and had ended by then."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.cases import Cases
from verite.ledger.timeline.order import Stamps, arrange
from verite.ledger.timeline.timeline import Timeline

# Of an interaction under way: what is known once it has ended, what once somebody answered.
_AT_THE_END: Final = ("outcome", "step", "duration_s", "score")
_AT_THE_ANSWER: Final = ("agent", "team", "wait_s")


def last_end(whole: Timeline) -> int:
    """When the last interaction to end has ended (UTC µs); not for an empty timeline."""
    return int(_ends(whole, np.arange(whole.rows)).max())


def _ends(whole: Timeline, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """When rows ended: as said, else their start plus wait and length."""
    ts, said = whole.ts[rows], whole.ends[rows]
    lasted = np.nan_to_num(whole.numbers("wait_s")[rows])
    lasted = lasted + np.nan_to_num(whole.numbers("duration_s")[rows])
    return np.where(said >= ts, said, ts + (lasted * 1e6).astype(np.int64))


class Until(Timeline):
    """The rows of a timeline that began before `until_us` (UTC microseconds).

    Of a row that had not ended by then, neither its words nor how it ends is told; nor who
    answers, before somebody has.
    """

    def __init__(self, whole: Timeline, until_us: int) -> None:
        self._whole, self._kept = whole, np.flatnonzero(whole.ts < until_us)
        self._until_us = until_us
        self.folder, self.zone, self.files = whole.folder, whole.zone, whole.files
        self.ledger_version, self.people_version = whole.ledger_version, whole.people_version
        self.segments, self.rows = whole.segments, len(self._kept)
        sizes = np.bincount(whole.person_index()[self._kept], minlength=whole.people)
        present = sizes > 0
        self.persons = whole.persons[present]
        self.starts = np.concatenate([[0], np.cumsum(sizes[present])]).astype(np.int64)
        self.people = len(self.persons)
        self.ts, self.id_hi, self.id_lo = (
            np.ascontiguousarray(column[self._kept])
            for column in (whole.ts, whole.id_hi, whole.id_lo)
        )
        self._codes, self._labels, self._numbers = {}, {}, {}
        self._times, self._cases, self._texts = {}, {}, None
        self._ends = whole.ends[self._kept]
        over = _ends(whole, self._kept)
        self._under_way = np.flatnonzero(over > until_us)
        # Their lengths are hidden: without this they would seem to be over.
        self._ends[self._under_way] = over[self._under_way]

    def under_way(self) -> NDArray[np.int64]:
        """The rows that had not ended by the date, ascending."""
        return self._under_way

    @cached_property
    def _waiting(self) -> NDArray[np.int64]:
        """Of the rows under way, those that nobody had answered yet."""
        rows = self._under_way
        waits = np.nan_to_num(self._whole.numbers("wait_s")[self._kept[rows]])
        return np.asarray(rows[self.ts[rows] + waits * 1e6 > self._until_us])

    def waited(self) -> NDArray[np.float64]:
        """Seconds waited by the date per row, NaN = absent."""
        found = self.numbers("wait_s").copy()
        found[self._waiting] = (self._until_us - self.ts[self._waiting]) / 1e6
        return found

    def codes(self, column: str) -> NDArray[np.int32]:
        """Codes of a column: int32 per row, -1 = absent, or not known yet."""
        if column not in self._codes:
            codes = self._whole.codes(column)[self._kept]
            codes[self._hidden(column)] = -1
            self._codes[column] = codes
        return self._codes[column]

    def labels(self, column: str) -> tuple[str, ...]:
        """The value of every code of a column."""
        return self._whole.labels(column)

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A number per row, NaN = absent, or not known yet; of menus under way, the first."""
        if column not in self._numbers:
            numbers = self._whole.numbers(column)[self._kept]
            numbers[self._hidden(column)] = np.nan
            if column == "menus":
                numbers[self._under_way] = np.minimum(numbers[self._under_way], 1.0)
            self._numbers[column] = numbers
        return self._numbers[column]

    def _hidden(self, column: str) -> NDArray[np.int64]:
        """The rows of which a column is not known yet."""
        if column in _AT_THE_END:
            return self._under_way
        return self._waiting if column in _AT_THE_ANSWER else self._under_way[:0]

    def texts(self, rows: Sequence[int] | NDArray[np.integer]) -> list[str | None]:
        """The masked text of some rows, None where there is none, or it is not known yet."""
        chosen = np.asarray(rows, dtype=np.int64)
        hidden = np.isin(chosen, self._under_way).tolist()
        found = self._whole.texts(self._kept[chosen])
        return [None if gone else text for text, gone in zip(found, hidden, strict=True)]

    def rows_with_text(self) -> NDArray[np.int64]:
        """The rows that bear a text known by the date, ascending."""
        found = np.flatnonzero(np.isin(self._kept, self._whole.rows_with_text()))
        return np.setdiff1d(found, self._under_way, assume_unique=True)

    def _cases_by_id(self) -> Cases:
        codes = self.codes("case_id")
        stamps = Stamps(ts=self.ts, id_hi=self.id_hi, id_lo=self.id_lo)
        found = arrange(codes, int(codes.max(initial=-1)) + 1, stamps)
        return Cases(order=found.rows.astype(np.int64), starts=found.starts)
