"""Quarantine: bad lines with their reason and raw text, kept until replayed, expired or erased.

The same refusal met twice (a file imported again, an event sent again) is stored once, and
expires by the time when it was first met: who tells it for ever does not keep it for ever.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from verite.ledger.kept import Quarantined, Refusal
from verite.ledger.sameness import digest, text_of
from verite.ledger.store import Store, Value
from verite.text.traces import Traces

SCHEMA: Final = (
    "CREATE TABLE quarantine (number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " digest BLOB NOT NULL UNIQUE, reason TEXT NOT NULL, detail TEXT, file TEXT NOT NULL,"
    " line INTEGER, raw TEXT NOT NULL, identity TEXT, at TEXT NOT NULL)",
)
# What erased lines said, hashed: the same line read again is dropped.
BURIED: Final = ("CREATE TABLE forgotten_lines (said BLOB PRIMARY KEY) WITHOUT ROWID",)
_AT_ONCE: Final = 1000
_COLUMNS: Final = "number, reason, detail, file, line, raw, identity, at"


def add(cursor: sqlite3.Cursor, refusals: Sequence[Refusal], *, at: datetime) -> None:
    """Stores refusals within the caller's transaction; those already there stay as they are."""
    cursor.executemany(
        "INSERT OR IGNORE INTO quarantine (digest, reason, detail, file, line, raw, identity, at)"
        " SELECT ?, ?, ?, ?, ?, ?, ?, ?"
        " WHERE NOT EXISTS (SELECT 1 FROM forgotten_lines WHERE said = ?)",
        [
            (digest(one), *_cells(one), at.isoformat(), _said(_storable(one.raw) or ""))
            for one in refusals
        ],
    )


def _cells(refusal: Refusal) -> tuple[Value, ...]:
    texts = (refusal.reason, refusal.detail, refusal.file)
    return (
        *map(_storable, texts),
        refusal.line,
        _storable(refusal.raw),
        _storable(refusal.identity),
    )


def _storable(text: str | None) -> str | None:
    """SQLite takes no half of a character; what cannot be stored is spelled out."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()


def remove(cursor: sqlite3.Cursor, numbers: Sequence[int]) -> None:
    """Takes rows out within the caller's transaction."""
    cursor.executemany("DELETE FROM quarantine WHERE number = ?", [(n,) for n in numbers])


def bury(cursor: sqlite3.Cursor, numbers: Sequence[int]) -> None:
    """Erases rows within the caller's transaction; the same lines are never taken again."""
    for number in numbers:
        found = cursor.execute("SELECT raw FROM quarantine WHERE number = ?", [number]).fetchone()
        if found is not None:
            cursor.execute("INSERT OR IGNORE INTO forgotten_lines VALUES (?)", [_said(found[0])])
    remove(cursor, numbers)


def find(store: Store, traces: Traces) -> tuple[Quarantined, ...]:
    """Rows of a person: those refused under one of their identities, or whose text names them."""
    found: list[Quarantined] = []
    last = 0
    while rows := read_after(store, last, limit=_AT_ONCE):
        found.extend(row for row in rows if _names(row.refusal, traces))
        last = rows[-1].number
    return tuple(found)


def _names(refusal: Refusal, traces: Traces) -> bool:
    texts = (refusal.identity, refusal.raw, refusal.detail, refusal.file)
    if refusal.identity in traces.identities or any(map(traces.are_in, texts)):
        return True
    # Of a line that nobody is known for, any cell may say whose it is.
    return refusal.identity is None and any(map(traces.are_a_cell_of, _cells_of(refusal.raw)))


def _cells_of(raw: str) -> list[str]:
    """The cells of a row kept as JSON, one a text; else the text."""
    if not raw.startswith('{"row"'):
        return [raw]
    try:
        row = json.loads(raw)["row"]
        return [str(cell) for cell in row.values()]
    except (ValueError, LookupError, AttributeError):
        return [raw]


def read(store: Store, *, limit: int, offset: int = 0) -> tuple[Quarantined, ...]:
    """Rows in order of arrival."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM quarantine ORDER BY number LIMIT ? OFFSET ?", [limit, offset]
    )
    return tuple(_quarantined(row) for row in rows)


def read_after(store: Store, number: int, *, limit: int) -> tuple[Quarantined, ...]:
    """Rows in order of arrival, after the one with this number; for replays in slices."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM quarantine WHERE number > ? ORDER BY number LIMIT ?",
        [number, limit],
    )
    return tuple(_quarantined(row) for row in rows)


def expire(store: Store, *, before: datetime) -> int:
    """Forgets what was refused before a time; answers how many lines went."""
    with store.writing() as cursor:
        # Seconds since 1970, as `at` may have been written in another zone.
        limit = before.timestamp()
        cursor.execute(
            "DELETE FROM quarantine WHERE CAST(strftime('%s', at) AS INTEGER) < ?", [limit]
        )
        return cursor.rowcount


def _quarantined(row: tuple[Value, ...]) -> Quarantined:
    number, reason, detail, file, line, raw, identity, at = row
    return Quarantined(
        number=int(number or 0),
        refusal=Refusal(
            file=str(file),
            line=None if line is None else int(line),
            reason=str(reason),
            detail=None if detail is None else str(detail),
            raw=str(raw),
            identity=None if identity is None else str(identity),
        ),
        at=datetime.fromisoformat(str(at)),
    )


def _said(raw: str) -> bytes:
    stored = _storable(text_of(raw)) or ""
    return hashlib.sha256(stored.encode()).digest()[:16]
