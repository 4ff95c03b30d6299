"""Tombstones: ids of erased interactions, so that a replay cannot bring them back.

Nothing is kept of what they said or of whom: the two halves of the id, and how many erasures
there were, which tells other processes that what they hold in memory is out of date. Calls that
only link two names leave no id; they are known again by a hash of the names under a random key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from verite.ledger.content import Fingerprints, Int64s
from verite.ledger.ids import look_up, order_of
from verite.ledger.store import Store

if TYPE_CHECKING:
    import sqlite3

SCHEMA: Final = (
    "CREATE TABLE forgotten_names (said BLOB PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE pepper (pepper BLOB NOT NULL)",
    "INSERT INTO pepper VALUES (randomblob(32))",
)
ERASURES: Final = "SELECT value FROM counters WHERE name = 'erasures'"


class Tombstones:
    """The ids that were erased, read again whenever an erasure came between."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held = fingerprints_of([])
        self._names: frozenset[bytes] = frozenset()
        self._pepper = b""
        self._seen = -1

    @property
    def erasures(self) -> int:
        """Grows with every step of an erasure that others must follow."""
        return self._store.number(ERASURES)

    def rows_in(self, ids: Fingerprints) -> NDArray[np.bool_]:
        """Which of some ids, in any order, were erased."""
        self._follow()
        buried = np.zeros(len(ids.hi), dtype=bool)
        if len(self._held.hi):
            order = order_of(ids)
            places, _ = look_up(self._held, ids.take(order))
            buried[order[places]] = True
        return buried

    def names_in(self, names: Iterable[str]) -> set[str]:
        """Those under which somebody was erased, who may have come back since."""
        self._follow()
        if not self._names:
            return set()
        return {name for name in names if _said(name, self._pepper) in self._names}

    def _follow(self) -> None:
        erasures = self.erasures
        if erasures == self._seen:
            return
        rows = self._store.rows("SELECT id_hi, id_lo FROM forgotten ORDER BY id_hi, id_lo")
        self._held = fingerprints_of([(int(hi or 0), int(lo or 0)) for hi, lo in rows])
        names = self._store.rows("SELECT said FROM forgotten_names")
        self._names = frozenset(said for (said,) in names if isinstance(said, bytes))
        self._pepper = pepper_of(self._store)
        self._seen = erasures


def fingerprints_of(ids: Iterable[tuple[int, int]]) -> Fingerprints:
    """Ids without what they said."""
    pairs: Int64s = np.array(list(ids), dtype=np.int64).reshape(-1, 2)
    hi, lo = np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])
    return Fingerprints(hi=hi, lo=lo, content=np.zeros(len(pairs), dtype=np.int64))


def bury(cursor: sqlite3.Cursor, ids: Fingerprints) -> None:
    """Adds tombstones within the caller's transaction."""
    pairs = zip(ids.hi.tolist(), ids.lo.tolist(), strict=True)
    cursor.executemany("INSERT OR IGNORE INTO forgotten VALUES (?, ?)", pairs)
    tell(cursor)


def bury_names(cursor: sqlite3.Cursor, names: Iterable[str], pepper: bytes) -> None:
    """Remembers names by their hash, within the caller's transaction."""
    rows = [(_said(name, pepper),) for name in names]
    cursor.executemany("INSERT OR IGNORE INTO forgotten_names VALUES (?)", rows)


def pepper_of(store: Store) -> bytes:
    """The key of the hashes of this home's names."""
    rows = store.rows("SELECT pepper FROM pepper")
    return rows[0][0] if rows and isinstance(rows[0][0], bytes) else b""


def _said(identity: str, pepper: bytes) -> bytes:
    return hashlib.blake2b(identity.encode(), key=pepper, digest_size=16).digest()


def tell(cursor: sqlite3.Cursor) -> None:
    """Other processes read keys, tombstones and the index of ids again."""
    cursor.execute("UPDATE counters SET value = value + 1 WHERE name = 'erasures'")
