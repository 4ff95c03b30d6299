"""The Delta table of interactions: append, list, remove; every byte synced before it is told.

`deltalake` never fsyncs by itself, so whoever commits calls `sync_version` before setting the mark.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from verite.ledger.durable import sync, write_errors
from verite.words.columns import FRESH, KEPT
from verite.words.errors import HomeError

if TYPE_CHECKING:
    from arro3.core import Table
    from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, WriterProperties

_SAFE: Final = ("ts_us", "day", "month")
_NEVER_REPEATED: Final = frozenset({"id_hi", "id_lo", "content", "ts_us"})
# No statistics on text columns: they would keep words of erased people in the log.
_CONFIGURATION: Final = {
    "delta.dataSkippingStatsColumns": ",".join(_SAFE),
    "delta.logRetentionDuration": "interval 7 days",
}
BUCKET_FOLDER: Final = "bucket="
_TYPES: Final = {"VARCHAR": "string", "BIGINT": "long", "INTEGER": "integer", "DOUBLE": "double"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A data file that one log entry added; `is_new_data` is false for a compaction."""

    path: Path
    is_new_data: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """Which batches a commit holds: Delta refuses nothing by itself, so it is looked up first."""

    name: str
    version: int


class InteractionTable:
    """The folder `ledger/`. Versions are those of the Delta log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: DeltaTable | None = None

    @property
    def log(self) -> Path:
        """The folder of log entries."""
        return self.folder / "_delta_log"

    def at(self, version: int) -> DeltaTable:
        """The table as of a version, read again only when it changed."""
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        if self._opened is None or self._opened.version() != version:
            try:
                self._opened = DeltaTable(str(self.folder), version=version)
            except DeltaError as error:
                fields = {"path": self.folder, "detail": error}
                raise HomeError("home_corrupt", fields=fields) from error
        return self._opened

    def forget(self) -> None:
        """Reads the log again next time: something else wrote or failed."""
        self._opened = None

    def columns(self, version: int) -> tuple[str, ...]:
        """Names of the columns at a version."""
        if version < 0:
            return tuple(KEPT)
        return tuple(field.name for field in self.at(version).schema().fields)

    def files(self, version: int) -> tuple[str, ...]:
        """Paths of the data files of a version."""
        if version < 0:
            return ()
        found = self.at(version).file_uris()
        return tuple(sorted(unquote(uri.removeprefix("file://")) for uri in found))

    def fresh_count(self, version: int) -> int:
        """How many data files of a version wait for their buckets."""
        folder = f"{BUCKET_FOLDER}{FRESH}"
        return sum(Path(name).parent.name == folder for name in self.files(version))

    def holds(self, transaction: Transaction, version: int) -> bool:
        """Whether a batch is in already."""
        if version < 0:
            return False
        found = self.at(version).transaction_version(transaction.name)
        return found is not None and found >= transaction.version

    def append(self, table: Table, *, version: int, transaction: Transaction | None) -> int:
        """Commits rows on top of a version and answers the next one; nothing is synced yet."""
        from deltalake import write_deltalake

        with write_errors(self.folder):
            if version < 0:
                version = self._create()
            before = self.at(version)
            known = self.columns(version)
            grows = bool(set(table.column_names) - set(known))
            write_deltalake(
                before,
                table,
                mode="append",
                partition_by=["bucket"],
                schema_mode="merge" if grows or len(known) > len(table.column_names) else None,
                writer_properties=_writing(table.column_names),
                commit_properties=_properties(transaction),
                post_commithook_properties=no_hooks(),
            )
        self._opened = None
        return version + 1

    def swap(
        self,
        removed: Sequence[Path],
        added: Mapping[Path, int],
        *,
        version: int,
        changes_rows: bool = False,
    ) -> None:
        """Commits files in place of others on top of a version.

        A compaction has the same rows in other files; an erasure has fewer. No predicate and no
        statistics save numbers of rows: the log would keep what they say.
        """
        from deltalake.transaction import AddAction, RemoveAction

        stamp = self._stamp()
        table = self.at(version)
        adds = [
            AddAction(
                path=self._relative(path),
                size=path.stat().st_size,
                partition_values=_bucket_of(path),
                modification_time=stamp,
                data_change=changes_rows,
                stats=json.dumps({"numRecords": rows}),
            )
            for path, rows in added.items()
        ]
        removes = [
            RemoveAction(
                self._relative(path), changes_rows, stamp, path.stat().st_size, _bucket_of(path)
            )
            for path in removed
        ]
        with write_errors(self.folder):
            table.create_write_transaction(
                [*adds, *removes],
                mode="append",
                schema=table.schema(),
                partition_by=["bucket"],
                commit_properties=_properties(None),
                post_commithook_properties=no_hooks(),
            )
        self._opened = None

    def checkpoint(self, version: int) -> None:
        """Writes the state of a version as one file, synced, so that opening stays quick."""
        with write_errors(self.folder):
            self.at(version).create_checkpoint()
        names = [*self.log.glob(f"{version:020d}.checkpoint*"), self.log / "_last_checkpoint"]
        sync([*names, self.log])

    def clean_log(self, version: int) -> None:
        """Removes old entries that a durable checkpoint replaces."""
        with write_errors(self.folder):
            self.at(version).cleanup_metadata()

    def drop_entries(self, *, before: int) -> None:
        """Removes every log entry and checkpoint that a durable checkpoint replaces."""
        with write_errors(self.log):
            for path in self.log.iterdir():
                if path.name[:20].isdigit() and int(path.name[:20]) < before:
                    path.unlink(missing_ok=True)
        sync([self.log])

    def _relative(self, path: Path) -> str:
        return str(path.relative_to(self.folder))

    def _stamp(self) -> int:
        """Milliseconds of the newest log entry: the floor has no clock, and needs none here."""
        return max((int(p.stat().st_mtime * 1000) for p in self.log.glob("*.json")), default=0)

    def sync_version(self, version: int, *, since: int) -> None:
        """The data files, the log entries in (since, version] and every folder are on the disk."""
        entries = [entry_path(self.log, one) for one in range(since + 1, version + 1)]
        files = [added.path for entry in entries for added in additions(self.folder, entry)]
        folders = {path.parent for path in files} | {self.folder, self.folder.parent}
        sync([*files, *sorted(folders), *entries, self.log])

    def _create(self) -> int:
        from deltalake import DeltaTable, Field, Schema
        from deltalake.schema import PrimitiveType

        columns = [Field(name, PrimitiveType(_TYPES[kind])) for name, kind in KEPT.items()]
        self._opened = DeltaTable.create(
            str(self.folder),
            Schema(columns),
            partition_by=["bucket"],
            configuration=_CONFIGURATION,
        )
        return 0


def _bucket_of(path: Path) -> dict[str, str | None]:
    return {"bucket": path.parent.name.removeprefix(BUCKET_FOLDER)}


def _writing(columns: Sequence[str]) -> WriterProperties:
    """Fast files: no statistics save for safe columns, no dictionary of what never repeats."""
    from deltalake import ColumnProperties, WriterProperties

    return WriterProperties(
        compression="LZ4_RAW",
        column_properties={
            name: ColumnProperties(
                dictionary_enabled=name not in _NEVER_REPEATED,
                statistics_enabled="CHUNK" if name in _SAFE else "NONE",
            )
            for name in columns
        },
    )


def no_hooks() -> PostCommitHookProperties:
    """Checkpoints are written by the maintainer, synced, then marked: never on the way."""
    from deltalake import PostCommitHookProperties

    return PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)


def _properties(transaction: Transaction | None) -> CommitProperties:
    from deltalake import CommitProperties
    from deltalake import Transaction as AppTransaction

    told = [] if transaction is None else [AppTransaction(transaction.name, transaction.version)]
    return CommitProperties(app_transactions=told, max_commit_retries=0)


def entry_path(log: Path, version: int) -> Path:
    """The log entry of a version."""
    return log / f"{version:020d}.json"


def additions(folder: Path, entry: Path) -> Sequence[Added]:
    """The data files that a log entry adds, in its order.

    Raises `FileNotFoundError` when the entry was cleaned up.
    """
    found = []
    for line in entry.read_text(encoding="utf-8").splitlines():
        action = json.loads(line).get("add")
        if action is not None:
            path = folder / unquote(str(action["path"]))
            found.append(Added(path=path, is_new_data=bool(action["dataChange"])))
    return found
