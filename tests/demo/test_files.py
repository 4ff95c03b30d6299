"""The files: the same seed writes the same bytes; readable; a handful of lines planted bad."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from verite.demo import PLANTED, demo_targets, generate
from verite.demo.faulty import FAULTS
from verite.demo.vocabulary import VALUES
from verite.words.columns import RECEIVED
from verite.words.interaction import Direction, Kind, Outcome, Polarity


def fingerprint(files: tuple[Path, ...]) -> list[str]:
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first = fingerprint(generate(tmp_path / "a", people=600, seed=5))
    assert fingerprint(generate(tmp_path / "b", people=600, seed=5)) == first
    assert fingerprint(generate(tmp_path / "c", people=600, seed=6)) != first


def test_there_is_one_file_for_each_source(files: tuple[Path, ...]) -> None:
    assert [file.stem for file in files] == list(VALUES["source"])
    assert {file.suffix for file in files} == {".csv", ".parquet"}


def test_the_smallest_company_works(tmp_path: Path) -> None:
    assert len(generate(tmp_path, people=40, seed=2)) == len(VALUES["source"])


def test_columns_are_those_of_the_interaction_table(files: tuple[Path, ...]) -> None:
    known = set(RECEIVED) - {"ts_us", "end_us", "properties"} | {"at", "ended_at"}
    for file in files:
        if file.suffix == ".csv":
            with file.open(encoding="utf-8", newline="") as lines:
                header = next(csv.reader(lines))
            assert {name for name in header if not name.startswith("segment.")} <= known


def test_coded_values_are_words_of_the_house() -> None:
    assert set(VALUES["kind"]) == set(Kind)
    assert set(VALUES["direction"]) == set(Direction)
    assert set(VALUES["outcome"]) == set(Outcome)
    assert set(VALUES["polarity"]) == set(Polarity)


def test_the_bad_lines_are_counted(files: tuple[Path, ...]) -> None:
    reviews = next(file for file in files if file.stem == "reviews")
    with reviews.open(encoding="utf-8", newline="") as lines:
        partner = [row for row in csv.DictReader(lines) if row["message_id"].startswith("partner-")]
    assert len(partner) == PLANTED.bad_lines == sum(times for _, times in FAULTS)
    assert sum(float(row["score"]) > 5 for row in partner) == 12


def test_aliases_are_lists(files: tuple[Path, ...]) -> None:
    shops = next(file for file in files if file.stem == "shops")
    with shops.open(encoding="utf-8", newline="") as lines:
        lists = [json.loads(row["aliases"]) for row in csv.DictReader(lines) if row["aliases"]]
    assert lists
    assert all(key.split(":", 1)[0] in VALUES["identity"] for keys in lists for key in keys)


def test_targets_are_shipped() -> None:
    targets = demo_targets()
    assert len(targets) >= 8
    assert {"bounce", "resolution", "csat", "nps"} <= {target.metric for target in targets}
    known = set(VALUES["touchpoint"]) | {None}
    assert {target.touchpoint for target in targets} <= known


@pytest.mark.parametrize("name", ["PLANTED", "bulk", "demo_targets", "generate"])
def test_the_public_names_are_there(name: str) -> None:
    import verite.demo

    assert hasattr(verite.demo, name)
