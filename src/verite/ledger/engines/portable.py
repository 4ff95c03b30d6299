"""Conditions, filters, readings and dimensions as portable SQL: one text for every engine.

Only closed sets reach the text; values become literals that every dialect reads alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from verite.ledger.engines.rows import column_kind, number_column
from verite.ledger.port import Check, Condition, Need, Reading
from verite.ledger.timeline.clock import DAY_US, HOUR_US
from verite.ledger.timeline.pick import chosen_values, microseconds
from verite.words.asked import Filters
from verite.words.columns import NUMBERS, TIME_DIMENSIONS, dimension_column
from verite.words.errors import WrongUse

_ORDER = "ts_us, id_hi, id_lo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What a text must know of the data: which columns there are, and the zone's offsets."""

    columns: frozenset[str]
    offsets: tuple[tuple[int, int], ...]  # (from this UTC instant, offset), µs

    def column(self, name: str) -> str:
        """A column, or a null of its type where the files have none."""
        if name in self.columns:
            return f"r.{name}"
        return f"CAST(NULL AS {'DOUBLE' if name in NUMBERS else 'STRING'})"

    def dimension(self, dimension: str) -> str:
        """What a dimension groups by: a string column, or the number of a time dimension."""
        name = dimension_column(dimension)
        if name not in TIME_DIMENSIONS:
            return self.column(name)
        local = self._local()
        if name == "hour":
            return f"({_modulo(_floor(local, HOUR_US), 24)})"
        days = _floor(local, DAY_US)
        if name == "day":
            return days
        if name == "week":
            return f"({days} - {_modulo(f'({days} + 3)', 7)})"
        if name == "weekday":
            return f"({_modulo(f'({days} + 3)', 7)} + 1)"
        date = f"(DATE '1970-01-01' + CAST({days} AS INTEGER))"
        return f"(EXTRACT(YEAR FROM {date}) * 12 + EXTRACT(MONTH FROM {date}) - 1)"

    def holds(self, conditions: tuple[Condition, ...]) -> str:
        """All conditions together."""
        return " AND ".join(self._holds(condition) for condition in conditions) or "1 = 1"

    def passes(self, where: Filters) -> str:
        """The closed set of filters."""
        found = []
        if where.since is not None:
            found.append(f"r.ts_us >= {microseconds(where.since)}")
        if where.until is not None:
            found.append(f"r.ts_us < {microseconds(where.until)}")
        for name, values in chosen_values(where).items():
            found.append(_among(self.column(name), values))
        return " AND ".join(found) or "1 = 1"

    def reading(self, need: Need) -> str:
        """y as a DOUBLE, null where a row has none."""
        if need.reading is Reading.ONE:
            return "CAST(1 AS DOUBLE)"
        if need.reading is Reading.HOLDS:
            return f"CAST(CASE WHEN {self.holds(need.share)} THEN 1 ELSE 0 END AS DOUBLE)"
        if need.reading is Reading.NUMBER:
            return self._double(number_column(need.column))
        score = self._double("score")
        if need.reading is Reading.NPS:
            return (
                f"CAST(CASE WHEN {score} >= 9 THEN 1 WHEN {score} <= 6 THEN -1 "
                f"WHEN {score} IS NOT NULL THEN 0 END AS DOUBLE)"
            )
        low, high = self._double("scale_min"), self._double("scale_max")
        turned = f"{self.column('polarity')} = 'good_low'"
        ease = f"(CASE WHEN {turned} THEN {high} + {low} - {score} ELSE {score} END)"
        if need.reading is Reading.EASE:
            return ease
        return (
            f"(CASE WHEN {high} > {low} THEN "
            f"CAST(2 AS DOUBLE) * ({ease} - {low}) / ({high} - {low}) - CAST(1 AS DOUBLE) END)"
        )

    def _double(self, name: str) -> str:
        return f"CAST({self.column(name)} AS DOUBLE)"

    def _local(self) -> str:
        first, *later = self.offsets
        if not later:
            return f"(r.ts_us + {first[1]})"
        cases = " ".join(f"WHEN r.ts_us >= {at} THEN {shift}" for at, shift in reversed(later))
        return f"(r.ts_us + CASE {cases} ELSE {first[1]} END)"

    def _holds(self, condition: Condition) -> str:
        name, kind = column_kind(condition)
        column = self.column(name)
        if condition.check is Check.PRESENT:
            return f"{column} IS NOT NULL"
        if condition.check is Check.ABSENT:
            return f"{column} IS NULL"
        if kind == "code":
            inside = _among(column, tuple(str(value) for value in condition.values))
        elif condition.check in {Check.AT_LEAST, Check.BELOW}:
            sign = ">=" if condition.check is Check.AT_LEAST else "<"
            return f"CAST({column} AS DOUBLE) {sign} {number_literal(condition.values[0])}"
        else:
            listed = ", ".join(number_literal(value) for value in condition.values)
            inside = f"CAST({column} AS DOUBLE) IN ({listed})" if listed else "1 = 0"
        if condition.check is Check.IN:
            return inside
        return f"({column} IS NULL OR NOT ({inside}))"


def order() -> str:
    """The total order of interactions."""
    return _ORDER


def text_literal(value: str) -> str:
    """A string for every dialect: quotes and backslashes, which they read apart, by number.

    >>> text_literal("l'été")
    "('l' || CHR(39) || 'été')"
    """
    parts: list[str] = [""]
    for character in value:
        if character in "'\\":
            parts += [f"CHR({ord(character)})", ""]
        else:
            parts[-1] += character
    quoted = [part if i % 2 else f"'{part}'" for i, part in enumerate(parts)]
    kept = [part for part in quoted if part != "''"] or ["''"]
    return kept[0] if len(kept) == 1 else f"({' || '.join(kept)})"


def number_literal(value: str | float) -> str:
    """A number for every dialect, read back to the same double.

    >>> number_literal(0.1)
    "CAST('0.1' AS DOUBLE)"
    """
    number = float(value)
    if not math.isfinite(number):
        raise WrongUse("unfit_number", fields={"value": value})
    return f"CAST('{number!r}' AS DOUBLE)"


def _among(column: str, values: tuple[str, ...]) -> str:
    listed = ", ".join(text_literal(value) for value in values)
    return f"{column} IN ({listed})" if listed else "1 = 0"


def _modulo(number: str, size: int) -> str:
    # The remainder of a negative number is negative in every dialect.
    return f"((({number}) % {size}) + {size}) % {size}"


def _floor(number: str, size: int) -> str:
    return f"CAST(({number} - {_modulo(number, size)}) / {size} AS BIGINT)"
