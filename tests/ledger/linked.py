"""Batches of links told, and who is then one person."""

from __future__ import annotations

import json

from arro3.core import Array, DataType, Table

from verite.ledger.ledger import Decoded

EMPTY = Table.from_pydict(
    {"message_id": Array([], DataType.string()), "identity": Array([], DataType.string()),
     "ts_us": Array([], DataType.int64())}
)  # fmt: skip


def decode(payload, source):
    """A batch of links and no row."""
    return Decoded(table=EMPTY, links=[tuple(link) for link in json.loads(payload)])


def people(ledger):
    """The people of a ledger, as sets of identities."""
    return {frozenset(ledger.identities_of(p)) for p in set(ledger.people()[1].tolist())}


def joined(ledger, one, other):
    return ledger.person_of(ledger.key_of(one)) == ledger.person_of(ledger.key_of(other))


def names_of(ledger, link):
    named = ledger.named(link)
    return tuple(sorted(named[key] for key in link))


def doubts(ledger):
    """Every link that waits, with its reason: how they are grouped depends on keys, drawn anew."""
    found, _ = ledger.doubts()
    return {(one.reason, names_of(ledger, pair)) for one in found for pair in one.pairs}
