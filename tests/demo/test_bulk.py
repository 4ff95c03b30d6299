"""The bench file: as many rows as asked, the same bytes for the same seed, every code a word."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from verite.demo import bulk as make


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("bulk") / "bulk.csv", rows=60_000, people=3_000, seed=4)


def test_rows_and_people_are_as_asked(file: Path) -> None:
    found = duckdb.sql(
        f"""SELECT count(*), count(DISTINCT identity), count(DISTINCT message_id)
        FROM read_csv('{file}')"""
    ).fetchall()
    assert found == [(60_000, 3_000, 60_000)]


def test_no_code_is_left_without_its_word(file: Path) -> None:
    missing = duckdb.sql(
        f"""SELECT count(*) FROM read_csv('{file}') WHERE touchpoint IS NULL OR channel IS NULL
        OR kind IS NULL OR (metric IS NOT NULL AND (score IS NULL OR polarity IS NULL))"""
    ).fetchall()
    assert missing == [(0,)]


def test_a_row_weighs_less_than_160_bytes(file: Path) -> None:
    assert file.stat().st_size / 60_000 < 160


def test_the_same_seed_writes_the_same_bytes(file: Path, tmp_path: Path) -> None:
    again = make(tmp_path / "again.csv", rows=60_000, people=3_000, seed=4)
    assert again.read_bytes() == file.read_bytes()
