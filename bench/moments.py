"""Moments of truth: half a million people, fifteen touchpoints, a thousand draws."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from bench.peak import own_peak
from bench.table import Line
from verite.loop.moments.answers import answers_of
from verite.loop.moments.felt import feel_fast
from verite.loop.moments.lived import live_before
from verite.loop.moments.port import Reading
from verite.loop.moments.quick import quick_shares
from verite.loop.moments.studying import study_moments
from verite.measure.definitions import Definitions
from verite.words.asked import About, Filters
from verite.words.moments import MomentsAsked

PEOPLE = 500_000
TOUCHPOINTS = 15
DRAWS = 1000
_CONTACTS = 6  # a person
_DAY = 86_400_000_000
_SECONDS, _POINT_SECONDS, _MEGABYTES = 20.0, 0.5, 2000.0


class Made:
    """A timeline in memory: contacts that ended well or not, then one answer a person."""

    ledger_version = people_version = 1
    segments: tuple[str, ...] = ()

    def __init__(self, people: int, seed: int = 1) -> None:
        rng = np.random.default_rng(seed)
        each = _CONTACTS + 1
        self.people, self.rows = people, people * each
        self.persons = np.arange(people)
        self.starts = np.arange(people + 1) * each
        days = np.sort(rng.integers(0, 80, (people, each)), axis=1)
        days[:, -1] = 85
        self.ts = (days * _DAY).ravel()
        self._told = self._tell(rng, people, each)

    def _tell(self, rng: np.random.Generator, people: int, each: int) -> dict[str, np.ndarray]:
        place = rng.integers(0, TOUCHPOINTS, (people, each)).astype(np.int32)
        ends = (rng.random((people, each)) < 0.3).astype(np.int32)
        weight = np.linspace(0.0, 1.2, TOUCHPOINTS)
        lived = np.where(ends[:, :-1] == 1, -1.0, 0.3) * weight[place[:, :-1]]
        score = np.clip(np.rint(7.5 + lived.sum(axis=1) + rng.normal(0, 1.5, people)), 0, 10)
        last = np.zeros((people, each), dtype=bool)
        last[:, -1] = True
        number = np.full((people, each), np.nan)
        number[:, -1] = score
        none, flat = np.full(self.rows, -1, dtype=np.int32), last.ravel()
        return {
            "touchpoint": np.where(flat, -1, place.ravel()).astype(np.int32),
            "outcome": np.where(flat, -1, ends.ravel()).astype(np.int32),
            "kind": flat.astype(np.int32), "metric": np.where(flat, 0, -1).astype(np.int32),
            "channel": none, "polarity": none, "direction": none, "motive": none,
            "score": number.ravel(), "scale_min": np.where(flat, 0.0, np.nan),
            "scale_max": np.where(flat, 10.0, np.nan), "wait_s": np.full(self.rows, np.nan),
        }  # fmt: skip

    def codes(self, column: str) -> np.ndarray:
        return self._told[column]

    numbers = codes

    def labels(self, column: str) -> tuple[str, ...]:
        known = {
            "touchpoint": tuple(f"t{n:02}" for n in range(TOUCHPOINTS)),
            "outcome": ("resolved", "unresolved"), "kind": ("contact", "feedback"),
            "metric": ("nps",),
        }  # fmt: skip
        return known.get(column, ())

    def texts(self, rows: np.ndarray) -> list[str | None]:
        return [None] * len(rows)

    def rows_with_text(self) -> np.ndarray:
        return np.empty(0, dtype=np.int64)


def measure(people: int = PEOPLE) -> list[Line]:
    """The whole study, its memory, and the point estimate alone; in a process of its own."""
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "bench.moments", str(people)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    whole, point, memory = (float(part) for part in done.stdout.split())
    what = f"moments: {people:,} people, {TOUCHPOINTS} touchpoints"
    return [
        _line(f"{what}, {DRAWS:,} draws, s", whole, _SECONDS, "s"),
        _line(f"{what}, point estimate from the timeline, s", point, _POINT_SECONDS, "s"),
        _line(f"{what}, peak memory, MB", memory, _MEGABYTES, "MB"),
    ]


def _line(what: str, figure: float, bound: float, unit: str) -> Line:
    return Line(what=what, ours=f"{figure:.2f} {unit}", against="", figure=figure, bound=bound)


def _study(people: int) -> tuple[float, float, float]:
    _point(Made(1000)), _whole(Made(1000))  # compiled before the clock starts
    made = Made(people)
    point, whole = _point(made), _whole(made)
    return whole, point, own_peak() / 1024


def _whole(made: Made) -> float:
    start = time.perf_counter()
    about = About(asked="moments", as_of=None, ledger_version=1)
    study_moments(_reading(made), MomentsAsked(draws=DRAWS), about)
    return time.perf_counter() - start


def _point(made: Made) -> float:
    """From the rows to the shares, without draws nor words."""
    start = time.perf_counter()
    reading = _reading(made)
    answers = answers_of(reading, "nps")
    quick_shares(answers, live_before(reading, answers, 90, Filters()), 30)
    return time.perf_counter() - start


def _reading(made: Made) -> Reading:
    felt = feel_fast(made, Definitions())  # type: ignore[arg-type]
    return Reading(timeline=made, felt=felt, until_us=90 * _DAY)  # type: ignore[arg-type]


if __name__ == "__main__":
    print(*_study(int(sys.argv[1])))
