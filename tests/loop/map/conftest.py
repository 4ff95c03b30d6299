"""A timeline in memory, so that maps are tested on logs small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from verite.ledger.timeline.cases import Cases, cut, gap_of
from verite.words.asked import About, Filters
from verite.words.columns import CODED

START = datetime(2026, 1, 1, tzinfo=UTC)
START_US = int(START.timestamp()) * 1_000_000
Log = Sequence[dict[str, object]]


@dataclass
class MemoryTimeline:
    """The parts of a timeline that maps read."""

    log: list[dict[str, object]]
    rows: int = 0
    people: int = 0
    starts: np.ndarray = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    ts: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        self.log = sorted(
            self.log, key=lambda row: (str(row["who"]), row["day"], str(row.get("id", "")))
        )
        who = [str(row["who"]) for row in self.log]
        first = [i for i, name in enumerate(who) if i == 0 or who[i - 1] != name]
        self.rows, self.people = len(self.log), len(first)
        self.starts = np.array([*first, self.rows], dtype=np.int64)
        days = [float(str(row["day"])) for row in self.log]
        self.ts = np.array([START_US + round(day * 86_400e6) for day in days], dtype=np.int64)

    def labels(self, column: str) -> tuple[str, ...]:
        assert column in CODED or column.startswith("segment_")
        return tuple(dict.fromkeys(str(row[column]) for row in self.log if column in row))

    def codes(self, column: str) -> np.ndarray:
        labels = self.labels(column)
        found = [labels.index(str(row[column])) if column in row else -1 for row in self.log]
        return np.array(found, dtype=np.int32)

    def numbers(self, column: str) -> np.ndarray:
        return np.array([float(str(row.get(column, "nan"))) for row in self.log], dtype=np.float64)

    def rows_of(self, where: Filters) -> np.ndarray:
        kept = np.ones(self.rows, dtype=np.bool_)
        for i, row in enumerate(self.log):
            at = START + timedelta(days=float(str(row["day"])))
            kept[i] = (
                (where.since is None or at >= where.since)
                and (where.until is None or at < where.until)
                and (not where.channels or row.get("channel") in where.channels)
            )
        return kept

    def person_index(self) -> np.ndarray:
        return np.repeat(np.arange(self.people, dtype=np.int32), np.diff(self.starts))

    def cases(self, case: str) -> Cases:
        gap = gap_of(case)
        if case == "case_id":
            codes, labels = self.codes("case_id"), self.labels("case_id")
            runs = [np.flatnonzero(codes == code) for code in range(len(labels))]
            order = [row for run in runs for row in sorted(run, key=lambda r: (self.ts[r], r))]
            bounds = np.cumsum([0, *(len(run) for run in runs)])
            return Cases(order=np.array(order, dtype=np.int64), starts=bounds.astype(np.int64))
        starts = self.starts if gap is None else cut(self.starts, self.ts, gap)
        return Cases(order=np.arange(self.rows), starts=starts, in_place=True)


@pytest.fixture(scope="session")
def timeline_of() -> Callable[[Log], MemoryTimeline]:
    """Makes a timeline from rows: `who`, `day` (a number from 1 January 2026), and any column."""
    return lambda log: MemoryTimeline([dict(row) for row in log])


@pytest.fixture(scope="session")
def walk() -> Callable[..., list[dict[str, object]]]:
    """Makes the rows of one person: one letter a day, from `day`."""

    def rows(
        who: str, path: str, *, day: float = 0.0, **columns: object
    ) -> list[dict[str, object]]:
        return [
            {"who": who, "day": day + i, "touchpoint": letter, "id": i, **columns}
            for i, letter in enumerate(path)
        ]

    return rows


@pytest.fixture(scope="session")
def about_day() -> Callable[[float], About]:
    """What a question asked on a day (from 1 January 2026) says about itself."""

    def at(day: float) -> About:
        as_of = START + timedelta(days=day)
        return About(asked="test", as_of=as_of, ledger_version=0)

    return at
