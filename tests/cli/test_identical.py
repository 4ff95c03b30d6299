"""`verite identical` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "message_id,identity,at,channel,touchpoint,team,kind,motive,metric,score,scale_min,scale_max"
CHANNELS = ("phone", "chat", "email", "store", "social")
# The contract of `verite identical --json`.
KEYS = {
    "index", "low", "high", "delta", "sigma_between", "gap", "shares", "on_target_share", "cells",
    "promise", "asked", "as_of", "ledger_version", "notes",
}  # fmt: skip


def verite(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verite", "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """500 answers, those of the chat one point lower."""
    folder = tmp_path_factory.mktemp("cli-identical")
    rows = [HEAD]
    for k in range(500):
        channel = CHANNELS[k % 5]
        score = 3 + (k * 7919 % 31) % 3 - (channel == "chat")
        at = f"2026-03-{1 + k % 28:02d}T09:00:00Z"
        rows.append(
            f"{k},user:{k},{at},{channel},{channel}_desk,team-{k % 10},feedback,"
            f"{'outage' if k % 3 else 'invoice'},csat,{score},1,5"
        )
    (folder / "answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert verite(folder / "h", "init").returncode == 0
    assert verite(folder / "h", "listen", str(folder / "answers.csv")).returncode == 0
    return folder / "h"


def test_the_document_bears_the_keys_of_the_contract(home: Path) -> None:
    done = verite(home, "identical", "--metric", "csat", "--over", "channel,week", "--json")
    told = json.loads(done.stdout)
    assert set(told) >= KEYS
    assert all(set(share) >= {"dimension", "share", "units"} for share in told["shares"])
    cells = {cell["value"]: cell for cell in told["cells"] if cell["dimension"] == "channel"}
    assert set(cells["chat"]) >= {"effect", "low", "high", "n", "verdict", "on_target"}
    assert cells["chat"]["verdict"] == "different"
    assert told["delta"] == 0.25


def test_a_person_reads_a_sentence_a_table_and_notes(home: Path) -> None:
    french = verite(home, "identical", "--metric", "csat", "--over", "channel").stdout
    assert "Deux clients comparables" in french
    assert "Indice propre à Vérité" in french
    english = verite(home, "--lang", "en", "identical", "--metric", "csat", "--over", "channel")
    assert "Two comparable customers" in english.stdout
    assert "different" in english.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--metric", "csat", "--over", "colour"), "ne se compare pas ici"),
        (("--metric", "csat", "--over", "agent"), "CSE"),
        (("--metric", "bounce"), "n’est ni une note donnée par un client ni une durée"),
    ],
)
def test_a_wrong_question_is_refused_in_one_sentence(
    home: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = verite(home, "identical", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
