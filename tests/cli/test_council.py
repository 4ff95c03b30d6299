"""`verite council`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import verite
from verite.cli.main import run


@pytest.fixture
def call(tmp_path: Path, monkeypatch, capsys):
    """Runs the command in this process, on a home of its own."""
    verite.create(tmp_path / "home").close()

    def run_command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["verite", "--home", str(tmp_path / "home"), *words])
        with pytest.raises(SystemExit) as end:
            run(lambda *_: None)
        told = capsys.readouterr()
        return int(end.value.code or 0), told.out, told.err

    return run_command


def test_it_is_recorded_told_and_withdrawn(call) -> None:
    days = ("--consulted", "2026-01-05", "--informed", "2026-01-09", "--note", "PV 12")
    assert call("council", "--record", *days)[0] == 0
    told = json.loads(call("council", "--json")[1])
    assert told["agent_figures"] is True
    assert told["records"][0]["note"] == "PV 12"
    assert "fermés" in call("council", "--withdraw")[1]


@pytest.mark.parametrize(
    "days", [(), ("--consulted", "2026-01-05"), ("--consulted", "5/1/26", "--informed", "hier")]
)
def test_a_date_that_is_missing_or_none_is_refused(call, days: tuple[str, ...]) -> None:
    code, _, told = call("council", "--record", *days, "--lang", "en")
    assert code == 2
    assert "Two dates are needed" in told
