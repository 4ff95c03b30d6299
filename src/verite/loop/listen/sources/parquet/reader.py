"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verite.loop.listen.files import Source, engine_path
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.sheet import Sheet, Writing, column_names, tidy_cell
from verite.loop.listen.sql import first_row, open_desk
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS = 300_000
NESTED = ("segment", "segments", "properties")


class ParquetReader:
    """One Parquet file; fields of `segment` and `properties` structs are columns of their own."""

    natural: Mapping | None = None

    def __init__(self, source: Source, told: Writing) -> None:
        import duckdb

        self.source = source
        self.writing = Writing(decimal=".")
        try:
            with open_desk() as desk, engine_path(source.path) as path:
                described = desk.execute(
                    f"DESCRIBE SELECT * FROM read_parquet('{path}')"
                ).fetchall()
                query = f"SELECT count(*) FROM read_parquet('{path}')"
                self._rows = int(first_row(desk, query)[0])
        except duckdb.Error as error:
            raise BadInput("file_damaged", fields={"file": source.name}) from error
        cells = dict(_cells((name, kind) for name, kind, *_ in described))
        self.columns = tuple(cells)
        self._cells = list(cells.values())

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Sheets of some hundred thousand rows."""
        import duckdb

        size = ROWS if at_most is None else at_most
        try:
            with engine_path(self.source.path) as path:
                for number, first in enumerate(range(0, self._rows, size)):
                    yield self._sheet(desk, path, (first, first + size), f"sheet_{number % 2}")
        except duckdb.Error as error:
            raise BadInput("file_damaged", fields={"file": self.source.name}) from error

    def _sheet(
        self, desk: DuckDBPyConnection, path: str, bounds: tuple[int, int], table: str
    ) -> Sheet:
        first, end = bounds
        chosen = ", ".join(
            tidy_cell(name, of=cell)
            for name, cell in zip(column_names(len(self._cells)), self._cells, strict=True)
        )
        desk.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT {chosen} FROM"
            f" read_parquet('{path}', file_row_number=true)"
            f" WHERE file_row_number >= {first} AND file_row_number < {end}"
        )
        return Sheet(
            rows=min(end, self._rows) - first,
            table=table,
            line_of=lambda row: first + row + 1,
            share_done=min(1.0, end / max(self._rows, 1)),
        )


def _cells(described: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(column, SQL of its text) of each column."""
    with open_desk() as desk:
        for name, kind in described:
            quoted = '"' + name.replace('"', '""') + '"'
            if name.lower() in NESTED and kind.startswith("STRUCT"):
                for field in _fields(desk, kind):
                    inner = '"' + field.replace('"', '""') + '"'
                    singular = "segment" if name.lower() == "segments" else name.lower()
                    yield f"{singular}.{field}", f"CAST({quoted}.{inner} AS VARCHAR)"
            elif kind == "VARCHAR":
                yield name, quoted
            elif kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
                yield name, f"CAST(to_json({quoted}) AS VARCHAR)"
            elif kind == "BLOB":
                yield name, f"try_cast({quoted} AS VARCHAR)"
            else:
                yield name, f"CAST({quoted} AS VARCHAR)"


def _fields(desk: DuckDBPyConnection, kind: str) -> list[str]:
    described = desk.execute(f"DESCRIBE SELECT unnest(NULL::{kind})").fetchall()
    return [name for name, *_ in described]
