"""Every kind of source gives the same interactions."""

# ruff: noqa: E501, DTZ001 — recorded payloads; workbooks know no zone
from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from verite.words.errors import BadInput

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/"><string key="concept:name" value="whole"/>
<trace><string key="concept:name" value="t1"/><string key="channel" value="Desk"/>
<event><string key="concept:name" value="Ask"/><date key="time:timestamp" value="2024-05-01T10:00:00.000+02:00"/>
<string key="org:resource" value="Ann"><string key="concept:name" value="nested"/></string></event>
<event><string key="concept:name" value="Ask"/><date key="time:timestamp" value="2024-05-01T10:00:00.000+02:00"/></event>
<event><string key="concept:name" value="No time"/></event></trace></log>"""
OCEL = {
    "objectTypes": [], "eventTypes": [],
    "objects": [{"id": "c1", "type": "Customer"}, {"id": "o1", "type": "Order"}, {"id": "o2", "type": "Order"}],
    "events": [
        {"id": "e1", "type": "Place", "time": "2024-05-01T10:00:00Z", "attributes": [{"name": "channel", "value": "web"}],
         "relationships": [{"objectId": o, "qualifier": ""} for o in ("c1", "o1", "o2")]},
        {"id": "e2", "type": "Pay", "time": "soon"},
    ],
}  # fmt: skip
LINE = {"at": "2024-05-01T10:00:00Z", "identity": "u", "wait_s": 2.5, "segment": {"offer": "fibre"},
        "properties": {"a": 1}, "aliases": ["card:1"], "colour": None}  # fmt: skip


def test_json_lines(ear) -> None:
    text = "\n".join([json.dumps(LINE), "{broken", "[1]", "", '{"at": 1714557600, "late_key": 1}'])
    heard = ear.hear(ear.write(text, "a.jsonl"))
    assert [(one.line, one.reason) for one in heard.quarantine] == [
        (2, "bad_json"),
        (3, "bad_json"),
    ]
    assert heard.kept == 2
    assert "late_key" in heard.sources[0].unmapped
    row = next(row for row in ear.rows() if row["wait_s"] is not None)
    assert (row["wait_s"], row["segment_offer"], row["properties"]) == (2.5, "fibre", '{"a":"1"}')


def test_parquet_with_typed_columns(ear, us) -> None:
    import duckdb

    path = ear.folder / "a [1]*.parquet"
    duckdb.sql(
        "COPY (SELECT TIMESTAMP '2024-05-01 10:00' AS \"at\", TIMESTAMPTZ '2024-05-01 12:00+00' AS ended_at,"
        " 'u' || i AS identity, {'offer': 'x'} AS segment, ['card:1'] AS aliases, 3.5 AS wait_s"
        f" FROM range(3) t(i)) TO '{ear.folder}/b.parquet'"
    )
    (ear.folder / "b.parquet").rename(path)
    heard = ear.hear(path, zone="Europe/Paris")
    assert (heard.kept, heard.sources[0].kind) == (3, "parquet")
    row = ear.rows()[0]
    assert (row["ts_us"], row["end_us"]) == (us("2024-05-01T08:00Z"), us("2024-05-01T12:00Z"))
    assert (row["segment_offer"], row["wait_s"]) == ("x", 3.5)


def test_a_workbook(ear, us) -> None:
    import xlsxwriter

    path = ear.folder / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("empty")
        sheet = book.add_worksheet("rows")
        sheet.write_row(0, 0, ["at", "identity", "wait_s", "text"])
        sheet.write_datetime(
            1, 0, datetime(2024, 5, 1, 9, 30), book.add_format({"num_format": "d/m/yy h:mm"})
        )
        sheet.write_row(1, 1, ["c1", 12, 'deux\nlignes "ici"'])
        sheet.write_row(3, 0, ["", "c2"])
    heard = ear.hear(path)
    assert [(one.line, one.reason) for one in heard.quarantine] == [(4, "missing_time")]
    row = ear.rows()[0]
    assert (row["ts_us"], row["wait_s"], row["text"]) == (
        us("2024-05-01T09:30Z"),
        12.0,
        'deux\nlignes "ici"',
    )


def test_an_xes_log_maps_itself(ear, us) -> None:
    heard = ear.hear(ear.write(XES, "log.xes"))
    assert (heard.kept, heard.quarantined, heard.sources[0].kind) == (2, 1, "xes")
    row = ear.rows()[0]
    told = (row["case_id"], row["touchpoint"], row["channel"], row["ts_us"])
    assert told == ("t1", "Ask", "store", us("2024-05-01T08:00Z"))
    assert ear.ledger.key_of("case:t1") is not None


def test_an_xes_log_with_entities_is_refused(ear) -> None:
    bomb = '<!DOCTYPE log [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>' + XES.split("?>")[1].replace(
        "t1", "&b;"
    )
    with pytest.raises(BadInput) as raised:
        ear.hear(ear.write(bomb, "log.xes"))
    assert raised.value.code == "xml_entities"


def test_an_ocel_log_maps_itself(ear) -> None:
    heard = ear.hear(ear.write(json.dumps(OCEL), "log.json"))
    assert (heard.kept, heard.sources[0].kind) == (1, "ocel")
    assert [(one.line, one.reason) for one in heard.quarantine] == [(2, "bad_time")]
    row = ear.rows()[0]
    told = (row["touchpoint"], row["case_id"], row["channel"], row["properties"])
    assert told == ("Place", "o1", "web", '{"Order":"o1;o2"}')
    assert ear.ledger.key_of("customer:c1") is not None


def test_packed_files_are_read_as_if_they_were_not(ear) -> None:
    text = b"at;identity\n2024-05-01;u\n"
    packed = ear.write(gzip.compress(text), "a.csv.gz")
    archive = ear.folder / "b.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("inside.csv", text)
    heard = ear.hear(packed, archive)
    assert (heard.kept, heard.duplicates) == (1, 1)


def test_a_kind_may_be_told(ear) -> None:
    heard = ear.hear(ear.write('{"at": "2024-05-01", "identity": "u"}\n', "odd.txt"), kind="jsonl")
    assert (heard.kept, heard.sources[0].kind) == (1, "jsonl")


def test_samples_of_every_kind_are_read(ear) -> None:
    sources = Path(__file__).parents[3] / "src" / "verite" / "loop" / "listen" / "sources"
    for path in sorted(sources.glob("*/samples/*")):
        said = "calls" if path.parts[-3] == "calls" else None  # a table is told by its words
        heard = ear.hear(path, kind=said, dry_run=True)
        assert heard.kept > 0, path.name


def test_the_zone_of_the_machine_changes_no_text() -> None:
    said = (
        "from verite.loop.listen.sql import cursor_of, open_desk;"
        "print(cursor_of(open_desk()).execute(\"SELECT current_setting('TimeZone')\").fetchone())"
    )
    elsewhere = {**os.environ, "TZ": "America/New_York"}
    found = subprocess.run(
        [sys.executable, "-c", said], env=elsewhere, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "('UTC',)"
