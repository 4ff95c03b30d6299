"""The timeline: order, columns, extension."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.ledger.timeline.rows import (
    START,
    Draw,
    Row,
    Write,
    expected_order,
    read_back,
    sources,
    without_keys,
)

from verite.ledger.timeline.build import build
from verite.ledger.timeline.timeline import Timeline


def test_rows_come_back_sorted_by_person_time_and_id(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    rows = draw_rows(500, 1)
    files = [write_rows(tmp_path / f"{i}.parquet", rows[i::3]) for i in range(3)]
    linked = {8 * 1_000_003: 1_000_003, 1_000_003: 1_000_003}
    line = Timeline(build(sources(files, linked=linked), tmp_path / "t"))

    def person(row: Row) -> int:
        key = int(str(row["identity_key"]))
        return linked.get(key, key)

    held = expected_order(rows, person)
    assert read_back(line) == without_keys(held)
    assert line.persons.tolist() == sorted({person(row) for row in rows})
    assert [int(line.persons[p]) for p in line.person_index()] == [person(row) for row in held]


def test_a_timeline_extended_by_new_files_equals_one_built_whole(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    old, new = draw_rows(400, 2), draw_rows(150, 3)
    first = write_rows(tmp_path / "0.parquet", old)
    second = write_rows(tmp_path / "1.parquet", new)
    before = Timeline(build(sources([first]), tmp_path / "t"))
    read_back(before)  # makes every lazy column
    # A ledger may list its newest files first.
    extended = build(sources([second, first], version=1), tmp_path / "t")
    assert (extended / "code.channel.npy").exists(), "columns in use are carried over"
    whole = build(sources([first, second], version=1), tmp_path / "u")
    assert read_back(Timeline(extended)) == read_back(Timeline(whole))
    for name in ("starts", "persons", "row"):
        held = np.load(whole / f"{name}.npy")
        assert np.array_equal(np.load(extended / f"{name}.npy"), held), name


def test_long_runs_are_sorted_too(tmp_path: Path, write_rows: Write) -> None:
    random = np.random.default_rng(8)
    rows: list[Row] = [
        {
            "identity_key": 1 if i < 900 else 2,
            "ts_us": START + int(random.integers(0, 5)),
            "id_hi": int(random.integers(0, 3)),
            "id_lo": i,
        }
        for i in random.permutation(1000).tolist()
    ]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    held = expected_order(rows, lambda row: int(str(row["identity_key"])))
    assert line.id_lo.tolist() == [row["id_lo"] for row in held]


def test_texts_and_labels_asked_for_once_are_carried_over(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    first = write_rows(tmp_path / "0.parquet", draw_rows(2000, 2))
    second = write_rows(tmp_path / "1.parquet", draw_rows(150, 3))
    read_back(Timeline(build(sources([first]), tmp_path / "t")))
    extended = build(sources([first, second], version=1), tmp_path / "t")
    whole = Timeline(build(sources([first, second], version=1), tmp_path / "u"))
    expected = read_back(whole)
    Path(first).unlink()  # what is known already is not read again
    assert read_back(Timeline(extended)) == expected


@pytest.mark.parametrize("more", [0, 150])
def test_people_who_merge_or_part_move_without_a_build(
    tmp_path: Path, write_rows: Write, draw_rows: Draw, more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [write_rows(tmp_path / "0.parquet", draw_rows(400, 2))]
    one, other, third = 1_000_003, 2 * 1_000_003, 8 * 1_000_003
    before = sources(files, linked={one: one, other: one})
    read_back(Timeline(build(before, tmp_path / "t")))
    if more:
        files.append(write_rows(tmp_path / "1.parquet", draw_rows(more, 3)))
    linked = {one: one, other: other, third: one}  # one parted, one joined
    now = replace(sources(files, version=1, linked=linked), people_version=1)
    whole = Timeline(build(now, tmp_path / "u"))
    monkeypatch.setattr("verite.ledger.timeline.build._build_whole", None)
    moved = Timeline(build(now, tmp_path / "t"))
    assert read_back(moved) == read_back(whole)
    assert moved.persons.tolist() == whole.persons.tolist()
    assert moved.starts.tolist() == whole.starts.tolist()
