"""Tombstones: ids of erased interactions, so that a replay cannot bring them back.

Nothing is kept of what they said or of whom: the two halves of the id, and how many erasures
there were, which tells other processes that what they hold in memory is out of date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from verite.ledger.content import Fingerprints, Int64s
from verite.ledger.ids import look_up, order_of
from verite.ledger.store import Store

if TYPE_CHECKING:
    import sqlite3

ERASURES: Final = "SELECT value FROM counters WHERE name = 'erasures'"


class Tombstones:
    """The ids that were erased, read again whenever an erasure came between."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held = fingerprints_of([])
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

    def _follow(self) -> None:
        erasures = self.erasures
        if erasures == self._seen:
            return
        rows = self._store.rows("SELECT id_hi, id_lo FROM forgotten ORDER BY id_hi, id_lo")
        self._held = fingerprints_of([(int(hi or 0), int(lo or 0)) for hi, lo in rows])
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


def tell(cursor: sqlite3.Cursor) -> None:
    """Other processes read keys, tombstones and the index of ids again."""
    cursor.execute("UPDATE counters SET value = value + 1 WHERE name = 'erasures'")
