"""Delimited text: CSV and its cousins, as French and other software writes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from verite.loop.listen.files import Source, in_memory, open_bytes
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.sheet import Sheet, Writing, column_names, tidy_cell
from verite.loop.listen.sources.table.blocks import BLOCK, Block, Shape, cut
from verite.loop.listen.sources.table.encoding import detect_encoding
from verite.loop.listen.sources.table.records import FINE, find_records
from verite.loop.listen.sql import first_row
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SEPARATORS = (",", ";", "\t", "|")
HEAD = 64 << 10  # bytes looked at for separator and header
CELLS_AT_MOST = 2_000


class TableReader:
    """One delimited file."""

    natural: Mapping | None = None

    def __init__(self, source: Source, told: Writing) -> None:
        self.source = source
        encoding = told.encoding or _encoding(source)
        head = self._head(encoding)
        skipped, head = _declared_separator(head)
        separator = told.separator or skipped or _separator(head)
        self.writing = Writing(encoding=encoding, separator=separator)
        self.columns = _header(head, separator, source.name)
        self.skip = 2 if skipped else 1  # records before the rows
        self.shape = Shape(encoding=encoding, separator=ord(separator), cells=len(self.columns))

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Sheets of about a block each."""
        size = BLOCK if at_most is None else HEAD
        read, number = 0, 0
        with open_bytes(self.source) as stream:
            for block in cut(stream, self.shape, block=size, skip=self.skip):
                read, number = read + size, 1 - number
                done = min(1.0, read / max(self.source.size, 1))
                yield load(desk, block, self.shape, table=f"sheet_{number}", done=done)

    def _head(self, encoding: str) -> bytes:
        with open_bytes(self.source) as stream:
            shape = Shape(encoding=encoding, separator=0)
            for block in cut(stream, shape, block=HEAD):
                if block.data:
                    return block.data
        raise BadInput("file_without_rows", fields={"file": self.source.name})


def load(desk: DuckDBPyConnection, block: Block, shape: Shape, *, table: str, done: float) -> Sheet:
    """A block as a table."""
    names = column_names(shape.cells)
    chosen = ", ".join(names if block.tidy else map(tidy_cell, names))
    with in_memory(block.data) as path, typed_errors(block):
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        desk.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT {chosen} FROM read_csv('{path}',"
            f" auto_detect=false, header=false, delim=$delim, quote=$quote, escape=$quote,"
            f" columns={{{columns}}}, max_line_size=8388608, new_line='\\n')",
            {"delim": chr(shape.separator), "quote": '"'},
        )
    held = first_row(desk, f"SELECT count(*) FROM {table}")
    if held[0] != len(block.lines):
        raise BadInput("rows_do_not_add_up", fields={"line": block.lines[0]})
    lines = block.lines
    return Sheet(
        rows=len(lines),
        table=table,
        unread=block.unread,
        line_of=lambda row: int(lines[row]),
        share_done=done,
    )


@contextmanager
def typed_errors(block: Block) -> Iterator[None]:
    """What the engine finds wrong with a block, as an error of ours."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        line = block.lines[0] if len(block.lines) else 0
        raise BadInput("rows_do_not_add_up", fields={"line": line}) from error


def _encoding(source: Source) -> str:
    with open_bytes(source) as stream:
        head = stream.read(HEAD)
    if _is_binary(head):
        raise BadInput("file_is_binary", fields={"file": source.name})
    with open_bytes(source) as stream:
        return detect_encoding(stream)


def _is_binary(head: bytes) -> bool:
    """Whether the first bytes are no text: control characters, in no encoding of text."""
    if not head:  # an archive of nothing
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or 0.2 < head.count(0) / len(head) < 0.6:
        return False  # UTF-16
    control = sum(head.count(code) for code in range(32) if code not in {9, 10, 12, 13})
    return control > 0.02 * len(head)


def _declared_separator(head: bytes) -> tuple[str | None, bytes]:
    """Excel's first line `sep=;`."""
    line, _, rest = head.partition(b"\n")
    if line.lower().startswith(b"sep=") and len(line.strip()) == 5:
        return chr(line.strip()[4]), rest
    return None, head


def _separator(head: bytes) -> str:
    """The separator that cuts most records like the first one."""
    sample = head[:16384]
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        records = find_records(sample, ord(separator), first_line=1, final=len(sample) < 16384)
        fine = records.cells[(records.flaws == FINE) & ~records.blank]
        if len(fine) == 0 or fine[0] < 2:
            continue
        alike = float((fine == fine[0]).mean())
        if (alike > 0.5, int(fine[0])) > best_score:
            best, best_score = separator, (alike > 0.5, int(fine[0]))
    return best


def _header(head: bytes, separator: str, name: str) -> tuple[str, ...]:
    if b"\0" in head:
        raise BadInput("file_is_binary", fields={"file": name})
    text = head.decode("utf-8", errors="replace").lstrip("\n")
    try:
        cells = next(csv.reader(io.StringIO(text), delimiter=separator), [])
    except csv.Error as error:
        raise BadInput("file_without_header", fields={"file": name}) from error
    if not cells or len(cells) > CELLS_AT_MOST:
        raise BadInput("file_without_header", fields={"file": name})
    return unlike(cell.strip() for cell in cells)


def unlike(names: Iterator[str]) -> tuple[str, ...]:
    """Column names, each one its own: the second `note` is `note_2`, one without name `column_3`.

    >>> unlike(iter(["note", "note", ""]))
    ('note', 'note_2', 'column_3')
    """
    given: list[str] = []
    for index, name in enumerate(names, start=1):
        wanted, number = name or f"column_{index}", 2
        base = wanted
        while wanted in given:
            wanted, number = f"{base}_{number}", number + 1
        given.append(wanted)
    return tuple(given)
