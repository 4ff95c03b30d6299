"""Conditions and readings over timeline columns: boolean masks and one number y per row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verite.ledger.port import Check, Condition, Need, Reading
from verite.ledger.timeline.pick import among
from verite.ledger.timeline.scan import ABSENT_TIME
from verite.ledger.timeline.timeline import Timeline
from verite.words.columns import CODED, NUMBERS, SEGMENT_PREFIX, dimension_column
from verite.words.errors import WrongUse

Numbers = NDArray[np.float64] | NDArray[np.int8] | NDArray[np.bool_]
Times = frozenset({"ts_us", "end_us"})


class Rows:
    """Masks and readings of one timeline, each made once."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._masks: dict[Condition, NDArray[np.bool_]] = {}
        self._readings: dict[Reading, Numbers] = {}

    def passing(self, conditions: tuple[Condition, ...]) -> NDArray[np.bool_] | None:
        """Rows where all conditions hold; nothing stands for every row."""
        found: NDArray[np.bool_] | None = None
        for condition in conditions:
            mask = self._mask(condition)
            found = mask if found is None else found & mask
        return found

    def read(self, need: Need) -> Numbers:
        """y of every row, NaN = none; an empty array stands for 1 everywhere."""
        if need.reading is Reading.ONE:
            return np.empty(0)
        if need.reading is Reading.NUMBER:
            return self.timeline.numbers(number_column(need.column))
        if need.reading is Reading.HOLDS:
            held = self.passing(need.share)
            return np.ones(self.timeline.rows, dtype=bool) if held is None else held
        if need.reading not in self._readings:
            self._readings[need.reading] = self._score(need.reading)
        return self._readings[need.reading]

    def _mask(self, condition: Condition) -> NDArray[np.bool_]:
        if condition not in self._masks:
            self._masks[condition] = self._make(condition)
        return self._masks[condition]

    def _make(self, condition: Condition) -> NDArray[np.bool_]:
        column, kind = column_kind(condition)
        if kind == "text":
            mask = np.zeros(self.timeline.rows, dtype=bool)
            mask[self.timeline.rows_with_text()] = True
            return mask if condition.check is Check.PRESENT else ~mask
        if kind == "code":
            return self._on_codes(column, condition)
        values = self._numbers(column)
        present = ~np.isnan(values) if kind == "number" else values != ABSENT_TIME
        return np.asarray(_on_numbers(values, present, condition))

    def _numbers(self, column: str) -> NDArray[np.float64] | NDArray[np.int64]:
        if column == "ts_us":
            return self.timeline.ts
        return self.timeline.ends if column == "end_us" else self.timeline.numbers(column)

    def _on_codes(self, column: str, condition: Condition) -> NDArray[np.bool_]:
        if condition.check is Check.PRESENT:
            return np.asarray(self.timeline.codes(column) >= 0)
        if condition.check is Check.ABSENT:
            return np.asarray(self.timeline.codes(column) < 0)
        mask = among(self.timeline, column, (str(value) for value in condition.values))
        return mask if condition.check is Check.IN else ~mask

    def _score(self, reading: Reading) -> Numbers:
        score = self.timeline.numbers("score")
        if reading is Reading.NPS:
            y = (score >= 9).astype(float) - (score <= 6)
            y[np.isnan(score)] = np.nan
            return y
        low, high = self.timeline.numbers("scale_min"), self.timeline.numbers("scale_max")
        turned = among(self.timeline, "polarity", ("good_low",))
        ease = np.where(turned, high + low - score, score)
        if reading is Reading.EASE:
            return ease
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(high > low, 2.0 * (ease - low) / (high - low) - 1.0, np.nan)


def number_column(column: str | None) -> str:
    """The column of a NUMBER reading, checked."""
    if column not in NUMBERS:
        raise WrongUse("unknown_number", fields={"column": column})
    return column


def column_kind(condition: Condition) -> tuple[str, str]:
    """The column of a condition and what it holds: code, number, time or text."""
    column = condition.column
    column = dimension_column(column) if column.startswith("segment.") else column
    if column in CODED or column.startswith(SEGMENT_PREFIX):
        kind = "code"
    elif column in NUMBERS:
        kind = "number"
    elif column in Times:
        kind = "time"
    elif column == "text":
        kind = "text"
    else:
        raise WrongUse("unknown_column", fields={"column": column})
    _check_fits(condition, kind)
    return column, kind


def _check_fits(condition: Condition, kind: str) -> None:
    ordered = condition.check in {Check.AT_LEAST, Check.BELOW}
    listed = condition.check in {Check.IN, Check.NOT_IN}
    if (ordered and kind in {"code", "text"}) or (listed and kind == "text"):
        raise WrongUse(
            "unfit_condition", fields={"column": condition.column, "check": condition.check}
        )
    if ordered and len(condition.values) != 1:
        raise WrongUse(
            "unfit_condition", fields={"column": condition.column, "check": condition.check}
        )


def _on_numbers(
    values: NDArray[np.float64] | NDArray[np.int64],
    present: NDArray[np.bool_],
    condition: Condition,
) -> NDArray[np.bool_]:
    if condition.check is Check.PRESENT:
        return present
    if condition.check is Check.ABSENT:
        return ~present
    if condition.check is Check.AT_LEAST:
        return np.asarray(present & (values >= float(condition.values[0])))
    if condition.check is Check.BELOW:
        return np.asarray(present & (values < float(condition.values[0])))
    listed = present & np.isin(values, [float(value) for value in condition.values])
    return listed if condition.check is Check.IN else ~listed
