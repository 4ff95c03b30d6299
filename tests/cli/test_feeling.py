"""`verite feeling` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def verite(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verite", "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli-feeling")
    rows = ["message_id,identity,at,channel,kind,metric,score,scale_min,scale_max"]
    for person in range(150):
        for week in range(20):
            at = f"2026-{1 + week // 4:02d}-{1 + (week % 4) * 7 + person % 7:02d}T09:00:00Z"
            score = (person * 7 + week * week) % 11
            rows.append(f"{person}-{week},user:{person},{at},web,feedback,nps,{score},0,10")
    (folder / "answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert verite(folder / "h", "init").returncode == 0
    assert verite(folder / "h", "listen", str(folder / "answers.csv")).returncode == 0
    return folder / "h"


def test_without_a_model_it_says_what_stands_in(home: Path) -> None:
    done = verite(home, "feeling")
    assert done.returncode == 0
    assert "non étalonné" in done.stdout
    assert json.loads(verite(home, "--json", "feeling").stdout)["model"] is None


def test_a_fit_prints_the_model_with_its_proofs(home: Path) -> None:
    done = verite(home, "--json", "feeling", "--fit", "--outcome", "score", "--days", "14")
    assert done.returncode == 0, done.stderr
    card = json.loads(done.stdout)
    assert {"calibrated", "reason", "model", "fitted_by", "ledger_version", "as_of"} <= set(card)
    assert (card["model"]["outcome"], card["model"]["days"]) == ("score", 14)
    assert len(card["model"]["trial"]["rivals"]) == 3
    told = verite(home, "--lang", "en", "feeling").stdout
    assert "Recency, frequency, money" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--outcome", "luck"), "luck"),
        (("--fit", "--days", "3"), "de 7 à 365"),
        (("--fit",), "Pas assez de recul"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(
    home: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = verite(home, "feeling", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
