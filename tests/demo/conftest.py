"""One year of Clairvoie at full size, in memory and as files in one DuckDB table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from verite.demo.files import write_files
from verite.demo.year import Year, live_a_year


@pytest.fixture(scope="session")
def year() -> Year:
    return live_a_year(20_000, 1)


@pytest.fixture(scope="session")
def files(year: Year, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write_files(tmp_path_factory.mktemp("clairvoie"), year)


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
