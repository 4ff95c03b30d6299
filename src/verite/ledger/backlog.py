"""How much waits in the inbox, told without reading it: exact ends, a sampled size."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from verite.ledger.store import Store
from verite.words.live import Backlog

_SAMPLE: Final = 32


def read_backlog(store: Store) -> Backlog:
    """Batches between the oldest and the newest number, and about how many bytes.

    A drain takes the oldest first, so that hardly any number between the two is missing; counting
    them one by one would read the whole database, once a second, just when it is largest.
    """
    ends = store.rows("SELECT min(batch), max(batch) FROM batches")
    first, last = ends[0]
    if first is None or last is None:
        return Backlog(batches=0, size=0)
    batches = int(last) - int(first) + 1
    rows = store.rows(
        "SELECT * FROM (SELECT length(payload) AS size FROM batches ORDER BY batch LIMIT ?)"
        " UNION ALL SELECT * FROM"
        " (SELECT length(payload) AS size FROM batches ORDER BY batch DESC LIMIT ?)",
        [_SAMPLE, _SAMPLE],
    )
    mean = sum(int(size or 0) for (size,) in rows) / max(1, len(rows))
    oldest = store.rows("SELECT received_at FROM batches WHERE batch = ?", [first])
    oldest_at = datetime.fromisoformat(str(oldest[0][0])) if oldest else None
    return Backlog(batches=batches, size=round(batches * mean), oldest_at=oldest_at)
