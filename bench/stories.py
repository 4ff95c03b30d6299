"""One customer among many, and what repetition costs all of them, beside the same SQL."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from bench.synthetic import identity_keys
from bench.table import Line, median_seconds, ratio
from verite.home import Home
from verite.ledger.efforts import EffortRules
from verite.ledger.engines.duckdb import DuckDbEngine
from verite.ledger.engines.kernels import Kernels
from verite.ledger.timeline.build import Sources, build
from verite.ledger.timeline.timeline import Timeline
from verite.words.asked import Filters
from verite.words.customer import show_person
from verite.words.settings import Settings, write_settings

_RULES = EffortRules()
_BY = ("touchpoint", "team")
_ASKED = 200
_SLOWEST = 0.95
_BOUND_MS = 50.0


def measure(folder: Path, files: tuple[str, ...]) -> list[Line]:
    """The tallies of effort, and one story where a home was imported before."""
    lines = [_tallies(folder / "large", files)]
    home = folder / "home"
    return [*lines, _story(home)] if home.exists() else lines


def _tallies(folder: Path, files: tuple[str, ...]) -> Line:
    keys = identity_keys(files)
    line = Timeline(build(Sources(files=files, identity_keys=keys, persons=keys), folder / "warm"))
    duck = DuckDbEngine(files, (keys, keys))

    def ours() -> None:  # the marks each time: nothing is remembered between two runs
        Kernels(line).effort(_RULES, by=_BY, where=Filters())

    ours()
    warm = median_seconds(ours)
    sql = median_seconds(lambda: duck.effort(_RULES, by=_BY, where=Filters()))
    duck.close()
    return ratio("effort of everybody by touchpoint and team, warm", warm, ("SQL", sql), 0.3)


def _story(path: Path) -> Line:
    """The 95th percentile of the time that one story takes, each of another person."""
    (path / "verite.toml").write_text(write_settings(Settings()), encoding="utf-8")
    with Home.open(path) as home:
        line = home.desk.timeline
        chosen = np.random.default_rng(1).permutation(line.people)[:_ASKED]
        ids = [show_person(int(line.persons[place])) for place in chosen.tolist()]
        home.customer(ids[0])
        taken = sorted(_milliseconds(home, person) for person in ids[1:])
        people, rows = line.people, line.rows
    slow = taken[int(_SLOWEST * (len(taken) - 1))]
    return Line(
        what=f"story of one among {people:,} people and {rows:,} interactions, ms, p95",
        ours=f"{slow:.1f} ms",
        against="",
        figure=slow,
        bound=_BOUND_MS,
    )


def _milliseconds(home: Home, person: str) -> float:
    start = time.perf_counter()
    home.customer(person)
    return 1000 * (time.perf_counter() - start)
