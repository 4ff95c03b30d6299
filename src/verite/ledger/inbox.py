"""The inbox: batches exactly as received, confirmed once they are on the disk.

One thread writes; what waits when it comes round goes into one transaction (group commit).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Final

from verite.ledger.store import Store
from verite.words.errors import HomeError

SCHEMA: Final = (
    "CREATE TABLE batches (batch INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL,"
    " received_at TEXT NOT NULL, payload BLOB NOT NULL)",
)
_AT_ONCE: Final = 2000
_LAST: Final = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a caller handed over, untouched. `number` grows and is never used twice."""

    number: int
    source: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class _Arrival:
    source: str
    at: str
    payload: bytes
    answered: Future[None]


class Inbox:
    """Takes batches and lists those that wait; the drain forgets them with the mark."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queue: SimpleQueue[_Arrival | None] = SimpleQueue()
        self._starting = Lock()
        self._writer: Thread | None = None
        self._closed = False

    def offer(self, payload: bytes, *, source: str, at: datetime) -> Future[None]:
        """A promise kept once the batch is on the disk, or broken with the error."""
        answered: Future[None] = Future()
        with self._starting:
            if self._closed:
                raise HomeError("home_closed", fields={"path": self._store.path})
            if self._writer is None:
                self._writer = Thread(target=self._write, name="verite-inbox", daemon=True)
                self._writer.start()
            self._queue.put(_Arrival(source, at.isoformat(), payload, answered))
        return answered

    @property
    def count(self) -> int:
        """How many batches wait."""
        return self._store.number("SELECT count(*) FROM batches")

    def holds(self, *, up_to: int = _LAST) -> bool:
        """Whether any batch waits, of those up to a number."""
        question = "SELECT EXISTS (SELECT 1 FROM batches WHERE batch <= ?)"
        return bool(self._store.number(question, [up_to]))

    def waiting(self, *, limit: int, size: int, after: int = 0) -> tuple[Batch, ...]:
        """The oldest batches, at most `limit` of them or about `size` bytes, at least one.

        Only those whose number is beyond `after`.
        """
        first = last = total = 0
        rows = self._store.rows(
            "SELECT batch, length(payload) FROM batches WHERE batch > ? ORDER BY batch LIMIT ?",
            [after, limit],
        )
        for number, length in rows:
            total += int(length or 0)
            if last and total > size:
                break
            last = int(number or 0)
            first = first or last
        return self._between(first, last)

    def _between(self, first: int, last: int) -> tuple[Batch, ...]:
        rows = self._store.rows(
            "SELECT batch, source, payload FROM batches WHERE batch BETWEEN ? AND ? ORDER BY batch",
            [first, last],
        )
        return tuple(
            Batch(number=int(number or 0), source=str(source), payload=payload)
            for number, source, payload in rows
            if isinstance(payload, bytes)
        )

    def close(self) -> None:
        """Writes what waits, then stops."""
        with self._starting:
            self._closed = True
            writer = self._writer
            self._queue.put(None)
        if writer is not None:
            writer.join()
        self._store.close()

    def _write(self) -> None:
        while (first := self._queue.get()) is not None:
            group = [first]
            stop = False
            while len(group) < _AT_ONCE and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    stop = True
                    break
                group.append(following)
            self._commit(group)
            if stop:
                return

    def _commit(self, arrived: Sequence[_Arrival]) -> None:
        # From here on a promise can no longer be cancelled: nobody waits for those that were.
        group = [one for one in arrived if one.answered.set_running_or_notify_cancel()]
        try:
            with self._store.writing() as cursor:
                cursor.executemany(
                    "INSERT INTO batches (source, received_at, payload) VALUES (?, ?, ?)",
                    [(one.source, one.at, one.payload) for one in group],
                )
        except Exception as error:  # the writer must live on: each caller hears of its failure
            for one in group:
                one.answered.set_exception(error)
            return
        for one in group:
            one.answered.set_result(None)
