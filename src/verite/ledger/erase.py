"""Erasing a person from the ledger: rows, names, links, lines, copies; ids stay as tombstones.

Each step can be done again, and the first one writes down that the erasure began: whoever opens
the home after a sudden death finishes it. The lock is held from the first step to the last, so
that no commit puts rows under names that are going.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from verite.ledger import forgetting, mark, quarantine
from verite.ledger.content import Fingerprints
from verite.ledger.delta import BUCKET_FOLDER, InteractionTable
from verite.ledger.durable import Lock, sync, write_errors
from verite.ledger.emptying import Decode, Emptying, both
from verite.ledger.ids import IdIndex
from verite.ledger.indexing import catch_up
from verite.ledger.kept import Erased, Settlement
from verite.ledger.orphans import bearing, orphans_of
from verite.ledger.places import Places
from verite.ledger.timeline.folder import building
from verite.ledger.tombstones import Tombstones
from verite.ledger.vacuum import remove_strays
from verite.text.traces import Traces
from verite.words.columns import BUCKETS, FRESH
from verite.words.errors import HomeError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from verite.ledger.commit import Committer
    from verite.ledger.keys import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Whom to erase: every key of one person, and the names behind them."""

    keys: tuple[int, ...]
    names: tuple[str, ...]
    at: datetime

    @property
    def traces(self) -> Traces:
        """How raw text would name the person."""
        return Traces(self.names)


class Eraser:
    """Erases under the maintainer's lock and the committers'."""

    def __init__(self, places: Places, committer: Committer, keys: Keys) -> None:
        self._places = places
        self._committer = committer
        self._keys = keys
        self._table = InteractionTable(places.ledger)

    def erase(self, keys: Sequence[int], *, at: datetime, decode: Decode | None = None) -> Erased:
        """Waits for its turn, erases, and answers how much went.

        `decode` reads what waits in the inbox, for tombstones of the events that go with it.
        """
        lock = Lock(self._places.maintainer)
        try:
            with lock.held():
                return self._erase(keys, at=at, decode=decode)
        finally:
            lock.close()

    def finish(self) -> None:
        """Ends what a sudden death left half done, unless somebody is at it.

        A disk that refuses is no reason to refuse the home: the next open tries again.
        """
        if not forgetting.under_way(self._keys.store):
            return
        lock = Lock(self._places.maintainer)
        try:
            with suppress(HomeError), lock.held_if_free() as is_held:
                left = forgetting.under_way(self._keys.store) if is_held else {}
                if left:
                    self._erase(tuple(left), at=min(left.values()))
        finally:
            lock.close()

    def _erase(self, keys: Sequence[int], *, at: datetime, decode: Decode | None = None) -> Erased:
        if not keys:
            return Erased(rows=0, files_removed=0, files_vacuumed=0)
        with self._committer.committing() as version:
            self._table.forget()
            keys = self.widened(keys, version=version)
            names = self._keys.identities_of(keys)
            asked = Erasure(keys=keys, names=names, at=at)
            holding = self._holding(asked, version)
            ids = _ids_of(self._connection, holding, asked.keys)
            index = self._index(version)
            emptying = Emptying(self._connection, asked.traces, decode)
            buried = both(ids, emptying.look(self._committer.store))
            forgetting.begin(self._keys.store, asked.keys, buried, at=at)
            after = self._rewrite(holding, asked, version)
            lines = self._settle(asked, emptying, after if after > version else None)
            vacuumed = self._clear(after)
            gone = forgetting.forget(self._keys.store, asked.keys, names)
            self._refile(index, ids, after)
            self._committer.store.rewrite()
            forgetting.end(self._keys.store, asked.keys, names)
            return Erased(
                rows=len(ids.hi),
                files_removed=len(holding),
                files_vacuumed=vacuumed,
                identities=gone.identities,
                links=gone.links,
                lines=lines,
                events=emptying.events,
                version=after,
            )

    def widened(self, keys: Sequence[int], *, version: int) -> tuple[int, ...]:
        """Some keys, and those known only through them."""
        files = self._committer.files_of(version)
        found = orphans_of(self._keys.store, keys, partial(bearing, files))
        return tuple(sorted({*keys, *found}))

    def _files_for(self, keys: Sequence[int], version: int) -> list[str]:
        """The files where rows of some keys may be: fresh ones, and those of their buckets."""
        folders = {f"{BUCKET_FOLDER}{bucket}" for bucket in (FRESH, *(k % BUCKETS for k in keys))}
        files = self._committer.files_of(version)
        return [name for name in files if Path(name).parent.name in folders]

    @property
    def _connection(self) -> DuckDBPyConnection:
        return self._committer.connection

    def _holding(self, asked: Erasure, version: int) -> list[Path]:
        """The files with rows of the person."""
        names = self._files_for(asked.keys, version)
        if not names:
            return []
        found = self._connection.execute(
            "SELECT DISTINCT filename FROM read_parquet(?, filename = true, union_by_name = true,"
            f" hive_partitioning = false) WHERE identity_key IN ({_listed(asked.keys)})",
            [names],
        ).fetchall()
        return sorted(Path(str(row[0])) for row in found)

    def _rewrite(self, holding: Sequence[Path], asked: Erasure, version: int) -> int:
        """The same files without the person, durable and marked nowhere yet."""
        if not holding:
            return version
        written = [self._write_without(path, asked.keys) for path in holding]
        added = {path: rows for path, rows in written if rows}
        sync([*added, *sorted({path.parent for path in added})])
        self._table.swap(holding, added, version=version, changes_rows=True)
        self._table.sync_version(version + 1, since=version)
        return version + 1

    def _write_without(self, path: Path, keys: Sequence[int]) -> tuple[Path, int]:
        aside = path.with_name(f"part-{secrets.token_hex(16)}.parquet")
        with write_errors(path):
            found = self._connection.execute(
                f"COPY (SELECT * FROM read_parquet({_quoted(path)}, hive_partitioning = false)"
                f" WHERE identity_key NOT IN ({_listed(keys)}))"
                f" TO {_quoted(aside)} (FORMAT parquet, COMPRESSION zstd)"
            ).fetchall()
        return aside, int(found[0][0])

    def _settle(self, asked: Erasure, emptying: Emptying, version: int | None) -> int:
        """Quarantine and inbox without the person, in the transaction that moves the mark."""
        store = self._committer.store
        lines = [one.number for one in quarantine.find(store, asked.traces)]
        late = emptying.look(store)
        if len(late.hi):
            forgetting.begin(self._keys.store, asked.keys, late, at=asked.at)
        settlement = Settlement(
            at=asked.at, batches=emptying.emptied, rewritten=emptying.rewritten, erased=lines
        )
        mark.settle(store, settlement, version=version)
        return len(lines)

    def _clear(self, version: int) -> int:
        """Old files, log entries and derived copies go once nobody reads them."""
        readers = Lock(self._places.readers)
        try:
            with readers.held():
                shutil.rmtree(self._places.scratch, ignore_errors=True)
                if version < 0:
                    return 0
                if mark.durable_checkpoint(self._committer.store) < version:
                    self._table.checkpoint(version)
                    mark.set_checkpoint(self._committer.store, version)
                self._table.drop_entries(before=version)
                removed = remove_strays(self._places.ledger, held=self._table.files(version))
        finally:
            readers.close()
        with building(self._places.timeline):
            for folder in self._places.timeline.glob("*-*"):
                shutil.rmtree(folder, ignore_errors=True)
            sync([self._places.timeline])
        return removed

    def _index(self, version: int) -> IdIndex:
        index = IdIndex(self._places.ids)
        erasures = Tombstones(self._keys.store).erasures
        catch_up(self._connection, index, self._table, version=version, erasures=erasures)
        return index

    def _refile(self, index: IdIndex, ids: Fingerprints, version: int) -> None:
        """The index of ids as if the person had never been there; tombstones know the rest."""
        index.version, index.erasures = version, Tombstones(self._keys.store).erasures
        index.drop(ids)


def _ids_of(
    connection: DuckDBPyConnection, files: Sequence[Path], keys: Sequence[int]
) -> Fingerprints:
    columns = {name: np.empty(0, dtype=np.int64) for name in ("id_hi", "id_lo", "content")}
    if files:
        found = connection.execute(
            "SELECT id_hi, id_lo, content FROM read_parquet(?, union_by_name = true)"
            f" WHERE identity_key IN ({_listed(keys)})",
            [[str(path) for path in files]],
        ).fetchnumpy()
        columns = {name: np.asarray(values, dtype=np.int64) for name, values in found.items()}
    return Fingerprints(hi=columns["id_hi"], lo=columns["id_lo"], content=columns["content"])


def _listed(keys: Sequence[int]) -> str:
    return ",".join(str(int(key)) for key in keys)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
