"""`verite unify`: the keys of the contract, the queue for people, decisions, refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROWS = """message_id,identity,aliases,at,channel
a,user:1,email:family@x.fr,2026-01-01T10:00:00Z,web
b,user:2,email:family@x.fr,2026-01-02T10:00:00Z,web
c,user:3,anon:33,2026-01-03T10:00:00Z,web
"""


def ask(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verite", "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    for arguments in (("init",), ("listen", str(tmp_path / "rows.csv"))):
        assert ask(tmp_path / "h", *arguments).returncode == 0
    return tmp_path / "h"


def document(home: Path, *arguments: str) -> dict:
    told = ask(home, "unify", "--json", *arguments)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_the_document_has_the_keys_of_the_contract_and_decisions_are_added(home: Path) -> None:
    found = document(home)
    assert (found["people"], found["merged"]) == (3, 1)
    (doubt,) = found["review"]
    assert doubt["reason"] == "shared"
    assert set(doubt["identities"]) == {"email:family@x.fr", "user:1", "user:2"}
    after = document(home, "--accept", doubt["id"])
    assert (after["people"], after["review"]) == (2, [])
    assert after["decided"][0]["verdict"] == "accepted"


def test_people_read_the_queue_and_what_a_decision_changed(home: Path) -> None:
    told = ask(home, "unify", "--review").stdout.replace("\xa0", " ")
    assert "1 rapprochement à trancher" in told
    assert "identité partagée" in told
    parted = ask(home, "unify", "--part", "user:3", "anon:33", "--lang", "en").stdout
    assert parted.replace("\xa0", " ").startswith("Undone: 1 link set aside, for good.")


def test_a_wrong_id_is_refused_in_one_sentence(home: Path) -> None:
    told = ask(home, "unify", "--accept", "nothing")
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "nothing" in told.stderr
