"""Small ledgers as parquet files, and every engine over them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pytest

from verite.ledger.engines.duckdb import DuckDbEngine
from verite.ledger.engines.kernels import Kernels
from verite.ledger.port import OrderedEngine
from verite.ledger.timeline.build import Sources, build
from verite.ledger.timeline.timeline import Timeline
from verite.words.columns import KEPT

Row = dict[str, object]


@dataclass(frozen=True)
class SmallLedger:
    """Files of rows and who is whom (identity key → person)."""

    folder: Path
    files: tuple[str, ...]
    people: dict[int, int]

    def people_arrays(self) -> tuple[np.ndarray, np.ndarray]:
        keys = np.array(sorted(self.people), dtype=np.int64)
        return keys, np.array([self.people[int(key)] for key in keys], dtype=np.int64)

    def sources(self, *, ledger_version: int = 0, people_version: int = 0) -> Sources:
        keys, persons = self.people_arrays()
        return Sources(
            files=self.files,
            identity_keys=keys,
            persons=persons,
            ledger_version=ledger_version,
            people_version=people_version,
        )

    def timeline(self, *, zone: str = "UTC") -> Timeline:
        return Timeline(build(self.sources(), self.folder / "timeline"), zone=zone)

    def engine(self, name: str, *, zone: str = "UTC") -> OrderedEngine:
        if name == "kernels":
            return Kernels(self.timeline(zone=zone))
        return DuckDbEngine(self.files, self.people_arrays(), zone=zone)


def write_rows(path: Path, rows: Sequence[Row]) -> str:
    """One ledger file; columns not given are null. Segments ride as extra columns."""
    extra = sorted({name for row in rows for name in row} - set(KEPT))
    types = {**KEPT, **dict.fromkeys(extra, "VARCHAR")}
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE t (" + ", ".join(f'"{n}" {kind}' for n, kind in types.items()) + ")"
        )
        marks = ", ".join("?" for _ in types)
        if rows:
            connection.executemany(
                f"INSERT INTO t VALUES ({marks})", [[row.get(n) for n in types] for row in rows]
            )
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return str(path)


@pytest.fixture(scope="session")
def make_ledger(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., SmallLedger]:
    """A ledger of rows cut into some files, with people links."""

    def make(
        rows: Sequence[Row], people: dict[int, int] | None = None, files: int = 2
    ) -> SmallLedger:
        folder = tmp_path_factory.mktemp("ledger")
        cuts = [rows[i::files] for i in range(files)]
        names = tuple(write_rows(folder / f"{i}.parquet", part) for i, part in enumerate(cuts))
        keys = {int(str(row["identity_key"])) for row in rows}
        return SmallLedger(folder, names, {**{key: key for key in keys}, **(people or {})})

    return make


@pytest.fixture(scope="session")
def sail() -> Iterator[object]:
    """A Spark session of a Sail server on loopback, in this process."""
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ.setdefault("SPARK_HOME", "/")  # the client alone ships no Spark to find
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    session = SparkSession.builder.remote(
        f"sc://127.0.0.1:{server.listening_address[1]}"
    ).getOrCreate()
    yield session
    # The session first: it would wait for a stopped server.
    session.stop()
    server.stop()
