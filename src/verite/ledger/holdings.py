"""One version of the ledger, and all that it holds about one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from verite.ledger import mark, quarantine, told
from verite.ledger.durable import Lock
from verite.ledger.kept import Erased, Quarantined, Snapshot
from verite.ledger.links import Link
from verite.text.traces import Traces

if TYPE_CHECKING:
    from verite.ledger.commit import Committer
    from verite.ledger.emptying import Decode
    from verite.ledger.erase import Eraser
    from verite.ledger.links import Links
    from verite.ledger.places import Places
    from verite.ledger.store import Store

Cell = str | int | float | None


class Holdings:
    """Reads and erases one person, given every key of theirs."""

    _committer: Committer
    _eraser: Eraser
    _links: Links
    _places: Places
    _store: Store

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """The files of one version, which no vacuum takes away inside the block."""
        lock = Lock(self._places.readers)
        try:
            with lock.shared():
                version, people = mark.durable_version(self._store), self._links.version
                files = self._committer.files_of(version)
                yield Snapshot(version=version, people_version=people, files=files)
        finally:
            lock.close()

    def links_of(self, keys: Sequence[int]) -> tuple[Link, ...]:
        """Links told with one end at least among some keys, in the order they were told."""
        mine = np.array(keys, dtype=np.int64)
        found: list[Link] = []
        for line in told.read(self._links.store, after=0):
            links = line.links
            about = np.isin(links["one"], mine) | np.isin(links["other"], mine)
            found.extend(
                Link(one=int(link["one"]), other=int(link["other"]), reason=line.reason, at=line.at)
                for link in links[about]
            )
        return tuple(found)

    def lines_of(self, names: Sequence[str]) -> tuple[Quarantined, ...]:
        """Lines in quarantine that name somebody under one of these identities."""
        return quarantine.find(self._committer.store, Traces(names))

    def rows_of(self, keys: Sequence[int]) -> Iterator[dict[str, Cell]]:
        """The interactions of some keys, oldest first; columns without a value are left out."""
        import duckdb

        with self.reading() as snapshot:
            if not snapshot.files or not keys:
                return
            listed = ",".join(str(int(key)) for key in keys)
            connection = duckdb.connect()
            found = connection.execute(
                "SELECT * FROM read_parquet(?, union_by_name = true, hive_partitioning = false)"
                f" WHERE identity_key IN ({listed}) ORDER BY ts_us, id_hi, id_lo",
                [list(snapshot.files)],
            )
            names = [str(column[0]) for column in found.description or ()]
            rows = found.fetchall()
            connection.close()
        for row in rows:
            yield {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}

    def widened(self, keys: Sequence[int]) -> tuple[int, ...]:
        """Some keys, and those known only through them: an address told beside a customer."""
        with self.reading() as snapshot:
            return self._eraser.widened(keys, version=snapshot.version)

    def finish_erasing(self) -> None:
        """Ends an erasure whose process died, if there is one."""
        self._eraser.finish()

    def erase(
        self, identity_keys: Sequence[int], *, at: datetime, decode: Decode | None = None
    ) -> Erased:
        """Erases everything under these identities; their ids stay, so that no replay counts.

        `decode` reads what waits in the inbox: the ids of events that go from there stay too.
        """
        return self._eraser.erase(identity_keys, at=at, decode=decode)
