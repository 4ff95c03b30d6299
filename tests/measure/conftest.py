"""A timeline in memory and an engine of plain loops: slow, small, and easy to believe."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from verite.ledger.port import Check, Condition, Need, Reading, Tally
from verite.measure import Definitions, Study
from verite.words.asked import Filters
from verite.words.columns import dimension_column

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ABSENT = -(2**63)
Row = dict[str, Any]


def _us(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


class FakeTimeline:
    """Rows as dictionaries, sorted by person and time."""

    ledger_version = 1
    people_version = 1

    def __init__(self, rows: Sequence[Row], zone: str) -> None:
        self.zone = zone
        names = sorted({row["person"] for row in rows})
        self.held = sorted(rows, key=lambda row: (row["person"], row["at"]))
        self.rows, self.people = len(rows), len(names)
        self.ts = np.array([_us(row["at"]) for row in self.held], dtype=np.int64)
        self.ends = np.array(
            [_us(row["ended_at"]) if row.get("ended_at") else ABSENT for row in self.held],
            dtype=np.int64,
        )
        self._person = np.array([names.index(row["person"]) for row in self.held], dtype=np.int32)
        found = {name for row in rows for name in row if name.startswith("segment_")}
        self.segments = tuple(sorted(name.removeprefix("segment_") for name in found))

    def person_index(self) -> np.ndarray:
        return self._person

    @cache  # noqa: B019 - the timeline lives as long as its test
    def labels(self, column: str) -> tuple[str, ...]:
        return tuple(sorted({row[column] for row in self.held if row.get(column) is not None}))

    @cache  # noqa: B019
    def codes(self, column: str) -> np.ndarray:
        place = {label: code for code, label in enumerate(self.labels(column))}
        return np.array([place.get(row.get(column), -1) for row in self.held], dtype=np.int32)

    @cache  # noqa: B019
    def numbers(self, column: str) -> np.ndarray:
        values = [row.get(column) for row in self.held]
        return np.array([np.nan if v is None else float(v) for v in values], dtype=float)

    @cache  # noqa: B019
    def time_codes(self, dimension: str) -> tuple[np.ndarray, tuple[str, ...]]:
        names = [self._time(row["at"], dimension) for row in self.held]
        labels = sorted(set(names))
        return np.array([labels.index(name) for name in names], dtype=np.int32), tuple(labels)

    def _time(self, at: datetime, dimension: str) -> str:
        local = at.astimezone(ZoneInfo(self.zone))
        day = local.date()
        return {
            "day": day.isoformat(),
            "week": (day - timedelta(days=day.weekday())).isoformat(),
            "month": day.isoformat()[:7],
            "weekday": str(day.isoweekday()),
            "hour": f"{local.hour:02d}",
        }[dimension]

    def passes(self, row: Row, where: Filters) -> bool:
        segments = all(row.get(f"segment_{key}") == value for key, value in where.segments)
        return (
            (where.since is None or row["at"] >= where.since)
            and (where.until is None or row["at"] < where.until)
            and (not where.channels or row.get("channel") in where.channels)
            and (not where.touchpoints or row.get("touchpoint") in where.touchpoints)
            and segments
        )

    @cache  # noqa: B019
    def rows_of(self, where: Filters) -> np.ndarray:
        return np.array([self.passes(row, where) for row in self.held], dtype=bool)


class FakeEngine:
    """Counts by looking at every row."""

    def __init__(self, timeline: FakeTimeline) -> None:
        self.timeline = timeline

    def tally(self, needs: frozenset[Need], *, by: tuple[str, ...], where: Filters) -> Any:
        return {need: self._one(need, by, where) for need in needs}

    def _one(self, need: Need, by: tuple[str, ...], where: Filters) -> dict[Any, Tally]:
        people: dict[Any, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for row in self.timeline.held:
            if not self.timeline.passes(row, where) or not all(_holds(row, c) for c in need.where):
                continue
            group = tuple(self._value(row, dimension) for dimension in by)
            y = _read(row, need)
            if None not in group and y is not None:
                people[group][row["person"]].append(y)
        return {group: self._tally(need, rows) for group, rows in people.items()}

    def _value(self, row: Row, dimension: str) -> str | None:
        if dimension in {"day", "week", "month", "weekday", "hour"}:
            return self.timeline._time(row["at"], dimension)
        return row.get(dimension_column(dimension))

    def _tally(self, need: Need, rows: dict[str, list[float]]) -> Tally:
        tally = Tally.of(list(rows.values()))
        if not need.spread:
            return tally
        values = [y for person in rows.values() for y in person]
        spread = dict(Counter(values))
        return Tally(**{name: getattr(tally, name) for name in _SUMS}, spread=spread)


_SUMS = ("n", "people", "sum_y", "sum_yy", "sum_ss", "sum_sm", "sum_mm")


def _holds(row: Row, condition: Condition) -> bool:
    value = row.get(condition.column)
    if condition.check is Check.PRESENT:
        return value is not None
    if condition.check is Check.ABSENT:
        return value is None
    if condition.check is Check.NOT_IN:
        return value not in condition.values
    if value is None:
        return False
    if condition.check is Check.IN:
        return value in condition.values
    limit = float(condition.values[0])
    return value >= limit if condition.check is Check.AT_LEAST else value < limit


def _read(row: Row, need: Need) -> float | None:
    if need.reading is Reading.ONE:
        return 1.0
    if need.reading is Reading.NUMBER:
        return row.get(need.column or "")
    if need.reading is Reading.HOLDS:
        return float(all(_holds(row, condition) for condition in need.share))
    score = row["score"]
    if need.reading is Reading.NPS:
        return -1.0 if score <= 6 else float(score >= 9)
    turned = row.get("polarity") == "good_low"
    return float(row["scale_min"] + row["scale_max"] - score if turned else score)


@pytest.fixture
def study_of() -> Callable[..., Study]:
    """A study of rows given as dictionaries; `as_of` is just after the last one by default."""

    def make(
        rows: Sequence[Row],
        *,
        as_of: datetime | None = None,
        definitions: Definitions | None = None,
        zone: str = "UTC",
    ) -> Study:
        timeline = FakeTimeline(rows, zone)
        last = max((row["at"] for row in rows), default=EPOCH)
        return Study(
            timeline=timeline,
            engine=FakeEngine(timeline),  # type: ignore[arg-type]
            definitions=definitions or Definitions(),
            as_of=as_of or last + timedelta(microseconds=1),
            zone=zone,
        )

    return make


@pytest.fixture
def answer() -> Callable[..., Row]:
    """One answer to a survey."""

    def make(person: str, metric: str, score: float, **more: Any) -> Row:
        low, high = {"nps": (0, 10), "ces": (1, 5)}.get(metric, (1, 5))
        row = {
            "person": person,
            "at": datetime(2026, 3, 2, 9, tzinfo=UTC),
            "kind": "feedback",
            "metric": metric,
            "score": score,
            "scale_min": low,
            "scale_max": high,
        }
        return row | more

    return make


@pytest.fixture
def contact() -> Callable[..., Row]:
    """One contact that a customer started."""

    def make(person: str, at: datetime, **more: Any) -> Row:
        return {"person": person, "at": at, "kind": "contact", "direction": "inbound"} | more

    return make
