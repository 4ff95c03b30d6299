"""Batches of the inbox on their way in: decoded, laid together, refused whole where they fail."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from verite.ledger.arrivals import shape, stacked
from verite.ledger.cutting import header_of
from verite.ledger.inbox import Batch, Inbox
from verite.ledger.kept import Decoded, Refusal
from verite.words.errors import VeriteError

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection

_NAMELESS: Final = "audience"  # the mode of a source whose visitors nobody names
UNREAD: Final = "audience_batch_unread"
_BATCHES_AT_ONCE: Final = 5000
_BYTES_AT_ONCE: Final = 32 * 2**20  # forgetting them holds up the writer of the inbox
Decode = Callable[[bytes, str], Decoded]
Told = tuple[str, str, str]  # identity, alias, reason
Group = tuple[Sequence[Batch], "Decoded | VeriteError"]


@runtime_checkable
class Together(Protocol):
    """A decoder that reads many batches faster in one go than one by one."""

    def together(self, batches: Sequence[Batch]) -> Iterable[Group]:
        """Groups of batches of one source with what they say, or one with why it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What batches of one source say."""

    source: str
    tables: Sequence[Table]
    refusals: Sequence[Refusal]
    links: Sequence[Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Batches that wait, and what they say."""

    batches: Sequence[Batch]
    read: Sequence[Read]
    refusals: Sequence[Refusal]


def read_next(inbox: Inbox, after: int, by: tuple[DuckDBPyConnection, Decode]) -> Slice:
    """The next batches beyond a number, read; as many as one commit may hold."""
    batches = inbox.waiting(limit=_BATCHES_AT_ONCE, size=_BYTES_AT_ONCE, after=after)
    connection, decode = by
    read, refusals = decode_batches(connection, batches, decode)
    return Slice(batches=batches, read=read, refusals=refusals)


def decode_batches(
    connection: DuckDBPyConnection, batches: Sequence[Batch], decode: Decode
) -> tuple[list[Read], list[Refusal]]:
    """What the batches say, and those that cannot be read at all, which are refused whole.

    None may stay: a batch that failed for ever would hold up all that come after it.
    """
    read: list[Read] = []
    refused: list[Refusal] = []
    by_source: dict[str, list[tuple[Sequence[Batch], Decoded]]] = {}
    groups = decode.together(batches) if isinstance(decode, Together) else _each(batches, decode)
    for group, found in groups:
        if isinstance(found, VeriteError):
            refused += [_whole(batch, found) for batch in group]
        else:
            by_source.setdefault(group[0].source, []).append((group, found))
    for source, pairs in by_source.items():
        try:
            read.append(_laid(connection, source, [found for _, found in pairs]))
        except VeriteError:  # one of them does not fit: each is tried alone
            alone = [batch for group, _ in pairs for batch in group]
            _one_by_one(connection, _each(alone, decode), (read, refused))
    return read, refused


def _each(batches: Sequence[Batch], decode: Decode) -> Iterator[Group]:
    for batch in batches:
        try:
            yield [batch], decode(batch.payload, batch.source)
        except VeriteError as error:
            yield [batch], error


def _laid(connection: DuckDBPyConnection, source: str, found: Sequence[Decoded]) -> Read:
    """Laid on each other before they are shaped: a table a batch costs more than its rows."""
    tables = stacked([one.table for one in found if one.table.num_rows])
    return Read(
        source=source,
        tables=[shape(connection, table) for table in tables],
        refusals=[refusal for one in found for refusal in one.refusals],
        links=[link for one in found for link in one.links],
    )


def _one_by_one(
    connection: DuckDBPyConnection,
    groups: Iterable[Group],
    into: tuple[list[Read], list[Refusal]],
) -> None:
    read, refused = into
    for (batch, *_), found in groups:
        try:
            if isinstance(found, VeriteError):
                raise found
            read.append(_laid(connection, batch.source, [found]))
        except VeriteError as error:
            refused.append(_whole(batch, error))


def _whole(batch: Batch, error: VeriteError) -> Refusal:
    """The batch as it came, except of an audience: there nobody's words are kept, read or not."""
    is_nameless = header_of(batch.payload).get("mode") == _NAMELESS
    text = batch.payload.decode("utf-8", "backslashreplace")
    return Refusal(
        file=batch.source,
        line=None,
        reason=UNREAD if is_nameless else error.code,
        detail=error.code if is_nameless else str(error),
        raw=_measured(batch.payload) if is_nameless else text,
        identity=None,
    )


def _measured(payload: bytes) -> str:
    """What tells a batch from another: its size and its hash, without our header."""
    payload = payload.partition(b"\n")[2]
    return f"{len(payload)} bytes, sha256 {hashlib.sha256(payload).hexdigest()}"
