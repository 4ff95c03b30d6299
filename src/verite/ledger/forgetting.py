"""What the keys' database forgets of a person: who was being erased, their names, their links."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from verite.ledger import told
from verite.ledger.content import Fingerprints
from verite.ledger.store import Store
from verite.ledger.tombstones import bury, bury_names, pepper_of, tell
from verite.words.errors import HomeError

if TYPE_CHECKING:
    import sqlite3

_NAMING: Final = ("key", "one", "other", "identity_key", "person")  # columns that hold keys
_SPARED: Final = frozenset({"erasing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How many names and links went."""

    identities: int
    links: int


def under_way(store: Store) -> dict[int, datetime]:
    """Keys whose erasure began and did not end, and when it was asked: it must be done again."""
    rows = store.rows("SELECT key, at FROM erasing ORDER BY key")
    return {int(key or 0): datetime.fromisoformat(str(at)) for key, at in rows}


def begin(store: Store, keys: Sequence[int], ids: Fingerprints, *, at: datetime) -> None:
    """From here on the erasure will be finished, whatever dies, and no replay brings a row back."""
    with store.writing() as cursor:
        rows = [(int(key), at.isoformat()) for key in keys]
        cursor.executemany("INSERT OR IGNORE INTO erasing VALUES (?, ?)", rows)
        bury(cursor, ids)


def forget(store: Store, keys: Sequence[int], names: Sequence[str]) -> Forgotten:
    """Every line that holds one of the keys goes; people are somebody else from here on."""
    pepper = pepper_of(store)
    listed = ",".join(str(int(key)) for key in keys)
    gone = {"identities": 0}
    with store.writing() as cursor:
        links = told.forget(cursor, keys)
        for table, columns in _tables(cursor).items():
            where = " OR ".join(f"{column} IN ({listed})" for column in columns)
            cursor.execute(f"DELETE FROM {table} WHERE {where}")
            if table in gone:
                gone[table] = cursor.rowcount
        bury_names(cursor, names, pepper)
        tell(cursor)
        cursor.execute("UPDATE counters SET value = value + 1 WHERE name = 'people_version'")
    return Forgotten(identities=gone["identities"], links=links)


def end(store: Store, keys: Sequence[int], names: Sequence[str]) -> None:
    """Nothing of the names is left in the file; the erasure is over."""
    words = [word for name in names for word in (name, name.partition(":")[2]) if word]
    with suppress(HomeError):  # somebody reads for longer than we wait: the next open does it
        if words:
            store.scrub(words)
        else:  # they are forgotten already, by one that died
            store.rewrite()
        with store.writing() as cursor:
            rows = [(int(key),) for key in keys]
            cursor.executemany("DELETE FROM erasing WHERE key = ?", rows)
        store.empty_log()


def _tables(cursor: sqlite3.Cursor) -> dict[str, tuple[str, ...]]:
    """The tables that hold keys, and in which columns."""
    names = [
        str(row[0])
        for row in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    ]
    found = {
        name: tuple(
            str(row[1])
            for row in cursor.execute(f"PRAGMA table_info({name})").fetchall()
            if row[1] in _NAMING
        )
        for name in names
    }
    return {name: columns for name, columns in found.items() if columns and name not in _SPARED}
