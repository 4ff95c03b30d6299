"""XES event logs (IEEE 1849), streamed; documents that define entities are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.parsers import expat

from verite.loop.listen.files import Source, open_bytes
from verite.loop.listen.mapping import Branch, Filling, Mapping
from verite.loop.listen.sheet import Sheet, Writing
from verite.loop.listen.sources.rows import Row, sheets_of
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PIECE = 1 << 20
DEPTH_AT_MOST = 100
KEYS_AT_MOST = 500
POSITION = "case:position"  # of the event in its trace: tells equal events apart
ATTRIBUTES = {"string", "date", "int", "float", "boolean", "id"}
MEANS = {
    "time:timestamp": "at", "concept:name": "touchpoint", "case:concept:name": "case_id",
    "org:resource": "agent", "org:group": "team", "case:channel": "channel",
}  # fmt: skip


class XesReader:
    """One log: a row per event, attributes of its trace as `case:…`."""

    def __init__(self, source: Source, told: Writing) -> None:
        self.source = source
        self.writing = Writing(encoding=None, decimal=".")
        keys: dict[str, None] = {}
        for cells, _, _ in self._events():
            keys.update(dict.fromkeys(cells))
            if len(keys) > KEYS_AT_MOST:
                raise BadInput("file_without_header", fields={"file": source.name})
        if not keys:
            raise BadInput("file_without_rows", fields={"file": source.name})
        self.columns = tuple(keys)
        self.natural: Mapping | None = log_mapping(self.columns)

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Sheets of a hundred thousand events."""
        return sheets_of(desk, self._rows(), len(self.columns), at_most=at_most)

    def _rows(self) -> Iterator[Row]:
        for cells, line, read in self._events():
            yield Row(
                cells=[cells.get(column, "") for column in self.columns],
                line=line,
                share_done=min(1.0, read / max(self.source.size, 1)),
            )

    def _events(self) -> Iterator[tuple[dict[str, str], int, int]]:
        """(attributes, line, bytes read) of each event."""
        log = _Log(self.source.name)
        read = 0
        with open_bytes(self.source) as stream:
            final = False
            while not final:
                piece = stream.read(PIECE)
                final = not piece
                read += len(piece)
                log.feed(piece, final=final)
                for cells, line in log.events:
                    yield cells, line, read
                log.events.clear()


def log_mapping(columns: tuple[str, ...]) -> Mapping:
    """The mapping that the names of XES themselves give."""
    fillings = [
        Filling(field=field, column=column) for column, field in MEANS.items() if column in columns
    ]
    if "case:concept:name" in columns:
        fillings.append(Filling(field="identity", column="case:concept:name", prefix="case"))
    return Mapping(branches=(Branch(fillings=tuple(fillings)),))


class _Log:
    """Collects events from a stream of XML."""

    def __init__(self, name: str) -> None:
        self.events: list[tuple[dict[str, str], int]] = []
        self._name = name
        self._path: list[str] = []
        self._case: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._line = 0
        self._position = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity

    def feed(self, piece: bytes, *, final: bool) -> None:
        """Reads on."""
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as error:
            raise BadInput("bad_xml", fields={
                "file": self._name, "line": error.lineno, "detail": expat.ErrorString(error.code),
            }) from error  # fmt: skip
        except (ValueError, LookupError) as error:  # an encoding that the parser does not know
            fields = {"file": self._name, "line": 1, "detail": error}
            raise BadInput("bad_xml", fields=fields) from error

    def _entity(self, *_: object) -> None:
        raise BadInput("xml_entities", fields={"file": self._name})

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        inside = self._path[-1] if self._path else None
        if name == "trace":
            self._case, self._position = {}, 0
        elif name == "event":
            self._event, self._line = {}, self._parser.CurrentLineNumber
        elif name in ATTRIBUTES and inside in {"trace", "event"} and "key" in attributes:
            key, value = attributes["key"], attributes.get("value", "")
            if inside == "trace":
                self._case[f"case:{key}"] = value
            else:
                self._event[key] = value
        self._path.append(name)
        if len(self._path) > DEPTH_AT_MOST:
            raise BadInput("file_too_deep", fields={"file": self._name})

    def _end(self, tag: str) -> None:
        self._path.pop()
        if tag.rpartition(":")[2] == "event":
            self._position += 1
            cells = {**self._case, **self._event, POSITION: str(self._position)}
            self.events.append((cells, self._line))
