"""The timeline as it was known at a past time: what began before it, and had ended by then."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.cases import Cases
from verite.ledger.timeline.order import Stamps, arrange
from verite.ledger.timeline.scan import ABSENT_TIME
from verite.ledger.timeline.timeline import Timeline

_ABOUT_THE_END = ("outcome", "duration_s")


class Until(Timeline):
    """The rows of a timeline that began before `until_us` (UTC microseconds).

    How a row that had not ended by then ends is not told.
    """

    def __init__(self, whole: Timeline, until_us: int) -> None:
        self._whole, self._kept = whole, np.flatnonzero(whole.ts < until_us)
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
        ends = whole.ends[self._kept]
        self._unended = (ends != ABSENT_TIME) & (ends > until_us)
        self._ends = ends
        self._codes, self._labels, self._numbers = {}, {}, {}
        self._times, self._cases, self._texts = {}, {}, None

    def codes(self, column: str) -> NDArray[np.int32]:
        """Codes of a column: int32 per row, -1 = absent, or not known yet."""
        if column not in self._codes:
            codes = self._whole.codes(column)[self._kept]
            if column in _ABOUT_THE_END:
                codes[self._unended] = -1
            self._codes[column] = codes
        return self._codes[column]

    def labels(self, column: str) -> tuple[str, ...]:
        """The value of every code of a column."""
        return self._whole.labels(column)

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A number per row, NaN = absent, or not known yet."""
        if column not in self._numbers:
            numbers = self._whole.numbers(column)[self._kept]
            if column in _ABOUT_THE_END:
                numbers[self._unended] = np.nan
            self._numbers[column] = numbers
        return self._numbers[column]

    def texts(self, rows: Sequence[int] | NDArray[np.integer]) -> list[str | None]:
        """The masked text of some rows, None where there is none."""
        return self._whole.texts(self._kept[np.asarray(rows, dtype=np.int64)])

    def rows_with_text(self) -> NDArray[np.int64]:
        """The rows that bear a text, ascending."""
        return np.flatnonzero(np.isin(self._kept, self._whole.rows_with_text()))

    def _cases_by_id(self) -> Cases:
        codes = self.codes("case_id")
        stamps = Stamps(ts=self.ts, id_hi=self.id_hi, id_lo=self.id_lo)
        found = arrange(codes, int(codes.max(initial=-1)) + 1, stamps)
        return Cases(order=found.rows.astype(np.int64), starts=found.starts)
