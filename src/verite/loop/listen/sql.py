"""Small pieces of SQL: quoted literals, and a connection with bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verite.text.contacts import tidy

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "900MB"
THREADS = 2


def literal(text: str | None) -> str:
    """Text as a SQL literal.

    >>> literal("l'eau")
    "'l''eau'"
    """
    if text is None:
        return "NULL"
    return "'" + text.replace("\0", "").replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name as a SQL identifier.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace("\0", "").replace('"', '""') + '"'


def open_desk() -> DuckDBPyConnection:
    """A connection in memory, in UTC, bounded in memory and threads, that asks no network."""
    import duckdb

    desk = duckdb.connect(
        ":memory:",
        config={
            "threads": THREADS,
            "memory_limit": MEMORY,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": "",
        },
    )
    desk.execute("SET TimeZone = 'UTC'")
    desk.create_function("tidy", tidy, ["VARCHAR", "VARCHAR"], "VARCHAR")
    return desk


def cursor_of(desk: DuckDBPyConnection) -> DuckDBPyConnection:
    """A second connection to the desk, in UTC too: a cursor would take the machine's zone."""
    cursor = desk.cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    return cursor


def first_row(desk: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The first row of a query, which is read to its end: an unfinished one blocks the desk."""
    return tuple(desk.execute(query).fetchall()[0])
