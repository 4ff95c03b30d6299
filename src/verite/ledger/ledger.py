"""The ledger: interactions kept for ever, each once; the one way in and the one way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from verite.ledger import mark, quarantine
from verite.ledger.backlog import read_backlog
from verite.ledger.commit import Committer
from verite.ledger.delta import InteractionTable
from verite.ledger.durable import Lock, sync, write_errors
from verite.ledger.erase import Eraser
from verite.ledger.holdings import Holdings
from verite.ledger.ids import IdIndex
from verite.ledger.inbox import Inbox
from verite.ledger.kept import Decoded, Erased, Kept, Quarantined, Refusal, Settlement, Snapshot
from verite.ledger.keys import SCHEMA as KEYS_SCHEMA
from verite.ledger.keys import Keys
from verite.ledger.links import Links
from verite.ledger.persons import Persons
from verite.ledger.places import Places
from verite.ledger.rehearsal import Rehearsal
from verite.ledger.store import Store
from verite.ledger.tombstones import ERASURES
from verite.ledger.upkeep import Upkeep
from verite.words.columns import SEGMENT_PREFIX
from verite.words.errors import HomeError
from verite.words.live import Backlog

if TYPE_CHECKING:
    from arro3.core import Table

__all__ = ["Decoded", "Erased", "Kept", "Ledger", "Quarantined", "Refusal", "Snapshot"]


class Ledger(Upkeep, Persons, Holdings):
    """An open ledger. Any number of processes may hold one; commits take turns."""

    def __init__(self, home: Path) -> None:
        self._places = places = Places(home.resolve())
        self._lock = Lock(places.lock)
        self._store = Store(places.inbox, mark.SCHEMA)
        self._keys_store = Store(places.keys, KEYS_SCHEMA)
        self._inbox = Inbox(Store(places.inbox, mark.SCHEMA))
        self._keys = Keys(self._keys_store)
        self._links = Links(self._keys_store)
        self._committer = Committer(
            places, lock=self._lock, store=self._store, keys=self._keys, links=self._links
        )
        self._eraser = Eraser(places, self._committer, self._keys)

    @staticmethod
    def create(home: Path) -> None:
        """Makes the files of an empty ledger; an existing one is left as it is."""
        places = Places(home)
        with write_errors(home):
            for folder in (home, *places.folders):
                folder.mkdir(parents=True, exist_ok=True)
        Store(places.keys, KEYS_SCHEMA).close()
        Store(places.inbox, mark.SCHEMA).close()
        sync([home, home.parent])

    @classmethod
    def open(cls, home: Path) -> Self:
        """Opens a home and removes what an interrupted commit left, unless one is under way."""
        places = Places(home)
        if not places.inbox.exists():
            raise HomeError("no_home", fields={"home": home})
        if not all(place.exists() for place in places.needed):
            cls.create(home)
        ledger = cls(home)
        ledger._committer.repair_if_free()
        ledger._links.adopt()
        ledger.finish_erasing()
        return ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Writes what waits in the inbox's queue and gives the files back."""
        self._inbox.close()
        self._committer.close()
        self._store.close()
        self._keys_store.close()
        self._lock.close()

    # What is here

    @property
    def home(self) -> Path:
        """The folder."""
        return self._places.home

    @property
    def version(self) -> int:
        """The durable version; -1 when nothing was ever kept."""
        return mark.durable_version(self._store)

    @property
    def erasures(self) -> int:
        """Grows with every step of an erasure: nothing told before it may be told again."""
        return self._keys_store.number(ERASURES)

    @property
    def quarantine_count(self) -> int:
        """How many lines wait in quarantine."""
        return self._store.number("SELECT count(*) FROM quarantine")

    @property
    def inbox_count(self) -> int:
        """How many batches wait in the inbox."""
        return self._inbox.count

    @property
    def backlog(self) -> Backlog:
        """How much waits in the inbox, about: cheap enough to be asked every second."""
        return read_backlog(self._store)

    def files(self) -> tuple[str, ...]:
        """The Parquet files of the durable version."""
        return self._committer.files_of(self.version)

    @property
    def segments(self) -> tuple[str, ...]:
        """The columns of segments that the rows bear."""
        columns = InteractionTable(self._places.ledger).columns(self.version)
        return tuple(name for name in columns if name.startswith(SEGMENT_PREFIX))

    # Rows in

    def append(
        self,
        table: Table,
        *,
        source: str,
        at: datetime,
        refusals: Sequence[Refusal] = (),
        settles: Sequence[int] = (),
    ) -> Kept:
        """Keeps new rows; they are on the disk when it answers.

        Same id and same content: a duplicate, dropped. Same id, other content: to quarantine, as
        `conflict`. In the same transaction `refusals` enter quarantine and the lines numbered in
        `settles` leave it.
        """
        settlement = Settlement(at=at, quarantine=settles, refusals=refusals)
        return self._committer.append([(table, source)], settlement)

    def rehearse(self) -> Rehearsal:
        """Takes rows like the ledger and answers like it, and keeps nothing."""
        return Rehearsal(self._committer, IdIndex(self._places.ids))

    def refuse(
        self, refusals: Sequence[Refusal], *, at: datetime, settles: Sequence[int] = ()
    ) -> None:
        """Puts lines in quarantine; the same line refused again is stored once."""
        settlement = Settlement(at=at, refusals=refusals, quarantine=settles)
        mark.settle(self._store, settlement, version=None)

    def quarantined(self, *, limit: int, offset: int = 0) -> tuple[Refusal, ...]:
        """Lines in quarantine, in order of arrival."""
        found = quarantine.read(self._store, limit=limit, offset=offset)
        return tuple(one.refusal for one in found)

    def quarantined_after(self, number: int, *, limit: int) -> tuple[Quarantined, ...]:
        """Lines in quarantine after this number, to be read again and settled; start at 0."""
        return quarantine.read_after(self._store, number, limit=limit)

    # Inbox

    def offer(self, payload: bytes, *, source: str, at: datetime) -> Future[None]:
        """A promise kept once the batch is on the disk."""
        return self._inbox.offer(payload, source=source, at=at)

    def accept(self, payload: bytes, *, source: str, at: datetime) -> None:
        """Takes a batch as received; it is on the disk when it returns."""
        self.offer(payload, source=source, at=at).result()

    def drain(self, decode: Callable[[bytes, str], Decoded], *, at: datetime) -> Kept:
        """Moves what waits in the inbox into the ledger; a batch counts once, whatever dies."""
        return self._committer.drain(self._inbox, decode, at=at)
