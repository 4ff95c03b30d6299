"""Files as views of one desk for a SELECT: each named after its stem, and nothing else seen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verite.loop.listen.files import Source, copy_in, open_bytes
from verite.loop.listen.kinds import open_reader
from verite.loop.listen.request import Request
from verite.loop.listen.sheet import Reader, Unread, Writing, column_names
from verite.loop.listen.sources.table.blocks import cut
from verite.loop.listen.sources.table.reader import TableReader
from verite.loop.listen.sql import literal, quoted
from verite.words.errors import BadInput
from verite.words.heard import Decided

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewed:
    """A file that a SELECT may read, and its rows that no SELECT will see."""

    decided: Decided
    unread: tuple[Unread, ...]


def view_name(path: Path) -> str:
    """The name of a file's view: its stem in lower case, what is no letter, digit or _ as _.

    >>> view_name(Path("Order-Reviews 2024.csv"))
    'order_reviews_2024'
    """
    return re.sub(r"[^\w]", "_", path.name.split(".")[0].lower())


@contextmanager
def viewed(
    desk: DuckDBPyConnection, sources: tuple[Source, ...], request: Request, told: Writing
) -> Iterator[tuple[Viewed, ...]]:
    """Views of all files, then every other door of the desk locked."""
    copies: list[int] = []
    paths: list[str] = []
    done: list[Viewed] = []
    names: set[str] = set()
    try:
        for source in sources:
            name = view_name(source.path)
            if name in names:
                raise BadInput("view_twice", fields={"view": name, "file": source.name})
            names.add(name)
            with engine_errors(source):
                done.append(_view(desk, source, request, told, (paths, copies)))
        lock(desk, paths)
        yield tuple(done)
    finally:
        for copy in copies:
            os.close(copy)


def lock(desk: DuckDBPyConnection, paths: list[str]) -> None:
    """From here on the desk reads these paths only, and its settings stay as they are."""
    desk.execute(f"SET allowed_paths = [{', '.join(map(literal, paths))}]")
    desk.execute("SET enable_external_access = false")
    desk.execute("SET lock_configuration = true")


@contextmanager
def engine_errors(source: Source) -> Iterator[None]:
    """What the engine refuses about a file, as an error of ours."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        detail = str(error).splitlines()[0][:300]
        raise BadInput("mapping_sql", fields={"file": source.name, "detail": detail}) from error


def apart(names: tuple[str, ...]) -> tuple[str, ...]:
    """Column names that differ by more than case, as SQL wants them.

    >>> apart(("Note", "note", "at"))
    ('Note', 'note_2', 'at')
    """
    given: dict[str, str] = {}
    for name in names:
        wanted, number = name, 2
        while wanted.lower() in given:
            wanted, number = f"{name}_{number}", number + 1
        given[wanted.lower()] = wanted
    return tuple(given.values())


Kept = tuple[list[str], list[int]]  # allowed paths, open copies


def _view(
    desk: DuckDBPyConnection, source: Source, request: Request, told: Writing, kept: Kept
) -> Viewed:
    kind, reader = open_reader(source, request, told)
    if isinstance(reader, TableReader):
        return _view_table(desk, reader, request, kind, kept)
    return _load(desk, source, reader, kind)


def _view_table(
    desk: DuckDBPyConnection, reader: TableReader, request: Request, kind: str, kept: Kept
) -> Viewed:
    """The file itself where DuckDB reads it as we do, else a clean copy without a name."""
    source = reader.source
    unread, rows, as_is = _look_through(reader)
    skip = reader.skip
    if as_is:
        kept[1].append(os.open(source.path, os.O_RDONLY))
    else:
        with copy_in(request.scratch) as copy, open_bytes(source) as stream:
            for block in cut(stream, reader.shape, skip=reader.skip):
                copy.write(block.data)
            copy.flush()
            kept[1].append(os.dup(copy.fileno()))
        skip = 0
    path = f"/proc/self/fd/{kept[1][-1]}"
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in apart(reader.columns))
    desk.execute(
        f"CREATE VIEW {quoted(view_name(source.path))} AS SELECT * FROM read_csv({literal(path)},"
        f" auto_detect=false, header=false, skip={skip},"
        f" delim={literal(chr(reader.shape.separator))},"
        f" quote='\"', escape='\"', columns={{{columns}}}, max_line_size=8388608, new_line='\\n')"
    )
    kept[0].append(path)
    return Viewed(decided=_decided(source, kind, reader.writing, rows), unread=unread)


def _look_through(reader: TableReader) -> tuple[tuple[Unread, ...], int, bool]:
    """The rows that are none, how many others, and whether DuckDB may read the file itself."""
    source, shape = reader.source, reader.shape
    unread: list[Unread] = []
    rows = 0
    plain = source.packing is None and shape.encoding == "utf-8"
    with open_bytes(source) as stream:
        for block in cut(stream, shape, skip=reader.skip):
            unread += block.unread
            rows += len(block.lines)
            plain = plain and block.as_read
    return tuple(unread), rows, plain and not unread


def _load(desk: DuckDBPyConnection, source: Source, reader: Reader, kind: str) -> Viewed:
    """Other kinds: their rows in a table of the desk."""
    name = quoted(view_name(source.path))
    columns = ", ".join(f"{quoted(column)} VARCHAR" for column in apart(reader.columns))
    desk.execute(f"CREATE TABLE {name} ({columns})")
    unread: list[Unread] = []
    rows = 0
    for sheet in reader.sheets(desk):
        unread += sheet.unread
        rows += sheet.rows
        chosen = ", ".join(column_names(len(reader.columns)))
        desk.execute(f"INSERT INTO {name} SELECT {chosen} FROM {sheet.table}")
    return Viewed(decided=_decided(source, kind, reader.writing, rows), unread=tuple(unread))


def _decided(source: Source, kind: str, writing: Writing, rows: int) -> Decided:
    return Decided(
        file=source.name,
        kind=kind,
        encoding=writing.encoding,
        separator=writing.separator,
        rows=rows,
    )
