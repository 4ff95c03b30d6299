"""Columns read from the ledger's files, in the order of the files: DuckDB in, numpy out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verite.ledger.timeline.lookup import number
from verite.words.columns import SEGMENT_PREFIX

if TYPE_CHECKING:
    import duckdb

ABSENT_TIME = np.iinfo(np.int64).min
_FEW_LABELS = 256
_HELD = 100_000  # as many rows are read once for all their columns


def connect(*, memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that keeps the order of rows and, when asked, a modest memory."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = true")
    connection.execute("SET enable_progress_bar = false")
    # Else what does not fit would be written under the current folder.
    spill = str(Path(tempfile.gettempdir()) / f"verite-duckdb-{os.getpid()}").replace("'", "''")
    connection.execute(f"SET temp_directory = '{spill}'")
    if memory is not None:
        connection.execute(f"SET memory_limit = '{memory}'")
    return connection


class Scan:
    """The parquet files of one ledger version, read column by column."""

    def __init__(self, files: Sequence[str]) -> None:
        self._connection = connect(memory="1GB")
        self.files = tuple(files)
        self._rows: int | None = None
        listed = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
        self._source = (
            f"read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
            if files
            else "(SELECT NULL LIMIT 0)"
        )
        columns = self._connection.sql(f"DESCRIBE SELECT * FROM {self._source}").fetchall()
        self.columns = frozenset(str(row[0]) for row in columns) if files else frozenset()

    def hold(self) -> None:
        """Reads few rows once: opening the files for each column would take longer than reading."""
        if 0 < self.rows() <= _HELD:
            self._connection.execute(f"CREATE TEMP TABLE held AS SELECT * FROM {self._source}")
            self._source = "held"

    def close(self) -> None:
        """Frees what DuckDB holds."""
        self._connection.close()

    @property
    def segments(self) -> tuple[str, ...]:
        """Keys of the segments that the files hold, sorted."""
        size = len(SEGMENT_PREFIX)
        return tuple(sorted(c[size:] for c in self.columns if c.startswith(SEGMENT_PREFIX)))

    def rows(self) -> int:
        """How many rows the files hold together."""
        if self._rows is None:
            question = f"SELECT count(*) FROM {self._source}"
            counted = self._connection.sql(question).fetchall() if self.files else [(0,)]
            self._rows = int(counted[0][0])
        return self._rows

    def integers(self, columns: Sequence[str], absent: int = 0) -> list[NDArray[np.int64]]:
        """BIGINT columns as int64, with `absent` for null."""
        return [
            column.astype(np.int64, copy=False)
            for column in self._fetch([f'COALESCE("{c}", {absent})' for c in columns], np.int64)
        ]

    def numbers(self, column: str, rows: int) -> NDArray[np.float64]:
        """One number per row, NaN for null."""
        if column not in self.columns:
            return np.full(rows, np.nan)
        nan = f"""COALESCE(CAST("{column}" AS DOUBLE), CAST('NaN' AS DOUBLE))"""
        return self._fetch([nan], np.float64)[0]

    def ends(self, rows: int) -> NDArray[np.int64]:
        """`end_us`, the smallest integer for null."""
        if "end_us" not in self.columns:
            return np.full(rows, ABSENT_TIME)
        # DuckDB reads the literal's sign apart from its digits: too large without the cast.
        missing = f"CAST('{ABSENT_TIME}' AS BIGINT)"
        return self._fetch([f"COALESCE(end_us, {missing})"], np.int64)[0]

    def labels(self, column: str) -> tuple[str, ...] | None:
        """The sorted distinct values, or nothing when there are too many for a short list."""
        if column not in self.columns:
            return ()
        found = self._connection.sql(
            f'SELECT DISTINCT "{column}" FROM {self._source} WHERE "{column}" IS NOT NULL '
            f"LIMIT {_FEW_LABELS + 1}"
        ).fetchall()
        return None if len(found) > _FEW_LABELS else tuple(sorted(str(row[0]) for row in found))

    def codes(self, column: str, labels: tuple[str, ...], rows: int) -> NDArray[np.int32]:
        """The place of every value among few labels, -1 for null."""
        if column not in self.columns or not labels:
            return np.full(rows, -1, dtype=np.int32)
        listed = ", ".join("'" + label.replace("'", "''") + "'" for label in labels)
        place = f"""CAST(COALESCE(list_position([{listed}], "{column}"), 0) - 1 AS INTEGER)"""
        return self._fetch([place], np.int32)[0]

    def hashed(
        self, column: str, known: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Codes of a column of many values by their 64-bit hashes, and the hash of every code."""
        hashes = self._fetch(
            [f'CASE WHEN "{column}" IS NULL THEN 0 ELSE hash("{column}") END'], np.uint64
        )[0]
        return number(hashes.view(np.int64), known)

    def labels_by_hash(self, column: str) -> dict[int, str]:
        """The value behind every hash of a column."""
        found = self._connection.sql(
            f'SELECT DISTINCT hash("{column}"), "{column}" FROM {self._source} '
            f'WHERE "{column}" IS NOT NULL'
        ).fetchnumpy()
        keys, values = (np.asarray(found[name]) for name in found)
        return dict(zip(keys.view(np.int64).tolist(), values.tolist(), strict=True))

    def texts(self) -> tuple[NDArray[np.int64], list[bytes]]:
        """Row numbers that bear a text, and the texts in utf-8."""
        rows: list[NDArray[np.int64]] = []
        texts: list[bytes] = []
        offset = 0
        for name in self.files if "text" in self.columns else ():
            literal = name.replace("'", "''")
            found = self._connection.sql(
                f"SELECT file_row_number, text FROM read_parquet('{literal}', "
                "file_row_number = true, hive_partitioning = false) WHERE text IS NOT NULL"
            ).fetchall()
            rows.append(np.array([row[0] for row in found], dtype=np.int64) + offset)
            texts.extend(str(row[1]).encode() for row in found)
            counted = self._connection.sql(f"SELECT count(*) FROM '{literal}'").fetchall()
            offset += int(counted[0][0])
        return (np.concatenate(rows) if rows else np.empty(0, np.int64)), texts

    def _fetch(self, expressions: list[str], dtype: type[np.generic]) -> list[NDArray]:  # type: ignore[type-arg]
        from arro3.core import RecordBatchReader

        chosen = ", ".join(f"{text} AS c{i}" for i, text in enumerate(expressions))
        size = self.rows()
        columns = [np.empty(size, dtype=dtype) for _ in expressions]
        relation = self._connection.sql(f"SELECT {chosen} FROM {self._source}")
        at = 0
        for batch in RecordBatchReader.from_arrow(relation) if size else ():
            for i, column in enumerate(columns):
                column[at : at + batch.num_rows] = batch.column(i).to_numpy()
            at += batch.num_rows
        return columns
