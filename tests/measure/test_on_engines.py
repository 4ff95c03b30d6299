"""The same figures whether plain loops, the kernels or DuckDB count, on a real timeline."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
import pytest

from verite.ledger.engines.duckdb import DuckDbEngine
from verite.ledger.engines.kernels import Kernels
from verite.ledger.timeline.build import Sources, build
from verite.ledger.timeline.timeline import Timeline
from verite.measure import METRICS, Study, compare, measure, trend
from verite.words.asked import Filters, Window
from verite.words.columns import KEPT

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
PEOPLE = 120


def _rows():
    """About 1,600 interactions of 120 people over twelve weeks (seed 20)."""
    chance = random.Random(20)
    rows = []
    for i in range(1600):
        metric = chance.choice((None, None, "nps", "csat", "ces", "wifi"))
        row = {
            "person": chance.randrange(PEOPLE),
            "at": START + timedelta(seconds=chance.randrange(84 * 86_400), microseconds=i),
            "kind": chance.choice(("contact", "visit", "purchase", "use", "other", "complaint")),
            "channel": chance.choice(("phone", "chat", "bot", "web", "email")),
            "touchpoint": chance.choice((None, "shop", "bill", "quote", "termination", "shop")),
            "direction": chance.choice((None, "inbound", "inbound", "outbound")),
            "case_id": chance.choice((None, f"c{chance.randrange(600)}")),
            "motive": chance.choice((None, "bill", "fault", "move")),
            "outcome": chance.choice((None, "done", "abandoned", "resolved", "resolved")),
            "agent": chance.choice((None, "a1")),
            "team": chance.choice(("north", "south", "west")),
            "wait_s": chance.choice((None, float(chance.randrange(240)))),
            "duration_s": chance.choice((None, float(chance.randrange(600)))),
            "segment_offer": chance.choice((None, "solo", "pro")),
        }
        rows.append(row | _answer(metric, chance))
    for row in rows:  # a loss ends a contract once in a while only
        if row["touchpoint"] == "termination" and chance.random() < 0.9:
            row["touchpoint"] = "shop"
    return rows


def _answer(metric, chance):
    if metric is None:
        return {}
    high = {"nps": 10, "ces": chance.choice((5, 7))}.get(metric, 5)
    low = 0 if metric == "nps" else 1
    polarity = "good_low" if metric == "ces" and high == 5 else None
    return {"kind": "feedback", "metric": metric, "score": float(chance.randint(low, high)),
            "scale_min": float(low), "scale_max": float(high), "polarity": polarity}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    return _rows()


@pytest.fixture(scope="module")
def files(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("measured")
    lines, path = folder / "rows.jsonl", folder / "rows.parquet"
    with lines.open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows):
            more = {"identity_key": row["person"], "id_hi": number, "id_lo": number,
                    "ts_us": (row["at"] - EPOCH) // timedelta(microseconds=1)}  # fmt: skip
            told = {name: value for name, value in (row | more).items() if name != "at"}
            file.write(json.dumps(told) + "\n")
    types = {**KEPT, "segment_offer": "VARCHAR"}
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in types.items())
    duckdb.sql(
        f"COPY (SELECT * FROM read_json('{lines}', columns = {{{columns}}})) TO '{path}'"
        " (FORMAT parquet)"
    )
    return folder, (str(path),)


@pytest.fixture(scope="module")
def studies(files):
    """The same study counted by the kernels and by DuckDB."""
    folder, names = files
    keys = np.arange(PEOPLE, dtype=np.int64)
    sources = Sources(
        files=names, identity_keys=keys, persons=keys, ledger_version=0, people_version=0
    )
    timeline = Timeline(build(sources, folder / "timeline"), zone="Europe/Paris")
    kernels = Study(
        timeline=timeline,
        engine=Kernels(timeline),
        as_of=START + timedelta(days=84),
        zone="Europe/Paris",
    )
    sql = DuckDbEngine(names, (keys, keys), zone="Europe/Paris")
    yield kernels, replace(kernels, engine=sql)
    sql.close()


ASKED = (
    ((), Filters()),
    (("channel",), Filters()),
    (("segment.offer", "month"), Filters(channels=("phone", "chat"))),
    (("team",), Filters(since=START + timedelta(days=30), segments=(("offer", "pro"),))),
    (("weekday",), Filters(touchpoints=("shop",))),
)


def _plain(measured):
    told = {}
    for row in measured.rows:
        figures = {"": row.estimate} | {c.name: c.estimate for c in row.companions}
        key = (row.metric, row.nps_kind, tuple(label.value for label in row.by))
        told |= {
            (*key, name): (f.status, f.n, f.people, f.value, f.low, f.high)
            for name, f in figures.items()
        }
    return told


def _alike(ours, theirs):
    assert ours.keys() == theirs.keys()
    for key, found in ours.items():
        assert found[:3] == theirs[key][:3], key
        assert found[3:] == pytest.approx(theirs[key][3:]), key


@pytest.mark.parametrize("by_where", ASKED)
def test_loops_and_kernels_measure_alike(studies, rows, study_of, by_where):
    by, where = by_where
    asked = METRICS[:-2] if {"month", "weekday"} & set(by) else METRICS
    asked = tuple(metric for metric in (*asked, "wifi") if metric != "retention" or not by)
    named = [row | {"person": f"p{row['person']:04d}"} for row in rows]
    slow = study_of(named, as_of=studies[0].as_of, zone="Europe/Paris")
    _alike(
        _plain(measure(studies[0], asked, by=by, where=where)),
        _plain(measure(slow, asked, by=by, where=where)),
    )


@pytest.mark.parametrize("by_where", ASKED)
def test_kernels_and_duckdb_measure_alike(studies, by_where):
    by, where = by_where
    asked = tuple(metric for metric in (*METRICS, "wifi") if metric != "retention")
    _alike(*(_plain(measure(study, asked, by=by, where=where)) for study in studies))


def test_changes_are_alike_whoever_counts(studies):
    middle = START + timedelta(days=42)
    end = START + timedelta(days=84)
    windows = (Window(start=START, end=middle), Window(start=middle, end=end))
    asked = ("nps", "csat", "csat_mean", "wait", "answered", "resolution", "wifi")
    ours, theirs = (compare(study, asked, *windows, by=("channel",)).rows for study in studies)
    for one, other in zip(ours, theirs, strict=True):
        assert (one.metric, one.by, one.told_apart) == (other.metric, other.by, other.told_apart)
        assert one.difference.low == pytest.approx(other.difference.low)


def test_the_trend_of_every_metric_can_be_drawn(studies):
    for metric in METRICS:
        found = trend(studies[0], metric, periods=8, where=Filters(channels=("phone",)))
        assert len(found.points) == 8
