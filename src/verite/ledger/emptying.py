"""Batches that wait, without a person: what stays of them, and the ids that must not return."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from verite.ledger.arrivals import join_tables
from verite.ledger.content import Fingerprints, fingerprint
from verite.ledger.cutting import cut
from verite.ledger.inbox import Batch
from verite.ledger.kept import Decoded
from verite.ledger.store import Store
from verite.ledger.tombstones import fingerprints_of
from verite.text.traces import Traces
from verite.words.errors import VeriteError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Decode = Callable[[bytes, str], Decoded]
Id = tuple[int, int]


class Emptying:
    """What an erasure does to the inbox; it may look again for batches that came meanwhile.

    With `decode`, it knows the ids of the events that it cuts: a sender that heard no answer
    sends them again, and they are known by their tombstones.
    """

    def __init__(self, connection: DuckDBPyConnection, traces: Traces, decode: Decode | None):
        self.emptied: list[int] = []
        self.rewritten: list[tuple[int, bytes]] = []
        self.events = 0
        self._connection = connection
        self._traces = traces
        self._decode = decode
        self._last = 0

    def look(self, store: Store) -> Fingerprints:
        """Cuts what came since the last look; the ids of the events that went."""
        gone: set[Id] = set()
        for batch in _waiting_after(store, self._last):
            self._last = batch.number
            left = cut(batch.payload, self._traces)
            if not left.events and left.payload is not None:
                continue
            self.events += left.events
            gone |= self._ids_of(batch.payload, batch.source)
            if left.payload is None:
                self.emptied.append(batch.number)
            else:
                gone -= self._ids_of(left.payload, batch.source)
                self.rewritten.append((batch.number, left.payload))
        return fingerprints_of(sorted(gone))

    def _ids_of(self, payload: bytes, source: str) -> set[Id]:
        """Those of the rows that a batch would have become; none of one that cannot be read."""
        if self._decode is None:
            return set()
        try:
            table = self._decode(payload, source).table
            if not table.num_rows:
                return set()
            joined = join_tables(self._connection, [(table, source)])
        except VeriteError:
            return set()
        ids = fingerprint(self._connection, joined)
        return set(zip(ids.hi.tolist(), ids.lo.tolist(), strict=True))


def both(one: Fingerprints, other: Fingerprints) -> Fingerprints:
    """The ids of one and of the other."""
    return Fingerprints(
        hi=np.concatenate([one.hi, other.hi]),
        lo=np.concatenate([one.lo, other.lo]),
        content=np.concatenate([one.content, other.content]),
    )


def _waiting_after(store: Store, last: int) -> Iterator[Batch]:
    """Batches that wait, one at a time: there may be many after an hour without a drain."""
    found: Sequence[tuple[object, ...]] = store.rows(
        "SELECT batch FROM batches WHERE batch > ? ORDER BY batch", [last]
    )
    for (number,) in found:
        question = "SELECT source, payload FROM batches WHERE batch = ?"
        for source, payload in store.rows(question, [int(str(number))]):
            if isinstance(payload, bytes):
                yield Batch(number=int(str(number)), source=str(source), payload=payload)
