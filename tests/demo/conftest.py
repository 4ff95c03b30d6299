"""One year of Clairvoie at full size, in memory and as files in one DuckDB table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

import verite
from verite.demo.files import write_files
from verite.demo.year import Year, live_a_year
from verite.home import Home
from verite.home.demo import make_demo

MADE_AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def year() -> Year:
    return live_a_year(20_000, 1)


@pytest.fixture(scope="session")
def files(year: Year, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write_files(tmp_path_factory.mktemp("clairvoie"), year)


@pytest.fixture(scope="session")
def lived(files: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The full year in one home: nothing but questions is asked of it."""
    with verite.create(tmp_path_factory.mktemp("lived") / "home") as home:
        home.listen(*files)
        yield home


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo home of a thousand customers, to be opened and asked."""
    folder = tmp_path_factory.mktemp("small") / "clairvoie"
    make_demo(folder, people=1000, seed=2, at=MADE_AT)
    return folder


@pytest.fixture(scope="session")
def table(files: tuple[Path, ...]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Every good line of every file, in `interactions`; `local` is Paris wall time."""
    folder = files[0].parent
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            f"""CREATE TABLE interactions AS
            SELECT * REPLACE ("at"::TIMESTAMPTZ AS "at", score::DOUBLE AS score,
                wait_s::DOUBLE AS wait_s, duration_s::DOUBLE AS duration_s,
                menus::INTEGER AS menus),
                "at"::TIMESTAMPTZ AT TIME ZONE 'Europe/Paris' AS local,
                split_part(message_id, '-', 1) AS source
            FROM (SELECT * FROM read_csv('{folder}/*.csv', union_by_name = true,
                                         all_varchar = true, quote = '"', escape = '"')
                  UNION ALL BY NAME
                  SELECT COLUMNS(*)::VARCHAR FROM read_parquet('{folder}/*.parquet',
                                                               union_by_name = true))
            WHERE message_id NOT LIKE 'partner-%'"""
        )
        yield connection
