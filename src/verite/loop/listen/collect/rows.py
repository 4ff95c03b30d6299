"""Interactions by column, as payloads are read, and as one table of the received columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from verite.loop.listen.collect.own import Value
from verite.words.columns import RECEIVED, SEGMENT_PREFIX

if TYPE_CHECKING:
    from arro3.core import Array, DataType, Schema, Table

_BLANK_ROWS: Final = 65_536
FILLED: Final = ("message_id", "identity", "ts_us", "channel", "touchpoint", "kind", "properties")


# The message's id, who, when in microseconds, channel, touchpoint, kind, extras as JSON, and what
# it says in columns of its own.
Row = tuple[str, str, int, str, str, str, str | None, dict[str, Value]]


class Rows(msgspec.Struct, gc=False):
    """Interactions in order, one list a column; `own` holds the columns that few events fill,
    each as long as the last rows that do."""

    message_id: list[str] = []
    identity: list[str] = []
    ts_us: list[int] = []
    channel: list[str] = []
    touchpoint: list[str] = []
    kind: list[str] = []
    properties: list[str | None] = []
    own: dict[str, list[Value | None]] = {}

    def __len__(self) -> int:
        return len(self.message_id)

    def extend(self, rows: Sequence[Row]) -> None:
        """Adds rows after these."""
        if not rows:
            return
        count = len(self.message_id)
        *told, owns = zip(*rows, strict=True)
        for name, values in zip(FILLED, told, strict=True):
            getattr(self, name).extend(values)
        for name in set().union(*owns):
            column = self.own.setdefault(name, [])
            column += [None] * (count - len(column))
            column += [own.get(name) for own in owns]

    def table(self) -> Table:
        """The rows in order; columns that no row fills are null."""
        from arro3.core import RecordBatch, Table

        count = len(self)
        segments = tuple(sorted(name for name in self.own if name.startswith(SEGMENT_PREFIX)))
        schema = _schema(segments)
        columns: dict[str, Sequence[Value | None]] = {
            name: [*values, *[None] * (count - len(values))] for name, values in self.own.items()
        }
        columns |= {name: getattr(self, name) for name in FILLED}
        arrays = [_array(name, columns.get(name), count) for name in schema.names]
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
