"""The embedded SQL engine: portable texts over the ledger's files by DuckDB."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verite.ledger.engines.questions import SEPARATOR
from verite.ledger.engines.sql import Row, SqlEngine
from verite.ledger.timeline.scan import connect


class DuckDbEngine(SqlEngine):
    """Every question in SQL over parquet files and a table of people."""

    joined = f"STRING_AGG(label, '{SEPARATOR}' ORDER BY place)"

    def __init__(
        self,
        files: tuple[str, ...],
        people: tuple[NDArray[np.int64], NDArray[np.int64]],
        *,
        zone: str = "UTC",
    ) -> None:
        super().__init__(zone=zone)
        self._connection = connect()
        listed = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
        self._connection.execute(
            "CREATE VIEW interactions AS SELECT * FROM "
            f"read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
        )
        linked = {"identity_key": people[0], "person": people[1]}  # DuckDB reads it by its name
        self._connection.execute("CREATE TABLE people AS SELECT * FROM linked")
        del linked

    def run(self, text: str) -> list[Row]:
        """The rows of a query."""
        return list(self._connection.execute(text).fetchall())

    def columns(self) -> frozenset[str]:
        """The columns of `interactions`."""
        found = self._connection.execute("DESCRIBE interactions").fetchall()
        return frozenset(str(row[0]) for row in found)

    def close(self) -> None:
        """Frees what DuckDB holds."""
        self._connection.close()
