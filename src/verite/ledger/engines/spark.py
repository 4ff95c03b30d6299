"""The cluster's SQL engine: the same portable texts through Spark Connect (Spark or Sail)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.ledger.engines.sql import Row, SqlEngine

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class SparkEngine(SqlEngine):
    """Every question in SQL over files that the cluster can read.

    `people` names a parquet file of (identity_key, person) that the cluster can read too.
    """

    def __init__(
        self, session: SparkSession, files: tuple[str, ...], people: str, *, zone: str = "UTC"
    ) -> None:
        super().__init__(zone=zone)
        self._session = session
        rows = session.read.option("mergeSchema", "true").parquet(*files)
        self._columns = frozenset(rows.columns)
        rows.createOrReplaceTempView("interactions")
        session.read.parquet(people).createOrReplaceTempView("people")

    def run(self, text: str) -> list[Row]:
        """The rows of a query."""
        return [tuple(row) for row in self._session.sql(text).collect()]

    def columns(self) -> frozenset[str]:
        """The columns of `interactions`."""
        return self._columns
