"""A sheet: up to a million rows of text in a table of DuckDB, with the lines they stood on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from verite.loop.listen.mapping import Mapping

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A row that is no row: what stood there, where, and why it cannot be read."""

    line: int | None
    reason: str
    detail: str | None
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows now in a table (c0, c1…: trimmed text or null, in file order) and those unread."""

    rows: int
    table: str
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
    country: str | None = None  # whose phones are meant when they name none; the zone's if absent


class Reader(Protocol):
    """One open file: its columns, then sheet after sheet."""

    columns: tuple[str, ...]
    writing: Writing
    natural: Mapping | None  # the mapping that goes without saying, for logs of known shape

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Sheet after sheet, in two tables by turns: one is judged while the next is read."""
        ...


def column_names(count: int) -> list[str]:
    """The names of a sheet's columns in DuckDB.

    >>> column_names(3)
    ['c0', 'c1', 'c2']
    """
    return [f"c{index}" for index in range(count)]


def tidy_cell(name: str, *, of: str | None = None) -> str:
    """SQL of a cell trimmed of blanks (the no-break ones too), null when nothing is left.

    >>> tidy_cell("c0").endswith("AS c0")
    True
    """
    text = f"({of or name})"
    edges = (f"ascii({text})", f"ascii({text}[-1])")
    # Most cells begin and end with a plain letter or digit: they are spared the costly trim.
    doubtful = " OR ".join(f"{edge} <= 32 OR {edge} > 127" for edge in edges)
    trimmed = f"trim({text}, ' \t\n\u00a0\u202f')"
    return f"nullif(CASE WHEN {doubtful} THEN {trimmed} ELSE {text} END, '') AS {name}"
