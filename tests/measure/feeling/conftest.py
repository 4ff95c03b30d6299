"""Worlds where the law of the running feeling is known, as columns in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

DAY_US = 86_400_000_000
DAYS = 365
Row = Mapping[str, object]


class Columns:
    """Rows sorted by person, then time, held in memory."""

    ledger_version = 3
    people_version = 2

    def __init__(self, person: np.ndarray, ts: np.ndarray, given: Mapping[str, np.ndarray]) -> None:
        order = np.lexsort((ts, person))
        self.person, self.ts = person[order], ts[order]
        self.rows, self.people = len(ts), int(person.max()) + 1
        self.persons = np.arange(self.people)
        self.starts = np.searchsorted(self.person, np.arange(self.people + 1))
        self.ends = np.full(self.rows, np.iinfo(np.int64).min)
        self._given = {name: values[order] for name, values in given.items()}

    @cache  # noqa: B019 - the columns live as long as their test
    def codes(self, column: str) -> np.ndarray:
        labels = {label: code for code, label in enumerate(self.labels(column))}
        values = self._given.get(column)
        if values is None:
            return np.full(self.rows, -1, dtype=np.int32)
        return np.array([labels.get(str(value), -1) for value in values], dtype=np.int32)

    @cache  # noqa: B019
    def labels(self, column: str) -> tuple[str, ...]:
        values = self._given.get(column)
        return () if values is None else tuple(sorted({str(v) for v in values if v}))

    def numbers(self, column: str) -> np.ndarray:
        values = self._given.get(column)
        if values is None:
            return np.full(self.rows, np.nan)
        return np.asarray(values, dtype=float)

    def ids(self, rows: list[int]) -> list[str]:
        return [f"{row:032x}" for row in rows]


def table(rows: list[Row]) -> Columns:
    """A few rows, written by hand: `person` and `day` (or `at`), and any column."""
    names = {name for row in rows for name in row} - {"person", "day"}
    numbers = {"score", "scale_min", "scale_max", "wait_s", "menus", "value", "duration_s"}
    given = {
        name: np.array([row.get(name, np.nan) for row in rows], dtype=float)
        if name in numbers
        else np.array([row.get(name, "") for row in rows], dtype=object)
        for name in names
    }
    ts = np.array([round(float(str(row["day"])) * DAY_US) for row in rows], dtype=np.int64)
    return Columns(np.array([row["person"] for row in rows]), ts, given)


@pytest.fixture(scope="session")
def rows_of() -> Callable[[list[Row]], Columns]:
    return table


@dataclass(frozen=True, kw_only=True)
class Law:
    """Weekly odds of leaving: level − strength Σ 2^(−age/half-life) (good − asymmetry · bad)."""

    half_life: float = 45.0
    asymmetry: float = 1.8
    level: float = -5.2
    strength: float = 0.9
    people: int = 3500
    seed: int = 5
    weights: Mapping[str, float] = field(default_factory=lambda: {"desk": 1.0})


def live(law: Law, *, shuffled: bool = False) -> Columns:
    """A year of contacts, each rated on 0-100 on the spot, and who left by the law."""
    rng = np.random.default_rng(law.seed)
    who = np.repeat(np.arange(law.people), rng.poisson(14, law.people))
    day = rng.uniform(0, DAYS, len(who))
    names = np.array(list(law.weights), dtype=object)
    place = rng.integers(0, len(names), len(who))
    valence = np.clip(rng.normal(0.1, 0.5, len(who)), -1, 1)
    left = _leave(rng, law, (who, day, valence * np.array(list(law.weights.values()))[place]))
    if shuffled:
        left = rng.permutation(left)
    here = day < left[who]
    gone = np.flatnonzero(left < DAYS)
    return _told(law, (who[here], day[here], 50 + 50 * valence[here], names[place[here]]),
                 (gone, left[gone]))  # fmt: skip


def _leave(
    rng: np.random.Generator, law: Law, felt: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> np.ndarray:
    who, day, valence = felt
    worth = np.where(valence < 0, law.asymmetry * valence, valence)
    left = np.full(law.people, 2.0 * DAYS)
    for week in range(DAYS // 7):
        past = day < week * 7
        fade = np.where(past, 2.0 ** (-(week * 7 - day) / law.half_life), 0.0)
        feeling = np.bincount(who, weights=worth * fade, minlength=law.people)
        p = 1 / (1 + np.exp(-(law.level - law.strength * feeling)))
        goes = (rng.random(law.people) < p) & (left > DAYS)
        left[goes] = week * 7 + rng.uniform(0, 7, int(goes.sum()))
    return left


def _told(law: Law, felt: tuple[np.ndarray, ...], gone: tuple[np.ndarray, np.ndarray]) -> Columns:
    everyone = np.arange(law.people)
    sizes = (law.people, len(felt[0]), len(gone[0]))

    def column(*parts: object) -> np.ndarray:
        return np.concatenate(
            [np.full(n, part) if np.ndim(part) == 0 else np.asarray(part)
             for n, part in zip(sizes, parts, strict=True)]
        )  # fmt: skip

    days = column(np.zeros(law.people), felt[1], gone[1])
    return Columns(
        column(everyone, felt[0], gone[0]).astype(np.int64),
        (days * timedelta(days=1) / timedelta(microseconds=1)).astype(np.int64),
        {
            "kind": column("delivery", "feedback", "other").astype(object),
            "touchpoint": column("", felt[3], "termination").astype(object),
            "motive": column("", "", "voluntary").astype(object),
            "score": column(np.nan, felt[2], np.nan),
            "scale_min": column(np.nan, 0.0, np.nan),
            "scale_max": column(np.nan, 100.0, np.nan),
        },
    )


@pytest.fixture(scope="session")
def world() -> Callable[..., Columns]:
    return live


@pytest.fixture(scope="session")
def law() -> type[Law]:
    return Law


@pytest.fixture(scope="session", autouse=True)
def fewer_lines() -> Iterator[None]:
    """Enough lines to find a law again, in a third of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("verite.measure.feeling.outcomes.LINES_AT_MOST", 20_000)
        yield
