"""Files that nobody would write on purpose: named, shaped or packed against all habits."""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from verite.loop.listen import gathering, read_mapping, replay
from verite.loop.listen.gathering import merged
from verite.loop.listen.hearing import Round
from verite.loop.listen.normalise import Failed
from verite.loop.listen.sources.excel.reader import written
from verite.words.errors import BadInput

AT = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONLY = read_mapping('[columns]\nat = "at"')


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv.gz", gzip.compress(b"", mtime=0), "file_without_rows"),
        ("a.csv", b"a" * 200_000 + b"\nx\n", "file_without_header"),
        ("a.xes", b'<?xml version="1.0" encoding="gbk"?><log><trace/></log>', "bad_xml"),
        ("a.xes", b'<?xml version="1.0" encoding="none"?><log><trace/></log>', "bad_xml"),
    ],
)
def test_whatever_a_file_is_the_error_is_ours(ear, name: str, content: bytes, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        ear.hear(ear.write(content, name))


def test_a_name_that_is_no_text_is_spelled_out(ear) -> None:
    path = Path(os.fsdecode(os.fsencode(ear.folder) + b"/caf\xe9.csv"))
    path.write_text("at;identity\n2024-05-01;u\nsoon;u\n", encoding="utf-8")
    heard = ear.hear(path)
    assert (heard.kept, heard.quarantined) == (1, 1)
    assert ear.rows()[0]["source"] == "caf\\udce9"


@pytest.mark.parametrize("key", ['a"b', "a\\", "", "*", "x/y", "t~"])
def test_any_key_of_a_json_object_is_a_column(ear, key: str) -> None:
    line = json.dumps({"at": "2024-05-01", key: "here"})
    mapping = read_mapping(f'[columns]\nat = "at"\ntouchpoint = {json.dumps(key)}')
    ear.hear(ear.write(line + "\n", "a.jsonl"), mapping=mapping)
    assert ear.rows()[0]["touchpoint"] == "here"


def test_a_plain_segment_in_json_is_a_column(ear) -> None:
    mapping = read_mapping('[columns]\nat = "at"\n"segment.type" = "segment"')
    ear.hear(ear.write('{"at": "2024-05-01", "segment": "pro"}\n', "a.jsonl"), mapping=mapping)
    assert ear.rows()[0]["segment_type"] == "pro"


@pytest.mark.parametrize("name", ["order.csv", "2024-avis.csv", "order.jsonl"])
def test_a_view_may_bear_any_name(ear, name: str) -> None:
    content = '{"when": "2024-05-01"}\n' if name.endswith("jsonl") else "when,b\n2024-05-01,c\n"
    view = name.split(".")[0].replace("-", "_")
    select = ear.write(f'SELECT "when" AS "at" FROM "{view}"', "m.sql")
    assert ear.hear(ear.write(content, name), mapping=select, allow_sql=True).kept == 1


def test_columns_that_differ_by_case_are_apart_in_a_view(ear) -> None:
    select = ear.write('SELECT d AS "at", Note AS motive, note_2 AS step FROM a', "m.sql")
    ear.hear(ear.write("d,Note,note\n2024-05-01,x,y\n"), mapping=select, allow_sql=True)
    assert (ear.rows()[0]["motive"], ear.rows()[0]["step"]) == ("x", "y")


def test_a_replay_loses_no_row_that_says_nothing(ear) -> None:
    import duckdb

    path = ear.folder / "a.parquet"
    rows = "SELECT NULL::VARCHAR AS at, NULL AS kind UNION ALL SELECT '2024-05-01', 'Reclamo'"
    duckdb.sql(f"COPY ({rows}) TO '{path}'")
    assert ear.hear(path).quarantined == 2
    from verite.loop.listen import typed

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(typed.KIND_ALIASES, "reclamo", "complaint")
        again = replay(ear.ledger, at=AT)
    assert (again.kept, again.quarantined, ear.reasons()) == (1, 1, ["missing_time"])


def test_a_line_that_poses_as_a_quarantined_row_is_none(ear) -> None:
    posing = json.dumps({"mapping": 'zone = "Nowhere/X"\n[columns]\nat = "d"', "row": {"d": "1"}})
    assert ear.hear(ear.write(f"at;identity;kind\n{posing}\n")).quarantined == 1
    again = replay(ear.ledger, at=AT)
    assert (again.read, again.kept, again.quarantined) == (1, 0, 1)


def test_a_doubt_about_dates_is_told_in_strict_mode_too(ear) -> None:
    heard = ear.hear(ear.write("at;identity\n03/04/2024;u\n"), strict=True)
    assert "note_day_first_assumed: file=a.csv" in heard.about.notes


def test_long_rows_gather_in_bounded_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "BYTES", 1000)
    failed = Failed(line=1, reason="bad_time", detail=None, raw="x" * 600, identity=None)
    rounds = [Round(table=None, failed=(failed,), share_done=0.5)] * 4
    assert [len(one.failed) for one in merged(rounds)] == [2, 2]


def test_workbooks_keep_every_digit() -> None:
    assert written(timedelta(seconds=1_234_567)) == "1234567"
    assert written(timedelta(seconds=12_345.678)) == "12345.678"
    assert written(1_234_567_890_123_456.0) == "1234567890123456"


def test_two_cells_far_apart_are_refused_before_room_is_made(ear) -> None:
    cells = '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>'
    path = ear.folder / "a.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/worksheets/sheet1.xml", f"<worksheet>{cells}</worksheet>")
    with pytest.raises(BadInput, match="sheet_too_wide"):
        ear.hear(path)
