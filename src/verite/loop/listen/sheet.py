"""A sheet: up to about a million rows of text, in a table of DuckDB, with the lines they stood on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from verite.loop.listen.mapping import Mapping

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHEET = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A row that is no row: what stood there, where, and why it cannot be read."""

    line: int | None
    reason: str
    detail: str | None
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows now in the table `sheet` (columns c0, c1… VARCHAR, in file order) and those unread."""

    rows: int
    unread: tuple[Unread, ...] = ()
    line_of: Callable[[int], int | None] = field(default=lambda row: row + 1)
    share_done: float = 1.0  # of the file, 0-1


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How a file is written, as found or as told."""

    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    zone: str | None = None
    day_first: bool | None = None


class Reader(Protocol):
    """One open file: its columns, then sheet after sheet."""

    columns: tuple[str, ...]
    writing: Writing
    natural: Mapping | None  # the mapping that goes without saying, for logs of known shape

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Fills the table `sheet` again and again; each sheet replaces the one before."""
        ...


def column_names(count: int) -> list[str]:
    """The names of a sheet's columns in DuckDB.

    >>> column_names(3)
    ['c0', 'c1', 'c2']
    """
    return [f"c{index}" for index in range(count)]
