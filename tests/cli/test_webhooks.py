"""`verite alerts` and `verite webhooks`: the same questions as the pages, from a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest


def ask(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verite", "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def home(tmp_path: Path, sink) -> Path:
    """A home where somebody has waited for 35 minutes, and that may call the sink."""
    import verite

    folder = tmp_path / "h"
    at = (datetime.now(UTC) - timedelta(minutes=35)).isoformat()
    (tmp_path / "chats.csv").write_text(
        "message_id,identity,at,channel,kind,direction,case_id,wait_s\n"
        f"m1,user:ada,{at},chat,contact,inbound,D-1,2400\n",
        encoding="utf-8",
    )
    verite.create(folder).close()
    with (folder / "verite.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[outgoing]\nallow = ["127.0.0.1:{sink.port}"]\n')
    with verite.open(folder) as opened:
        opened.listen(tmp_path / "chats.csv")
    return folder


def test_alerts_are_told_in_words_and_as_a_document(home: Path) -> None:
    assert "Longue attente" in ask(home, "alerts").stdout
    told = json.loads(ask(home, "alerts", "--json").stdout)
    assert [(one["reason"], one["state"]) for one in told["alerts"]] == [("long_wait", "open")]
    assert told["contacts"] == 1


def test_a_target_is_named_tried_told_and_dropped(home: Path, sink) -> None:
    done = ask(home, "webhooks", "--add", "desk", sink.url, "--try", "desk", "--json")
    told = json.loads(done.stdout)
    assert told["secret"].startswith("whsec_")
    assert {one["kind"] for one in told["deliveries"]} == {"test", "alert.raised"}
    assert {one["state"] for one in told["deliveries"]} == {"sent"}
    assert len(sink.heard) == 2
    words = ask(home, "webhooks", "--lang", "en").stdout
    assert "trial" in words
    assert "alert.raised" not in words
    unsure = ask(home, "webhooks", "--drop", "desk", "--lang", "en")
    assert (unsure.returncode, "--yes" in unsure.stderr) == (2, True)
    dropped = ask(home, "webhooks", "--drop", "desk", "--yes", "--lang", "en").stdout
    assert "Nobody is told" in dropped
    assert "whsec_" not in dropped


def test_what_cannot_be_called_is_one_sentence(home: Path) -> None:
    wrong = ask(home, "webhooks", "--add", "desk", "http://10.0.0.1/", "--lang", "en")
    assert wrong.returncode == 2
    assert "not https" in wrong.stderr
    assert ask(home, "webhooks", "--try", "nobody").returncode == 2
