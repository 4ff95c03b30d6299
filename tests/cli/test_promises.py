"""`verite promises` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "message_id,identity,at,channel,kind,direction,wait_s,agent,outcome"
TOML = """[[promise]]
key = "open"
fr = "Joignables jour et nuit"
en = "Reachable day and night"
kind = "open"
channels = ["phone"]
target = 90
"""


def verite(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verite", "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """600 calls at noon, answered, and 300 at three in the morning, half of them not."""
    folder = tmp_path_factory.mktemp("cli-promises")
    rows = [HEAD]
    for k in range(900):
        hour = 11 if k < 600 else 2  # UTC: noon and three in Paris, in winter
        gone = hour == 2 and k % 2
        fate = ",abandoned" if gone else "a,resolved"
        at = f"2026-01-{1 + k % 28:02d}T{hour:02d}:{k % 60:02d}:00Z"
        rows.append(f"{k},user:{k},{at},phone,contact,inbound,40,{fate}")
    (folder / "calls.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "promises.toml").write_text(TOML, encoding="utf-8")
    assert verite(folder / "h", "init").returncode == 0
    assert verite(folder / "h", "listen", str(folder / "calls.csv")).returncode == 0
    done = verite(folder / "h", "promises", "--set", str(folder / "promises.toml"))
    assert done.returncode == 0, done.stderr
    return folder / "h"


def test_a_person_reads_a_sentence_and_a_line_for_each_promise(home: Path) -> None:
    french = verite(home, "promises").stdout
    assert "Joignables jour et nuit" in french
    assert "n’est pas tenue" in french
    assert "de 3" in french
    english = verite(home, "--lang", "en", "promises").stdout
    assert "is not kept" in english
    assert "not kept" in english.splitlines()[-1]


def test_the_document_tells_every_hour_its_interval_and_its_n(home: Path) -> None:
    told = json.loads(verite(home, "promises", "--json").stdout)
    (row,) = told["rows"]
    figures = {"promise", "name", "value", "low", "high", "n", "target", "standing", "counts"}
    assert set(row) >= figures | {"hours", "weekdays", "channels", "slots", "worst", "alarm"}
    hours = {hour["hour"]: hour for hour in row["hours"]}
    assert (hours["03"]["standing"], hours["12"]["standing"]) == ("broken", "kept")
    assert (hours["03"]["n"], hours["03"]["value"]) == (300, 50.0)
    assert [hour["hour"] for hour in row["worst"]] == ["03"]
    assert row["counts"]["judged"] == row["n"] == 900


def test_a_file_that_makes_no_sense_is_one_sentence_and_changes_nothing(
    home: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(TOML.replace("phone", "pigeon"), encoding="utf-8")
    done = verite(home, "--lang", "en", "promises", "--set", str(wrong))
    assert (done.returncode, done.stdout) == (2, "")
    assert "pigeon" in done.stderr
    assert done.stderr.count("\n") == 1
    assert json.loads(verite(home, "promises", "--json").stdout)["rows"][0]["version"] == 1


def test_without_a_promise_it_says_so(tmp_path: Path) -> None:
    verite(tmp_path / "h", "init")
    done = verite(tmp_path / "h", "--lang", "en", "promises")
    assert (done.returncode, "No promise" in done.stdout) == (0, True)
