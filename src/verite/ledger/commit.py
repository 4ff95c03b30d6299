"""One commit: rows become a ledger version, and the mark says so once all of it is on the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING

from verite.ledger import mark
from verite.ledger.arrivals import Sorted, build, conflicting, join_tables, sort_out, take
from verite.ledger.compact import NO_BAR
from verite.ledger.content import Fingerprints, fingerprint
from verite.ledger.decoding import Decode, Slice, Told, read_next
from verite.ledger.delta import InteractionTable, Transaction
from verite.ledger.durable import Lock
from verite.ledger.ids import IdIndex
from verite.ledger.inbox import Inbox
from verite.ledger.indexing import catch_up
from verite.ledger.kept import Kept, Settlement
from verite.ledger.keys import Keys
from verite.ledger.links import Links
from verite.ledger.naming import link_names, name_rows
from verite.ledger.places import Places
from verite.ledger.repair import repair
from verite.ledger.store import Store
from verite.ledger.tombstones import Tombstones
from verite.words.errors import HomeError

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection


class Committer:
    """Commits under the lock; refuses to write once the disk failed to confirm."""

    def __init__(
        self, places: Places, *, lock: Lock, store: Store, keys: Keys, links: Links
    ) -> None:
        self._places = places
        self._lock = lock
        self.store = store
        self._keys = keys
        self._links = links
        self._table = InteractionTable(places.ledger)
        self._ids = IdIndex(places.ids)
        self._tombstones = Tombstones(keys.store)
        self._turn = RLock()
        self._failure: HomeError | None = None
        self._engine: DuckDBPyConnection | None = None

    def append(
        self,
        parts: Sequence[tuple[Table, str]],
        settlement: Settlement,
        *,
        transaction: Transaction | None = None,
        links: Sequence[Told] = (),
    ) -> Kept:
        """Keeps the new rows of some tables and settles what they answer, as one."""
        with self._turn:
            arrived = join_tables(self.connection, parts) if parts else None
            ids = None if arrived is None else fingerprint(self.connection, arrived)
            with self.committing() as version:
                if not self._still_wait(settlement):  # another process drained them meanwhile
                    return Kept(kept=0, duplicates=0, conflicts=0, version=version)
                # Before the inbox forgets who told them; told twice, they change nothing.
                links = self._known_or_new(links)
                self._link(links, settlement)
                if arrived is None or ids is None or self._is_held(transaction, version):
                    mark.settle(self.store, settlement, version=None)
                    kept = _nothing_new(arrived, settlement, version)
                else:
                    kept = self._keep(arrived, ids, settlement, (version, transaction))
                return replace(kept, linked=len(links))

    def _known_or_new(self, told: Sequence[Told]) -> Sequence[Told]:
        """Without links told again of people who were erased and did not come back."""
        gone = {
            name
            for name in self._tombstones.names_in({end for one in told for end in one[:2]})
            if self._keys.key_of(name) is None
        }
        return [one for one in told if not gone & set(one[:2])] if gone else told

    def _link(self, told: Sequence[Told], settlement: Settlement) -> None:
        at = settlement.at
        link_names(self.connection, told, keys=self._keys, links=self._links, at=at)

    def foresee(self, table: Table, source: str, seen: IdIndex) -> Kept:
        """What an append would answer after those already seen, which it joins; nothing is kept."""
        with self._turn:
            ids = fingerprint(self.connection, join_tables(self.connection, [(table, source)]))
            with self.committing() as version:
                held = self._sorted_out(ids, version)
        fresh = ids.take(held.new)
        found = sort_out(fresh, seen)
        seen.add(fresh.take(found.new), version=version)
        return Kept(
            kept=len(found.new),
            duplicates=len(held.duplicates) + len(found.duplicates),
            conflicts=len(held.conflicts) + len(found.conflicts),
            version=version,
        )

    def _still_wait(self, settlement: Settlement) -> bool:
        first, wanted = min(settlement.batches, default=0), len(settlement.batches)
        question = "SELECT count(*) FROM batches WHERE batch BETWEEN ? AND ?"
        last = max(settlement.batches, default=0)
        return not wanted or self.store.number(question, [first, last]) == wanted

    def _is_held(self, transaction: Transaction | None, version: int) -> bool:
        return transaction is not None and self._table.holds(transaction, version)

    def _keep(
        self,
        arrived: Table,
        ids: Fingerprints,
        settlement: Settlement,
        place: tuple[int, Transaction | None],
    ) -> Kept:
        version, transaction = place
        found = self._sorted_out(ids, version)
        is_live = bool(settlement.batches)
        conflicts = take(arrived, found.conflicts)
        refusals = conflicting(self.connection, conflicts, is_live=is_live)
        settlement = replace(settlement, refusals=(*settlement.refusals, *refusals))
        if not len(found.new):
            if settlement.batches or settlement.quarantine or settlement.refusals:
                mark.settle(self.store, settlement, version=None)
        else:
            rows, new = take(arrived, found.new), ids.take(found.new)
            keys = name_rows(
                self.connection, rows, keys=self._keys, links=self._links, at=settlement.at
            )
            before = version
            version = self._table.append(
                build(rows, new, keys), version=version, transaction=transaction
            )
            self._table.sync_version(version, since=before)
            mark.settle(self.store, settlement, version=version)
            self._ids.add(new, version=version)
            self._file_ids()
        return Kept(
            kept=len(found.new),
            duplicates=len(found.duplicates),
            conflicts=len(found.conflicts),
            version=version,
            refused=len(settlement.refusals) - len(refusals),
        )

    def _sorted_out(self, ids: Fingerprints, version: int) -> Sorted:
        erasures = self._tombstones.erasures
        catch_up(self.connection, self._ids, self._table, version=version, erasures=erasures)
        return sort_out(ids, self._ids, self._tombstones.rows_in(ids))

    def _file_ids(self) -> None:
        """The rows are kept whatever becomes of their index, which can be made again."""
        if self._ids.is_worth_filing():
            with suppress(HomeError):
                self._ids.file()

    def drain(self, inbox: Inbox, decode: Decode, *, at: datetime) -> Kept:
        """Moves the batches that wait into the ledger, in slices of bounded size.

        A slice is read while the one before it is written, unless others drain too and left some
        of that one behind.
        """
        total = Kept(kept=0, duplicates=0, conflicts=0, version=mark.durable_version(self.store))
        with self._turn, ThreadPoolExecutor(1, "verite-ahead") as ahead:
            while inbox.holds():
                after, engine = 0, self.connection.cursor()  # of its own: threads share none
                coming = ahead.submit(read_next, inbox, after, (engine, decode))
                while (found := coming.result()).batches:
                    after = found.batches[-1].number
                    coming = ahead.submit(read_next, inbox, after, (engine, decode))
                    total += _keep_read(self, found, at)
                    if inbox.holds(up_to=after):  # they go first: the log knows the last one only
                        break
                if not after:
                    break
        return total

    def files_of(self, version: int) -> tuple[str, ...]:
        """Paths of the data files of a durable version."""
        return InteractionTable(self._places.ledger).files(version)

    def repair_if_free(self) -> None:
        """Removes the debris of a dead commit; a living one is left in peace."""
        with self._lock.held_if_free() as is_held:
            if is_held:
                self._repair()

    def close(self) -> None:
        """Gives memory back."""
        if self._engine is not None:
            self._engine.close()

    @contextmanager
    def committing(self) -> Iterator[int]:
        """Holds the lock over a repaired log; yields the durable version."""
        if self._failure is not None:
            raise self._failure
        # The lock keeps other processes out, the turn other threads: they share its descriptor.
        with self._turn, self._lock.held():
            try:
                yield self._repair()
            except HomeError as error:
                if error.code == "fsync_failed":
                    self._failure = error
                raise
            finally:
                self._table.forget()

    def _repair(self) -> int:
        version = mark.durable_version(self.store)
        checkpoint = mark.durable_checkpoint(self.store)
        repair(self._places.log, mark=version, checkpoint=checkpoint)
        return version

    @property
    def connection(self) -> DuckDBPyConnection:
        """The engine that reads and writes data files, started at first need."""
        if self._engine is None:
            self._engine = _start_engine()
        return self._engine


def _start_engine() -> DuckDBPyConnection:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": "",
    }
    engine = duckdb.connect(config=settings)
    engine.execute(NO_BAR)
    return engine


def _nothing_new(arrived: Table | None, settlement: Settlement, version: int) -> Kept:
    return Kept(
        kept=0,
        duplicates=0 if arrived is None else arrived.num_rows,
        conflicts=0,
        version=version,
        refused=len(settlement.refusals),
    )


def _keep_read(committer: Committer, found: Slice, at: datetime) -> Kept:
    links = [link for one in found.read for link in one.links]
    refusals = [*found.refusals, *(refusal for one in found.read for refusal in one.refusals)]
    parts = [(table, one.source) for one in found.read for table in one.tables]
    numbers = [batch.number for batch in found.batches]
    settlement = Settlement(at=at, batches=numbers, refusals=refusals)
    transaction = Transaction(name="inbox", version=numbers[-1])
    return committer.append(parts, settlement, transaction=transaction, links=links)
