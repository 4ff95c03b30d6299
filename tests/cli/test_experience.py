"""`verite experience` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = (
    "message_id,identity,at,channel,touchpoint,kind,outcome,metric,score,scale_min,scale_max,motive"
)
QUESTIONS = {
    "dissonance", "kept", "cost", "makes_up", "service", "strengths", "appreciated",
    "word_of_mouth",
}  # fmt: skip


def verite(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verite", "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def make(folder: Path, people: int) -> Path:
    """Customers with a contact, good or bad, who feel appreciated or not; no loss is told."""
    rows = [HEAD]
    for k in range(people):
        who, bad = f"user:{k}", k % 3 == 0
        given = 9 if k % 2 else 4
        rows += [
            f"a{k},{who},2026-01-05T09:00:00Z,web,order,purchase,done,,,,,",
            f"b{k},{who},2026-02-05T09:00:00Z,phone,help,contact,"
            f"{'unresolved' if bad else 'resolved'},,,,,",
            f"c{k},{who},2026-02-07T09:00:00Z,email,,feedback,,appreciated,{given},0,10,",
            f"d{k},{who},2026-03-05T09:00:00Z,email,,feedback,,nps,{given},0,10,",
        ]
    folder.mkdir(parents=True)
    (folder / "year.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert verite(folder / "h", "init").returncode == 0
    assert verite(folder / "h", "listen", str(folder / "year.csv")).returncode == 0
    return folder / "h"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("cli-experience") / "many", 120)


def test_the_document_holds_every_question_with_its_method(home: Path) -> None:
    told = json.loads(verite(home, "experience", "--json").stdout)
    assert set(told) >= QUESTIONS | {"asked", "as_of", "ledger_version", "notes"}
    figures = [one for name in QUESTIONS for one in told[name]["figures"]]
    assert figures
    assert all(one["method"] and one["rung"] and one["n"] for one in figures)


def test_one_question_is_asked_by_its_name(home: Path) -> None:
    told = json.loads(verite(home, "experience", "appreciated", "--json").stdout)
    assert not QUESTIONS & set(told) - {"appreciated"}
    link = next(one for one in told["appreciated"]["figures"] if one["figure"] == "nps")
    # 9 goes with 100 and 4 with −100: 200 points for half of the scale, 40 for a tenth.
    assert link["value"] == pytest.approx(40.0)


def test_without_losses_it_says_what_to_import(home: Path) -> None:
    for lang, words in (("fr", "importez les résiliations"), ("en", "import terminations")):
        said = verite(home, "experience", "kept", "--lang", lang)
        assert words in said.stdout.replace("’", "'")


def test_an_unknown_question_is_refused_with_those_that_are_known(home: Path) -> None:
    found = verite(home, "experience", "weather")
    assert found.returncode == 2
    assert "dissonance" in found.stderr


def test_under_thirty_people_it_is_refused(tmp_path: Path) -> None:
    found = verite(make(tmp_path / "few", 12), "experience", "--lang", "en")
    assert found.returncode != 0
    assert "Too few customers" in found.stderr
