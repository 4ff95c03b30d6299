"""`verite customer` and `verite effort`: the keys of the contract, and words for people."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

STORY = {"said", "tried", "waiting", "preferred_channel", "summary"}
EFFORT = {"contacts", "wait_s", "agents_reached", "agents_never_reached", "transfers",
          "failed_transfers", "retold", "redone_steps", "channel_switches", "menus", "abandoned",
          "resolved"}  # fmt: skip
FEELING = {"value", "low", "high", "calibrated", "worst", "best", "last"}
ROWS = """message_id,identity,at,channel,touchpoint,kind,case_id,motive,agent,team,wait_s,outcome
a,user:zoe,2026-02-01T09:00:00Z,chat,chat,contact,1,net,ann,red,1200,abandoned
b,user:zoe,2026-02-01T10:00:00Z,phone,hotline,contact,1,net,bob,blue,900,unresolved
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "calls.csv").write_text(ROWS, encoding="utf-8")
    for arguments in (("init",), ("listen", str(folder / "calls.csv"))):
        assert ask(folder / "h", *arguments).returncode == 0
    return folder / "h"


def ask(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verite", "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_a_customer_is_one_document_in_the_keys_of_the_contract(home: Path) -> None:
    told = json.loads(ask(home, "customer", "user:zoe", "--json").stdout)
    assert {"person", "identities", "timeline", "story", "effort", "feeling"} <= set(told)
    assert set(told["story"]) >= STORY
    assert set(told["effort"]) >= EFFORT
    assert set(told["feeling"]) >= FEELING
    assert (told["effort"]["retold"], told["effort"]["wait_s"]) == (1, 2100.0)
    assert json.loads(ask(home, "customer", told["person"], "--json").stdout) == told


def test_a_customer_is_a_sentence_and_a_card_for_people(home: Path) -> None:
    told = ask(home, "customer", "zoe").stdout.replace("\xa0", " ").replace("\u202f", " ")
    assert told.startswith("Net depuis le 1er févr., 10 h 00, non résolu : 2 contacts, 35 min")
    assert "Choisit surtout : Téléphone (1 contact)" in told
    assert "histoire redite, change de canal, contact répété" in told


def test_nobody_is_refused_in_one_sentence(home: Path) -> None:
    done = ask(home, "customer", "nobody@example.org")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "nobody@example.org" in done.stderr


def test_a_case_that_is_not_theirs_is_refused_in_one_sentence(home: Path) -> None:
    done = ask(home, "customer", "user:zoe", "--case", "NOPE")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "NOPE" in done.stderr


def test_effort_is_one_document_that_hides_what_is_few(home: Path) -> None:
    told = json.loads(ask(home, "effort", "--by", "team", "--json").stdout)
    assert {"rows", "happened", "channel_switches", "cost_per_minute", "currency"} <= set(told)
    assert told["channel_switches"] == [
        {"from": "chat", "to": "phone", "count": None, "by_customer": None}
    ]
    assert {"loss": "all", "by": {}, "status": "hidden"}.items() <= told["rows"][0].items()
