"""Batches of the inbox on their way in: decoded one by one, laid together, refused one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verite.ledger.arrivals import shape, stacked
from verite.ledger.inbox import Batch
from verite.ledger.kept import Decoded, Refusal
from verite.words.errors import VeriteError

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection

Decode = Callable[[bytes, str], Decoded]
Told = tuple[str, str, str]  # identity, alias, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What batches of one source say."""

    source: str
    tables: Sequence[Table]
    refusals: Sequence[Refusal]
    links: Sequence[Told]


def decode_batches(
    connection: DuckDBPyConnection, batches: Sequence[Batch], decode: Decode
) -> tuple[list[Read], list[Refusal]]:
    """What the batches say, and those that cannot be read at all, which are refused whole.

    None may stay: a batch that failed for ever would hold up all that come after it.
    """
    read: list[Read] = []
    refused: list[Refusal] = []
    by_source: dict[str, list[tuple[Batch, Decoded]]] = {}
    for batch in batches:
        try:
            decoded = decode(batch.payload, batch.source)
        except VeriteError as error:
            refused.append(_whole(batch, error))
            continue
        by_source.setdefault(batch.source, []).append((batch, decoded))
    for pairs in by_source.values():
        try:
            read.append(_together(connection, pairs))
        except VeriteError:  # one of them does not fit: each is tried alone
            _one_by_one(connection, pairs, (read, refused))
    return read, refused


def _together(connection: DuckDBPyConnection, pairs: Sequence[tuple[Batch, Decoded]]) -> Read:
    """Laid on each other before they are shaped: a table a batch costs more than its rows."""
    tables = stacked([decoded.table for _, decoded in pairs if decoded.table.num_rows])
    return Read(
        source=pairs[0][0].source,
        tables=[shape(connection, table) for table in tables],
        refusals=[refusal for _, decoded in pairs for refusal in decoded.refusals],
        links=[link for _, decoded in pairs for link in decoded.links],
    )


def _one_by_one(
    connection: DuckDBPyConnection,
    pairs: Sequence[tuple[Batch, Decoded]],
    into: tuple[list[Read], list[Refusal]],
) -> None:
    read, refused = into
    for pair in pairs:
        try:
            read.append(_together(connection, [pair]))
        except VeriteError as error:
            refused.append(_whole(pair[0], error))


def _whole(batch: Batch, error: VeriteError) -> Refusal:
    return Refusal(
        file=batch.source,
        line=None,
        reason=error.code,
        detail=str(error),
        raw=batch.payload.decode("utf-8", "backslashreplace"),
        identity=None,
    )
