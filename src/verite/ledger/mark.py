"""The durable mark: the ledger version that is known to be on the disk, whole.

It is stored in the transaction that forgets what that version holds. Whatever the log says above
it may lack its data after a power cut, so it is removed at the next open, and replayed.
"""

from __future__ import annotations

from typing import Final

from verite.ledger import quarantine
from verite.ledger.inbox import SCHEMA as BATCHES
from verite.ledger.kept import Settlement
from verite.ledger.store import Store

NEVER: Final = -1
SCHEMA: Final = (
    *BATCHES,
    *quarantine.SCHEMA,
    "CREATE TABLE marks (name TEXT PRIMARY KEY, version INTEGER NOT NULL)",
    "INSERT INTO marks VALUES ('durable_version', -1), ('durable_checkpoint', -1)",
    *quarantine.BURIED,
)
_SET: Final = "UPDATE marks SET version = ? WHERE name = ?"
_REWRITE: Final = (
    "INSERT INTO batches (source, received_at, payload)"
    " SELECT source, received_at, ? FROM batches WHERE batch = ?"
)


def durable_version(store: Store) -> int:
    """The last ledger version known to be whole; -1 before the first."""
    return store.number("SELECT version FROM marks WHERE name = 'durable_version'")


def durable_checkpoint(store: Store) -> int:
    """The last checkpoint of the log known to be whole; -1 before the first."""
    return store.number("SELECT version FROM marks WHERE name = 'durable_checkpoint'")


def set_version(store: Store, version: int) -> None:
    """This ledger version is whole; for commits that settle nothing else."""
    with store.writing() as cursor:
        cursor.execute(_SET, (version, "durable_version"))


def set_checkpoint(store: Store, version: int) -> None:
    """From now on the checkpoint of this version may be read."""
    with store.writing() as cursor:
        cursor.execute(_SET, (version, "durable_checkpoint"))


def settle(store: Store, settlement: Settlement, *, version: int | None) -> None:
    """In one transaction: the mark moves, batches and replayed lines are forgotten, refusals stay.

    `version=None` leaves the mark where it is (nothing new was kept).
    """
    with store.writing() as cursor:
        if version is not None:
            cursor.execute(_SET, (version, "durable_version"))
        batches = [(number,) for number in settlement.batches]
        cursor.executemany("DELETE FROM batches WHERE batch = ?", batches)
        # Under another number: who read the old one elsewhere must not settle this one by it.
        rewritten = [(payload, number) for number, payload in settlement.rewritten]
        cursor.executemany(_REWRITE, rewritten)
        cursor.executemany("DELETE FROM batches WHERE batch = ?", [pair[1:] for pair in rewritten])
        quarantine.bury(cursor, settlement.erased)
        quarantine.remove(cursor, settlement.quarantine)
        quarantine.add(cursor, settlement.refusals, at=settlement.at)
