"""Impossible identities: counted with the links refused for them, listed, never linked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from verite.ledger.store import Store

_COUNT: Final = (
    "INSERT INTO junk VALUES (?, ?, ?, ?)"
    " ON CONFLICT (key) DO UPDATE SET links = links + excluded.links"
)


def refuse(store: Store, junk: Mapping[int, tuple[str, int]], *, at: datetime) -> None:
    """Counts links refused for an impossible identity: by its key, why and how many."""
    if not junk:
        return
    rows = [(key, why, links, at.isoformat()) for key, (why, links) in junk.items()]
    with store.writing() as cursor:
        cursor.executemany(_COUNT, rows)
        cursor.execute("UPDATE counters SET value = value + 1 WHERE name = 'links'")


def list_junk(store: Store, *, limit: int) -> tuple[tuple[tuple[int, str, int], ...], int]:
    """Impossible identities (key, why, links refused), the most told first; how many in all."""
    rows = store.rows("SELECT key, why, links FROM junk ORDER BY links DESC, key LIMIT ?", [limit])
    listed = tuple((int(key or 0), str(why), int(links or 0)) for key, why, links in rows)
    return listed, store.number("SELECT count(*) FROM junk")
