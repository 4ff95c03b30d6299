"""Rows on their way in: one shape, which are new, what becomes of each of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from verite.ledger.content import Fingerprints, Int64s
from verite.ledger.ids import IdIndex, first_of_each
from verite.ledger.kept import Refusal
from verite.words.columns import FRESH, KEPT, RECEIVED, SEGMENT_PREFIX, SEGMENTS_AT_MOST
from verite.words.errors import BadInput, WrongUse

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection

_REQUIRED: Final = ("message_id", "identity", "ts_us")
_DAY_US: Final = 86_400_000_000
_TYPE_WORDS: Final = {
    "VARCHAR": ("Utf8", "LargeUtf8", "Utf8View"),
    "BIGINT": ("Int64",),
    "INTEGER": ("Int32",),
    "DOUBLE": ("Float64",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Row numbers by what becomes of them."""

    new: Int64s
    duplicates: Int64s
    conflicts: Int64s


def join_tables(connection: DuckDBPyConnection, parts: Sequence[tuple[Table, str]]) -> Table:
    """One table of RECEIVED columns, segments and `source`, whatever the parts lack."""
    shaped = stacked([_with_source(shape(connection, t), source) for t, source in parts])
    if len(shaped) == 1:
        return shaped[0]
    names = [f"part_{number}" for number in range(len(shaped))]
    for name, table in zip(names, shaped, strict=True):
        connection.register(name, table)
    try:
        return _read(connection, " UNION ALL BY NAME ".join(f"SELECT * FROM {n}" for n in names))
    finally:
        for name in names:
            connection.unregister(name)


def stacked(tables: Sequence[Table]) -> list[Table]:
    """Tables of one shape laid on each other: thousands of small batches become one table."""
    from arro3.core import Table

    alike: list[list[Table]] = []
    for table in tables:
        like = next((group for group in alike if group[0].schema == table.schema), None)
        if like is None:
            alike.append([table])
        else:
            like.append(table)
    return [
        group[0]
        if len(group) == 1
        else Table.from_batches(
            [batch for table in group for batch in table.to_batches()], schema=group[0].schema
        ).combine_chunks()
        for group in alike
    ]


def sort_out(ids: Fingerprints, index: IdIndex, buried: NDArray[np.bool_] | None = None) -> Sorted:
    """New rows, duplicates and conflicts, against the index and within the table itself.

    Those of erased interactions (`buried`) are duplicates whatever they say now.
    """
    if buried is None:
        buried = np.zeros(len(ids.hi), dtype=bool)
    order, firsts = first_of_each(ids)
    is_first = order == firsts
    unique = order[is_first]
    said = ids.content.copy()  # what the id says: in the ledger if it is there, else first here
    is_held = np.zeros(len(order), dtype=bool)
    places, contents = index.find(ids.take(unique))
    said[unique[places]] = contents
    is_held[unique[places]] = True
    repeats = np.zeros(len(order), dtype=bool)
    repeats[order] = ~is_first | is_held[firsts]
    baseline = np.empty_like(said)
    baseline[order] = said[firsts]
    agrees = ids.content == baseline
    return Sorted(
        new=np.flatnonzero(~repeats & ~buried),
        duplicates=np.flatnonzero((repeats & agrees) | buried),
        conflicts=np.flatnonzero(repeats & ~agrees & ~buried),
    )


def take(table: Table, rows: Int64s) -> Table:
    """Some rows of a table, in the order given."""
    from arro3.core import Array, Table

    if len(rows) == table.num_rows:
        return table
    if not len(rows):
        return table.slice(0, 0)
    batches = table.combine_chunks().to_batches()
    positions = Array.from_numpy(rows.astype(np.uint64))
    return Table.from_batches([batch.take(positions) for batch in batches], schema=table.schema)


def build(rows: Table, ids: Fingerprints, keys: Int64s) -> Table:
    """The rows as the ledger keeps them: keys instead of names, `bucket` fresh."""
    from arro3.core import Array, ChunkedArray

    ts = rows.column("ts_us").to_numpy().astype(np.int64)
    columns: dict[str, NDArray[np.integer[Any]]] = {
        "id_hi": ids.hi,
        "id_lo": ids.lo,
        "content": ids.content,
        "identity_key": keys,
        "bucket": np.full(len(ts), FRESH, dtype=np.int32),
        "day": (ts // _DAY_US).astype(np.int32),
        "month": _months(ts),
    }
    built = rows
    for name, values in columns.items():
        built = built.append_column(name, ChunkedArray([Array.from_numpy(values)]))
    segments = [name for name in rows.column_names if name.startswith(SEGMENT_PREFIX)]
    return built.select([*KEPT, *sorted(segments)])


def conflicting(
    connection: DuckDBPyConnection, rows: Table, *, is_live: bool = False
) -> tuple[Refusal, ...]:
    """Refusals of rows whose id already says something else, with the row as JSON."""
    if not rows.num_rows:
        return ()
    connection.register("arrived", rows)
    try:
        found = connection.sql(
            "SELECT source, message_id, identity, to_json(arrived) FROM arrived"
        ).fetchall()
    finally:
        connection.unregister("arrived")
    return tuple(
        Refusal(
            file=source,
            line=None,
            reason="conflict",
            detail=message_id,
            raw=_without_nulls(raw),
            identity=identity,
            is_live=is_live,
        )
        for source, message_id, identity, raw in found
    )


def _without_nulls(raw: str) -> str:
    row = json.loads(raw)
    filled = {name: value for name, value in row.items() if value is not None}
    return json.dumps(filled, ensure_ascii=False)


def _months(ts: Int64s) -> NDArray[np.int32]:
    months = ts.view("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    years, month = np.divmod(months, 12)
    return ((years + 1970) * 100 + month + 1).astype(np.int32)


def shape(connection: DuckDBPyConnection, table: Table) -> Table:
    """Exactly the received columns and segments, in one order and of the right types."""
    names = set(table.column_names)
    segments = sorted(name for name in names if name.startswith(SEGMENT_PREFIX))
    strange = names - set(RECEIVED) - set(segments)
    if strange or len(segments) > SEGMENTS_AT_MOST:
        raise WrongUse("unknown_columns", fields={"columns": ", ".join(sorted(strange | names))})
    wanted = [*RECEIVED, *segments]
    if names != set(wanted) or not all(_is_typed(table, name) for name in wanted):
        table = _cast(connection, table, wanted)
    for name in _REQUIRED:
        if table.column(name).null_count:
            raise BadInput("empty_required", fields={"column": name})
    return table.select(wanted)


def _is_typed(table: Table, name: str) -> bool:
    kind = str(table.field(name).type).removeprefix("arro3.core.DataType<").rstrip(">\n")
    return kind in _TYPE_WORDS[RECEIVED.get(name, "VARCHAR")]


def _cast(connection: DuckDBPyConnection, table: Table, wanted: Sequence[str]) -> Table:
    import duckdb

    held = set(table.column_names)
    columns = ", ".join(
        f'CAST({name if name in held else "NULL"} AS {RECEIVED.get(name, "VARCHAR")}) AS "{name}"'
        for name in wanted
    )
    connection.register("arrived", table)
    try:
        return _read(connection, f"SELECT {columns} FROM arrived")
    except (duckdb.DataError, duckdb.ProgrammingError, duckdb.NotSupportedError) as error:
        # The rows are at fault, not the house: a batch that failed for ever would block the inbox.
        raise BadInput("unfit_columns", fields={"detail": error}) from error
    finally:
        connection.unregister("arrived")


def _read(connection: DuckDBPyConnection, sql: str) -> Table:
    from arro3.core import RecordBatchReader

    return RecordBatchReader.from_arrow(connection.sql(sql)).read_all()


def _with_source(table: Table, source: str) -> Table:
    from arro3.core import Array, ChunkedArray, DataType

    column = Array([source] * table.num_rows, DataType.string())
    return table.append_column("source", ChunkedArray([column], type=DataType.string()))
