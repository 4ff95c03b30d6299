"""Compaction: fresh files move to the buckets of their identities, sorted; no row changes.

Files are written beside the table while others commit; the lock is held for the log entry only.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from verite.ledger.delta import BUCKET_FOLDER, InteractionTable
from verite.ledger.durable import sync, write_errors
from verite.words.columns import BUCKETS, FRESH

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NO_BAR: Final = "SET enable_progress_bar = false"  # a server's log is no terminal
_FILES_AT_MOST: Final = 8  # as many files of one size class in a bucket are rewritten as one
_CLASS_BITS: Final = 3  # a size class ends at eight times where it begins
_ROWS_AT_ONCE: Final = 1_500_000  # what is sorted in memory in one go


@dataclass(frozen=True, slots=True, kw_only=True)
class Compaction:
    """Files to swap in one log entry."""

    removed: tuple[Path, ...]
    added: Mapping[Path, int]  # file → rows


def plan_removals(table: InteractionTable, version: int) -> tuple[Path, ...]:
    """The fresh files, and files that crowd a bucket when there is something fresh.

    Only files of like size are put together, so that a row is rewritten once for each eightfold
    growth of the ledger, not each time that eight small files gathered beside a large one.
    """
    fresh: list[Path] = []
    alike: dict[tuple[int, int], list[Path]] = {}
    for path in map(Path, table.files(version)):
        bucket = int(path.parent.name.removeprefix(BUCKET_FOLDER))
        if bucket == FRESH:
            fresh.append(path)
        else:
            alike.setdefault((bucket, _size_class(path)), []).append(path)
    if not fresh:
        return ()
    crowds = [files for files in alike.values() if len(files) >= _FILES_AT_MOST]
    return (*fresh, *(path for files in crowds for path in files))


def _size_class(path: Path) -> int:
    return path.stat().st_size.bit_length() // _CLASS_BITS


def write_buckets(
    table: InteractionTable, removed: Sequence[Path], scratch: Path, *, threads: int | None = None
) -> Compaction:
    """Writes the rows of some files again, one file per bucket, synced; on all processors, or on
    so many threads."""
    added: dict[Path, int] = {}
    scratch.mkdir(exist_ok=True)
    try:
        with write_errors(table.folder), _sorter(scratch, threads) as connection:
            names = [str(path) for path in removed]
            width = _slice_width(connection, names)
            for start in range(0, BUCKETS, width):
                added |= dict(_write_slice(connection, table.folder, names, (start, width)))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    sync([*added, *sorted({path.parent for path in added}), table.folder])
    return Compaction(removed=tuple(removed), added=added)


def commit_swap(table: InteractionTable, swap: Compaction, *, version: int) -> int | None:
    """The log entry of a compaction; None when a file to remove has gone meanwhile."""
    held = set(table.files(version))
    if not {str(path) for path in swap.removed} <= held:
        return None
    table.swap(swap.removed, swap.added, version=version)
    return version + 1


def _sorter(scratch: Path, threads: int | None) -> DuckDBPyConnection:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(scratch),
        "memory_limit": "1GB",
    }
    if threads:
        settings["threads"] = threads
    connection = duckdb.connect(config=settings)
    connection.execute(NO_BAR)
    return connection


def _slice_width(connection: DuckDBPyConnection, names: Sequence[str]) -> int:
    """How many buckets fit in memory at once, given that keys are spread evenly."""
    counted = connection.execute("SELECT count(*) FROM read_parquet(?)", [list(names)]).fetchall()
    return max(1, min(BUCKETS, BUCKETS * _ROWS_AT_ONCE // max(1, int(counted[0][0]))))


def _write_slice(
    connection: DuckDBPyConnection, folder: Path, names: Sequence[str], span: tuple[int, int]
) -> Iterator[tuple[Path, int]]:
    start, width = span
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE slice AS SELECT *, identity_key % {BUCKETS} AS home_bucket"
        " FROM read_parquet(?, union_by_name = true, hive_partitioning = false)"
        f" WHERE home_bucket >= {start} AND home_bucket < {start + width}"
        " ORDER BY home_bucket, identity_key, ts_us, id_hi, id_lo",
        [list(names)],
    )
    counts = connection.execute(
        "SELECT home_bucket, count(*) FROM slice GROUP BY home_bucket ORDER BY home_bucket"
    ).fetchall()
    for bucket, rows in counts:
        path = folder / f"{BUCKET_FOLDER}{bucket}" / f"part-{secrets.token_hex(16)}.parquet"
        path.parent.mkdir(exist_ok=True)
        connection.execute(
            f"COPY (SELECT * EXCLUDE (home_bucket) FROM slice WHERE home_bucket = {bucket})"
            f" TO '{_quoted(path)}' (FORMAT parquet, COMPRESSION zstd)"
        )
        yield path, int(rows)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
