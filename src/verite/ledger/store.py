"""A SQLite database that does not forget what it confirmed, nor remember what it deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path
from threading import RLock

from verite.ledger.durable import is_full, sync, write_errors
from verite.words.errors import HomeError

_PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "secure_delete=on",
    "cache_size=-16384",
    "busy_timeout=60000",
)
_CODES = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_IOERR_FSYNC": "fsync_failed",
    "SQLITE_IOERR_DIR_FSYNC": "fsync_failed",
    "SQLITE_BUSY": "home_busy",
    "SQLITE_LOCKED": "home_busy",
    "SQLITE_NOTADB": "home_corrupt",
    "SQLITE_CORRUPT": "home_corrupt",
    "SQLITE_CANTOPEN": "home_unreadable",
    "SQLITE_READONLY": "home_read_only",
}
Value = str | int | float | bytes | None


class Store:
    """One connection, shared by threads one at a time; errors come out as `HomeError`."""

    def __init__(self, path: Path, schema: Sequence[str]) -> None:
        self.path = path
        self.turn = RLock()
        self._failure: HomeError | None = None
        with self._told():
            self._connection = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=60
            )
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
        self._prepare(schema)

    def _prepare(self, schema: Sequence[str]) -> None:
        """Runs the statements that this database has not seen; they are only ever appended to."""
        if self.number("PRAGMA user_version") >= len(schema):
            return
        with self.writing() as cursor:
            seen = cursor.execute("PRAGMA user_version").fetchone()[
                0
            ]  # another may have come first
            for statement in schema[seen:]:
                cursor.execute(statement)
            cursor.execute(f"PRAGMA user_version = {max(seen, len(schema))}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        """One transaction: all of it is on the disk when the block ends, or none of it."""
        if self._failure is not None:
            raise self._failure
        with self.turn, self._told():
            cursor = self._connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise

    def rows(self, sql: str, values: Iterable[Value] = ()) -> list[tuple[Value, ...]]:
        """The rows of a question."""
        with self.turn, self._told():
            return self._connection.execute(sql, tuple(values)).fetchall()

    def number(self, sql: str, values: Iterable[Value] = ()) -> int:
        """The single whole number that a question answers; 0 for none."""
        found = self.rows(sql, values)
        return int(found[0][0] or 0) if found else 0

    def scrub(self, words: Iterable[str]) -> None:
        """Nothing that was deleted is left in the file, nor in its log.

        Deleted cells are overwritten, but pages that were split may keep old copies of them: the
        file is written anew when it still holds one of the words.
        """
        self.empty_log()
        wanted = [word.encode() for word in words]
        if wanted and holds(self.path, wanted):
            self.rewrite()

    def rewrite(self) -> None:
        """The file holds what its tables hold and nothing else; its log is empty."""
        with self.turn, self._told():
            self._connection.execute("PRAGMA temp_store=memory")  # nothing outside the home
            self._connection.execute("VACUUM")
        self.empty_log()

    def empty_log(self) -> None:
        """What the write-ahead log holds is in the file, and the log is empty, on the disk too."""
        with self.turn, self._told():
            done = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if done and done[0]:
            raise HomeError("home_busy", fields={"path": self.path})
        log = self.path.with_name(self.path.name + "-wal")
        if log.exists():
            sync([log])  # else a power cut may give it back what it held

    def close(self) -> None:
        """Gives the file back."""
        with self.turn, self._told():
            self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "") or ""
            code = _CODES.get(name) or _CODES.get("_".join(name.split("_")[:2]), "disk_error")
            if code == "disk_error" and is_full(self.path.parent):
                code = "disk_full"  # SQLite does not always say which
            fields = {"path": self.path, "detail": error}
            told = HomeError(code, fields=fields)
            if code == "fsync_failed":
                self._failure = told  # never retried: a later success would prove nothing
            raise told from error


def holds(path: Path, words: Sequence[bytes]) -> bool:
    """Whether the bytes of a file hold one of some words."""
    with write_errors(path), path.open("rb") as file:
        try:
            with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
                return any(content.find(word) >= 0 for word in words)
        except ValueError:  # an empty file cannot be mapped
            return False
