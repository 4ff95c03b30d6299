"""The permit log of a town hall: graph and variants as pm4py 2.7 finds them, conformance exact.

Expected numbers come from pm4py run once on the same file (activities by their first word).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from arro3.core import Table

from verite.ledger.ledger import Ledger
from verite.ledger.timeline.timeline import open_timeline
from verite.loop.map import conform, live
from verite.words.asked import About, Filters
from verite.words.columns import RECEIVED
from verite.words.journey import Conformance, DesignedMap, LivedMap, Stage, Touchpoint

RECEIPT = Path(__file__).parents[3] / "shared" / "data" / "receipt.csv"
pytestmark = pytest.mark.skipif(not RECEIPT.exists(), reason="the shared real data are not here")
ABOUT = About(asked="map", as_of=datetime(2013, 1, 1, tzinfo=UTC), ledger_version=1)

GRAPH = """
Confirmation: T02=1079 T06=239
T02: T03=43 T04=1119 T05=1 T06=178 T07-1=2 T07-2=1 T07-5=1 T10=15
T03: T02=51 T06=2
T04: T03=6 T05=1177 T06=103 T08=1 T10=17 T14=1
T05: T06=791 T07-2=3 T07-5=3 T08=2 T10=86 T11=10 T12=1 T13=2 T15=1 T16=1
T06: T02=75 T03=2 T04=43 T05=16 T06=6 T07-1=38 T07-2=18 T07-3=5 T07-4=3 T07-5=21 T08=8 T10=1165
T07-1: T02=1 T04=1 T06=34 T07-2=2 T07-4=2 T08=4
T07-2: T02=2 T05=1 T06=22 T07-1=2 T07-3=1 T08=2 T09-1=1
T07-3: T06=2 T07-2=4 T07-4=1 T07-5=1
T07-4: T06=5 T07-2=1
T07-5: T06=21 T07-1=2 T08=1 T09-2=1 T09-4=1
T08: T07-1=1 T07-5=1 T09-1=5 T09-3=8 T09-4=3
T09-1: T06=5 T07-3=2
T09-2: T09-4=1
T09-3: T04=1 T06=4 T07-2=2 T09-1=1
T09-4: T06=4 T07-2=1
T10: T02=155 T03=4 T04=141 T05=102 T11=34 T16=19
T11: T04=1 T12=39
T12: T02=2 T04=1 T14=38
T13: T12=1
T14: T05=1 T15=38
T16: T17=20
T17: T18=6 T19=20
T18: T17=6
T19: T20=20
T20: T02=3 T05=2
"""
ENDS = (
    "T02=8 T03=2 T10=828 T20=15 T05=400 Confirmation=116 T15=39 T11=4 T06=16 T04=2 "
    "T07-1=1 T13=1 T07-5=1 T07-2=1"
)
COUNTS = [713, 123, 116, 115, 75, 40, 28, 25, 13, 12, 12, 10, 10, 8, 7, 6, 6, 4, 3]
COUNTS += [2] * 11 + [1] * 86


@pytest.fixture(scope="module")
def timeline(tmp_path_factory):
    """The log kept in a ledger of its own."""
    given = {
        "message_id": """"case:concept:name" || "concept:name" || "time:timestamp" """,
        "identity": '"case:concept:name"',
        "case_id": '"case:concept:name"',
        "touchpoint": '"concept:name"',
        "ts_us": 'epoch_us("time:timestamp")',
        "channel": 'lower("case:channel")',
    }
    columns = (f"CAST({given.get(name, 'NULL')} AS {kind}) AS {name}"
               for name, kind in RECEIVED.items())  # fmt: skip
    rows = duckdb.sql(f"SELECT {', '.join(columns)} FROM read_csv('{RECEIPT}')")
    home = tmp_path_factory.mktemp("receipt")
    Ledger.create(home)
    with Ledger.open(home) as ledger:
        ledger.append(Table.from_arrow(rows), source="receipt", at=datetime(2026, 1, 1, tzinfo=UTC))
        yield open_timeline(home, ledger)


@pytest.fixture(scope="module")
def lived(timeline) -> LivedMap:
    """Its lived map, every variant listed."""
    return live(timeline, case="case_id", where=Filters(), top=200, about=ABOUT)


@pytest.fixture(scope="module")
def conformance(timeline, lived) -> Conformance:
    """All cases against the most frequent path."""
    path = lived.variants[0].path
    design = DesignedMap(
        key="usual",
        names=(("en", "The usual way"),),
        stages=(Stage(key="all", names=()),),
        touchpoints=tuple(Touchpoint(key=key, stage="all", names=()) for key in path),
        path=path,
    )
    return conform(timeline, design, case="case_id", where=Filters(), about=ABOUT)


def short(activity: str) -> str:
    """The first word, which tells the activities apart."""
    return activity.split()[0]


def counts(text: str) -> dict[str, int]:
    """`T02=8 T03=2` as numbers."""
    return {name: int(count) for name, count in (pair.split("=") for pair in text.split())}


def test_every_event_and_case_is_there(lived):
    assert (lived.interactions, lived.cases, lived.people) == (8577, 1434, 1434)


def test_the_graph_is_that_of_pm4py(lived):
    lines = (line.split(": ") for line in GRAPH.strip().splitlines())
    expected = {
        (source, target): count
        for source, followers in lines
        for target, count in counts(followers).items()
    }
    found = {(short(e.source), short(e.target)): e.count for e in lived.edges}
    assert found == expected
    assert len(found) == 99


def test_cases_start_and_end_where_pm4py_says(lived):
    ends = {short(node.touchpoint): node.exits for node in lived.nodes if node.exits}
    starts = {short(node.touchpoint): node.entries for node in lived.nodes if node.entries}
    assert (starts, ends) == ({"Confirmation": 1434}, counts(ENDS))


def test_the_variants_are_those_of_pm4py(lived):
    assert lived.variant_count == 116
    assert [variant.count for variant in lived.variants] == COUNTS
    assert [short(step) for step in lived.variants[0].path] == [
        "Confirmation", "T02", "T04", "T05", "T06", "T10",
    ]  # fmt: skip
    assert [short(step) for step in lived.variants[3].path] == [
        "Confirmation", "T02", "T06", "T10", "T04", "T05",
    ]  # fmt: skip


def test_half_of_the_cases_follow_the_usual_way_exactly(conformance):
    """Token replay says 52.37 %; 713 of 1,434 cases is the truth."""
    assert (conformance.fitting_cases, conformance.cases) == (713, 1434)


def test_fitness_is_the_mean_over_cases(lived, conformance):
    path = lived.variants[0].path

    def common(other: tuple[str, ...]) -> int:
        table = [[0] * (len(other) + 1) for _ in range(len(path) + 1)]
        for i, step in enumerate(path, 1):
            for j, met in enumerate(other, 1):
                table[i][j] = (
                    table[i - 1][j - 1] + 1
                    if step == met
                    else max(table[i - 1][j], table[i][j - 1])
                )
        return table[-1][-1]

    by_hand = sum(
        variant.count * 2 * common(variant.path) / (len(path) + len(variant.path))
        for variant in lived.variants
    )
    assert conformance.fitness == pytest.approx(by_hand / 1434, abs=1e-12)
    assert conformance.fitness == pytest.approx(0.81805, abs=1e-5)


def test_the_first_touchpoint_is_never_skipped(conformance):
    skipped = {short(d.touchpoint) for d in conformance.deviations if d.kind.value == "skipped"}
    assert skipped == {"T02", "T04", "T05", "T06", "T10"}
