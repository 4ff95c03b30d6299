"""`verite export` and `verite erase`."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import verite
from verite.cli.main import run

HEADER = "message_id,identity,at,channel,touchpoint,kind,text"


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        f"m{n},user:u{n},2026-01-05T0{n}:00:00Z,phone,advisor,contact,words-{n}" for n in range(3)
    ]
    file = tmp_path / "rows.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    with verite.create(tmp_path / "home") as home:
        home.listen(file)
    return tmp_path


@pytest.fixture
def call(folder: Path, monkeypatch, capsys) -> Callable[..., Done]:
    """Runs the command in this process, in the folder of the files."""

    def run_command(*words: str, typed: str = "") -> Done:
        monkeypatch.chdir(folder)
        monkeypatch.setattr("sys.argv", ["verite", "--home", str(folder / "home"), *words])
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as end:
            run(lambda *_: None)
        told = capsys.readouterr()
        return Done(returncode=int(end.value.code or 0), stdout=told.out, stderr=told.err)

    return run_command


def test_an_export_is_written_for_its_owner_only(folder: Path, call) -> None:
    done = call("export", "user:u1", "--out", "one.zip")
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "one.zip").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(folder / "one.zip") as archive:
        assert "LISEZ-MOI.txt" in archive.namelist()
    told = json.loads(call("export", "user:u1", "--json").stdout)
    assert told["identities"] == ["user:u1"]
    refused = call("export", "user:u1", "--out", "one.pdf", "--lang", "en")
    assert refused.returncode == 2
    assert "one.pdf" in refused.stderr


def test_erasing_asks_for_a_word_then_prints_a_receipt_that_holds(folder: Path, call) -> None:
    refused = call("erase", "user:u1", typed="oui\n")
    assert refused.returncode == 2
    assert "EFFACER" in refused.stderr
    done = call("erase", "user:u1", typed="EFFACER\n")
    assert done.returncode == 0
    receipt = folder / "receipt.json"
    receipt.write_text(done.stdout, encoding="utf-8")
    assert json.loads(done.stdout)["erased"]["ledger_rows"] == 1
    assert call("erase", "user:u1", "--verify", "receipt.json").returncode == 0
    assert call("erase", "user:u2", "--verify", "receipt.json").returncode == 1
    assert call("erase", "--verify", "rows.csv").returncode == 2
    assert call("erase", "--verify", "nowhere.json").returncode == 2
    gone = call("erase", "user:u1", "--yes", "--lang", "en")
    assert gone.returncode == 2
    assert "user:u1" in gone.stderr


def test_json_has_the_keys_of_the_contract(call) -> None:
    told = json.loads(call("erase", "user:u2", "--yes", "--json").stdout)
    assert set(told["erased"]) >= {"records", "ledger_rows", "files_vacuumed"}
    assert told["receipt"]["signature"]
    assert {"asked", "as_of", "ledger_version", "notes"} <= set(told)
    assert call("erase", "--json").returncode == 2
