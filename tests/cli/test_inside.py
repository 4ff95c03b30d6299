"""`verite items`, `values`, `answers`, and `listen --inside` on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import verite
from verite.cli.main import run


@pytest.fixture
def call(tmp_path: Path, monkeypatch, capsys):
    """Runs the command in this process, on a home that declares a value."""
    verite.create(tmp_path / "home").close()
    with (tmp_path / "home" / "verite.toml").open("a", encoding="utf-8") as file:
        file.write('\n[values.names]\nclarity = { fr = "Clarté", en = "Clarity" }\n')

    def run_command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["verite", "--home", str(tmp_path / "home"), *words])
        with pytest.raises(SystemExit) as end:
            run(lambda *_: None)
        told = capsys.readouterr()
        return int(end.value.code or 0), told.out, told.err

    return run_command


def test_items_are_listed_and_written_for_a_survey_tool(call, tmp_path: Path) -> None:
    told = json.loads(call("items", "--json")[1])
    assert told["items"][-1]["column"] == "value_clarity"
    assert "Clarity" in told["items"][-1]["text_en"]
    file = tmp_path / "items.csv"
    assert call("items", "--format", "csv", "--output", str(file), "--lang", "en")[0] == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert [row["column"] for row in rows] == [one["column"] for one in told["items"]]
    book = tmp_path / "items.xlsx"
    call("items", "--format", "excel", "--output", str(book))
    assert book.read_bytes()[:2] == b"PK"
    assert "staff_skill" in call("items")[1]
    code, _, error = call("items", "--format", "word")
    assert code == 2
    assert "word" in error


def test_staff_are_heard_inside_and_told_by_team(call, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    rows = [f"2026-05-04,m{n},{'nord,5' if n % 2 else 'sud,2'}" for n in range(80)]
    file.write_text("\n".join(["at,identity,team,value_clarity", *rows]) + "\n")
    code, _, error = call("listen", str(file))
    assert (code, "--inside" in error) == (2, True)
    assert call("listen", str(file), "--inside")[0] == 0
    assert "équipe sud" in call("values")[1]
    told = json.loads(call("values", "--json")[1])
    assert told["values"][0]["known_by_all"] == "not_known"
    assert [row["group"] for row in told["rows"]] == [None, "nord", "sud"]
    assert json.loads(call("status", "--json")[1])["people"] == 0


def test_answers_are_told_with_their_contacts(call, tmp_path: Path) -> None:
    file = tmp_path / "check.csv"
    file.write_text("at,channel,question,answer,text\n" + "".join(
        f"2026-05-04,{channel},returns,{'no' if channel == 'chat' else 'yes'},Mot\n"
        for channel in ("chat", "phone", "email") for _ in range(10)))  # fmt: skip
    call("listen", str(file), "--inside")
    assert "returns" in call("answers")[1]
    assert json.loads(call("answers", "--json")[1])["questions"][0]["apart"] == "chat"
    assert call("answers", "--question", "returns")[1].count("Mot") == 30
    assert call("answers", "--question", "never")[0] == 2
