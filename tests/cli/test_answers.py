"""The JSON of the commands has the keys of the contract."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ALWAYS = {"asked", "as_of", "ledger_version", "notes"}


def verite(home: Path, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "verite", "--home", str(home), "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    file = folder / "visits.csv"
    rows = ["message_id,identity,at,channel,touchpoint,kind,metric,score,scale_min,scale_max"]
    for n in range(60):
        rows.append(f"a{n},user:{n},2026-02-{1 + n % 28:02d}T09:00:00Z,web,site,visit,,,,")
        rows.append(f"b{n},user:{n},2026-02-{1 + n % 28:02d}T10:00:00Z,chat,chat,contact,,,,")
        rows.append(
            f"c{n},user:{n},2026-02-{1 + n % 28:02d}T11:00:00Z,chat,chat,feedback,nps,{n % 11},0,10"
        )
    rows.append("d1,user:1,2026-02-01T09:00:00Z,web,site,visit,nps,99,0,10")
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert verite(folder / "h", "init")["home"] == str(folder / "h")
    heard = verite(folder / "h", "listen", str(file))
    keys = {"read", "kept", "duplicates", "quarantined", "sources", "quarantine"}
    assert keys | ALWAYS <= set(heard)
    assert heard["read"] == heard["kept"] + heard["duplicates"] + heard["quarantined"] == 181
    assert heard["quarantine"][0]["reason"] == "score_outside_scale"
    assert heard["quarantine"][0]["line"] == 182
    return folder / "h"


def test_status_says_what_is_here(home: Path) -> None:
    status = verite(home, "status")
    keys = {"interactions", "people", "identities", "period", "channels", "touchpoints"}
    assert keys | {"quarantined", "inbox"} | ALWAYS <= set(status)
    assert (status["interactions"], status["people"], status["quarantined"]) == (180, 60, 1)


def test_map_gives_nodes_edges_and_variants(home: Path) -> None:
    lived = verite(home, "map", "--case", "person", "--top", "5")
    node = {"touchpoint", "count", "people", "entries", "exits", "rework", "median_stay_s"}
    assert node <= set(lived["nodes"][0])
    assert {"from", "to", "count", "median_gap_s", "p90_gap_s"} <= set(lived["edges"][0])
    assert lived["variants"][0] == lived["variants"][0] | {
        "path": ["site", "chat", "chat"],
        "count": 60,
        "share": 1.0,
    }


def test_map_against_a_design_adds_fitness_and_deviations(home: Path) -> None:
    conform = verite(home, "map", "--design", "service")
    assert {"nodes", "fitness", "fitting_cases", "deviations"} <= set(conform)


def test_measure_rows_carry_their_doubt(home: Path) -> None:
    rows = verite(home, "measure", "nps", "--by", "channel")["rows"]
    keys = {"metric", "by", "value", "low", "high", "level", "n", "people", "unit"}
    assert all(keys | {"better", "status", "method"} <= set(row) for row in rows)
    assert rows[0]["by"] == {}
    assert rows[0]["n"] == 60
    assert rows[0]["low"] < rows[0]["value"] < rows[0]["high"]


def test_targets_are_set_from_a_file(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "targets.toml"
    file.write_text('[[target]]\nmetric = "nps"\ntarget = 30\n', encoding="utf-8")
    rows = verite(home, "targets", "--set", str(file))["rows"]
    keys = {"touchpoint", "metric", "now", "target", "gap", "better", "trend", "status"}
    assert keys <= set(rows[0])
    assert rows[0]["target"] == 30


def test_a_picture_is_written_as_svg(home: Path, tmp_path: Path) -> None:
    verite(home, "picture", "transitions", "--out", str(tmp_path / "t.svg"))
    assert (tmp_path / "t.svg").read_text(encoding="utf-8").startswith("<svg")


def test_the_quarantine_is_replayed(home: Path) -> None:
    again = verite(home, "listen", "--replay")
    assert again["read"] == 1
    assert again["quarantined"] == 1
