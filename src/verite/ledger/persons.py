"""One person in the ledger: everything held about them, and how it is forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

from verite.ledger import quarantine
from verite.ledger.kept import Erased, Quarantined, Snapshot
from verite.ledger.links import Link
from verite.text.traces import Traces

if TYPE_CHECKING:
    from verite.ledger.commit import Committer
    from verite.ledger.erase import Eraser
    from verite.ledger.keys import Keys
    from verite.ledger.links import Links

Cell = str | int | float | None


class Persons:
    """Reads and erases one person, given every key of theirs."""

    _committer: Committer
    _eraser: Eraser
    _keys: Keys
    _links: Links

    def reading(self) -> AbstractContextManager[Snapshot]:
        """The files of one version, which no vacuum takes away inside the block."""
        raise NotImplementedError

    def keys_with(self, key: int) -> tuple[int, ...]:
        """The keys of the person who bears one; nothing when nobody does."""
        return self._links.component(key) if self._keys.identities_of([key]) else ()

    def links_of(self, keys: Sequence[int], *, is_applied: bool = True) -> tuple[Link, ...]:
        """Links with one end at least among some keys, in force or waiting for a decision."""
        return self._links.touching(keys, is_applied=is_applied)

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

    def erase(self, identity_keys: Sequence[int], *, at: datetime) -> Erased:
        """Erases everything under these identities; their ids stay, so that no replay counts."""
        return self._eraser.erase(identity_keys, at=at)
