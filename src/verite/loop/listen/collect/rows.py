"""Interactions of a payload as one table of the received columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import astuple

from verite.loop.listen.collect.own import Value
from verite.words.columns import RECEIVED, SEGMENT_PREFIX

if TYPE_CHECKING:
    from arro3.core import Array, DataType, Schema, Table

_BLANK_ROWS: Final = 65_536


class Row(msgspec.Struct, gc=False):
    """One interaction; `own` holds the columns that few events fill."""

    message_id: str
    identity: str
    ts_us: int
    channel: str
    touchpoint: str
    kind: str
    properties: str | None
    own: dict[str, Value]


def table_of(rows: Sequence[Row]) -> Table:
    """The rows in order; columns that no row fills are null."""
    from arro3.core import RecordBatch, Table

    own = [row.own for row in rows]
    names: set[str] = set().union(*own)
    segments = tuple(sorted(name for name in names if name.startswith(SEGMENT_PREFIX)))
    schema = _schema(segments)
    columns: dict[str, Sequence[Value | None]] = {
        name: [one.get(name) for one in own] for name in names
    }
    columns |= zip(Row.__struct_fields__, zip(*map(astuple, rows), strict=True), strict=bool(rows))
    arrays = [_array(name, columns.get(name), len(rows)) for name in schema.names]
    batch = RecordBatch.from_arrays(arrays, schema=schema)
    return Table.from_batches([batch], schema=schema)


def _array(name: str, values: Sequence[Value | None] | None, count: int) -> Array:
    from arro3.core import Array

    if values is not None:
        return Array(values, _type(name))
    if count > _BLANK_ROWS:
        return Array([None] * count, _type(name))
    return _blank(RECEIVED.get(name, "VARCHAR")).slice(0, count)


@lru_cache
def _type(name: str) -> DataType:
    from arro3.core import DataType

    kinds = {
        "VARCHAR": DataType.string, "BIGINT": DataType.int64,
        "INTEGER": DataType.int32, "DOUBLE": DataType.float64,
    }  # fmt: skip
    return kinds[RECEIVED.get(name, "VARCHAR")]()


@lru_cache
def _blank(kind: str) -> Array:
    """Nulls enough for any usual payload, cut to size without a copy."""
    from arro3.core import Array

    name = next(name for name, known in RECEIVED.items() if known == kind)
    return Array([None] * _BLANK_ROWS, _type(name))


@lru_cache(maxsize=256)
def _schema(segments: tuple[str, ...]) -> Schema:
    from arro3.core import Field, Schema

    return Schema([Field(name, _type(name)) for name in (*RECEIVED, *segments)])
