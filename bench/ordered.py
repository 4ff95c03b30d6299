"""Order-dependent questions: kernels over the timeline beside the same SQL on DuckDB."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from bench.peak import own_peak
from bench.synthetic import identity_keys
from bench.table import Line, median_seconds, ratio
from verite.ledger.engines import questions
from verite.ledger.engines.duckdb import DuckDbEngine
from verite.ledger.engines.kernels import Kernels
from verite.ledger.engines.portable import Dialect
from verite.ledger.port import Check, Condition, Need, Reading, Walk
from verite.ledger.timeline.build import Sources, build
from verite.ledger.timeline.timeline import Timeline
from verite.words.asked import Filters

_WALK = Walk()
_TOP = 20
_NEEDS = frozenset(
    {
        Need(where=()),
        Need(
            where=(Condition("kind", Check.IN, ("contact",)),),
            reading=Reading.NUMBER,
            column="wait_s",
        ),
        Need(where=(Condition("metric", Check.IN, ("nps",)),), reading=Reading.NPS),
    }
)
_BY = ("channel", "month")
_KILOBYTES = 1024 * 1024  # in a gigabyte


def measure(folder: Path, files: tuple[str, ...]) -> tuple[list[Line], float]:
    """The lines of one size, and the seconds of a cold graph."""
    engine, sql, duck = _engines(folder, files)
    rows = questions.walked(sql, _WALK)
    warm = median_seconds(lambda: engine.graph(_WALK))
    counts = median_seconds(lambda: duck.run(questions.flow_counts(rows)))
    graph = median_seconds(lambda: duck.run(questions.flows(rows)))
    paths = median_seconds(lambda: engine.variants(_WALK, top=_TOP))
    sql_paths = median_seconds(lambda: duck.run(questions.variants(rows, duck.joined, _TOP)))
    tally = median_seconds(lambda: engine.tally(_NEEDS, by=_BY, where=Filters()))
    sql_tally = median_seconds(lambda: duck.tally(_NEEDS, by=_BY, where=Filters()))
    duck.close()
    cold = median_seconds(lambda: cold_graph(folder, files))
    lines = [
        ratio("graph with counts, cases and times, warm", warm, ("SQL", graph), 0.15),
        ratio("variants, warm", paths, ("SQL", sql_paths), 0.10),
        ratio("three tallies by channel and month, warm", tally, ("SQL", sql_tally), 0.5),
        ratio("timeline built, then the graph, cold", cold, ("SQL, graph alone", graph), 2.0),
        ratio("the same, against bare counts of who follows whom", cold, ("SQL", counts), 2.0),
    ]
    return lines, cold


def cold_graph(folder: Path, files: tuple[str, ...]) -> None:
    """Builds a timeline from nothing, then the graph."""
    shutil.rmtree(folder / "cold", ignore_errors=True)
    keys = identity_keys(files)
    line = Timeline(build(Sources(files=files, identity_keys=keys, persons=keys), folder / "cold"))
    Kernels(line).graph(_WALK)


def peak_memory(folder: Path, files: tuple[str, ...]) -> Line:
    """Peak memory of a process that builds the timeline and asks for the graph."""
    found = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "bench.ordered", str(folder), *files],
        check=True,
        capture_output=True,
        text=True,
    )
    gigabytes = float(found.stdout)
    return Line(
        what="peak memory of build and graph",
        ours=f"{gigabytes:.2f} GB",
        against="",
        figure=gigabytes,
        bound=2.0,
    )


def _engines(folder: Path, files: tuple[str, ...]) -> tuple[Kernels, Dialect, DuckDbEngine]:
    keys = identity_keys(files)
    line = Timeline(build(Sources(files=files, identity_keys=keys, persons=keys), folder / "warm"))
    engine, duck = Kernels(line), DuckDbEngine(files, (keys, keys))
    # Compiled and mapped once, as in a server that has answered before.
    engine.graph(_WALK)
    engine.variants(_WALK, top=_TOP)
    engine.tally(_NEEDS, by=_BY, where=Filters())
    return engine, duck.dialect, duck


if __name__ == "__main__":
    cold_graph(Path(sys.argv[1]), tuple(sys.argv[2:]))
    print(own_peak() / _KILOBYTES)
