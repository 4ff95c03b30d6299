"""One JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verite.loop.listen.files import Source, in_memory, open_bytes
from verite.loop.listen.mapping import Mapping
from verite.loop.listen.sheet import Sheet, Unread, Writing, column_names, tidy_cell
from verite.loop.listen.sources.table.blocks import BLOCK, RAW_AT_MOST, Block, Shape, cut
from verite.loop.listen.sources.table.encoding import detect_encoding
from verite.loop.listen.sql import first_row, literal, open_desk
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NESTED = ("segment", "segments", "properties")
KEYS_AT_MOST = 2_000
HEAD = 64 << 10


class JsonlReader:
    """One file of JSON lines. Its columns are the keys met anywhere in it."""

    natural: Mapping | None = None

    def __init__(self, source: Source, told: Writing) -> None:
        self.source = source
        with open_bytes(source) as stream:
            encoding = told.encoding or detect_encoding(stream)
        self.writing = Writing(encoding=encoding, decimal=".")
        self._shape = Shape(encoding=encoding, separator=0)
        self._paths = self._keys()
        self.columns = tuple(self._paths)
        if not self.columns:
            raise BadInput("file_without_rows", fields={"file": source.name})

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Sheets of about a block each."""
        size = BLOCK if at_most is None else HEAD
        read, turn = 0, 0
        with open_bytes(self.source) as stream:
            for block in cut(stream, self._shape, block=size):
                read, turn = read + size, 1 - turn
                done = min(1.0, read / max(self.source.size, 1))
                yield self._sheet(desk, block, f"sheet_{turn}", done)

    def _sheet(self, desk: DuckDBPyConnection, block: Block, table: str, done: float) -> Sheet:
        load_lines(desk, block.data, "lines")
        bad = desk.execute("SELECT rowid, line FROM lines WHERE NOT fine").fetchall()
        paths = ", ".join(literal(path) for path in self._paths.values())
        cells = ", ".join(
            tidy_cell(name, of=f"cells[{index}]")
            for index, name in enumerate(column_names(len(self.columns)), start=1)
        )
        desk.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT {cells} FROM"
            f" (SELECT json_extract_string(line, [{paths}]) AS cells FROM lines WHERE fine)"
        )
        refused = {row for row, _ in bad}
        lines = [line for row, line in enumerate(block.lines.tolist()) if row not in refused]
        unread = tuple(
            Unread(
                line=int(block.lines[row]), reason="bad_json", detail=None, raw=text[:RAW_AT_MOST]
            )
            for row, text in bad
        )
        return Sheet(
            rows=len(lines),
            table=table,
            unread=block.unread + unread,
            line_of=lambda row: lines[row],
            share_done=done,
        )

    def _keys(self) -> dict[str, str]:
        """Column name → path of its value, in order of appearance."""
        found: dict[str, str] = {}
        with open_desk() as desk, open_bytes(self.source) as stream:
            for block in cut(stream, self._shape):
                load_lines(desk, block.data, "lines")
                for outer in (None, *NESTED):
                    for key in _keys_in(desk, outer):
                        _add(found, outer, key)
                        if key in NESTED and outer is None and _is_said_plainly(desk, key):
                            found[key] = _pointer(key)
        if len(found) > KEYS_AT_MOST:
            raise BadInput("file_without_header", fields={"file": self.source.name})
        return found


def load_lines(desk: DuckDBPyConnection, data: bytes, table: str) -> None:
    """Lines as a table, and whether each is a JSON object."""
    clean = data.replace(b"\x01", b" ")
    with in_memory(clean) as path:
        desk.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT coalesce(line, '') AS line,"
            " CASE WHEN json_valid(line)"
            f" THEN json_type(line) = 'OBJECT' ELSE false END AS fine FROM read_csv('{path}',"
            " auto_detect=false, header=false, delim='\x01', quote='', escape='',"
            " columns={'line': 'VARCHAR'}, max_line_size=8388608, new_line='\\n')"
        )


def _keys_in(desk: DuckDBPyConnection, outer: str | None) -> list[str]:
    place = "line" if outer is None else f"json_extract(line, '$.{outer}')"
    query = (
        f"SELECT list_distinct(flatten(list(keys)))"
        f" FROM (SELECT DISTINCT json_keys({place}) AS keys"
        " FROM lines WHERE fine)"
    )
    keys: list[str] | None = first_row(desk, query)[0]
    return sorted(keys or [])


def _add(found: dict[str, str], outer: str | None, key: str) -> None:
    if outer is None and key in NESTED:
        return
    if outer is None:
        found[key] = _pointer(key)
        return
    singular = outer.removesuffix("s") if outer == "segments" else outer
    found.setdefault(f"{singular}.{key}", _pointer(outer, key))


def _is_said_plainly(desk: DuckDBPyConnection, outer: str) -> bool:
    """Whether some line holds a bare value where others hold an object of values."""
    kind = f"json_type(line, '$.{outer}')"
    query = f"SELECT count(*) FROM lines WHERE fine AND {kind} NOT IN ('OBJECT', 'NULL')"
    return bool(first_row(desk, query)[0])


def _pointer(*keys: str) -> str:
    """A JSON pointer (RFC 6901): any key can be said, quotes and stars too.

    >>> _pointer("a/b", "c~d")
    '/a~1b/c~0d'
    """
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
