"""OCEL 2.0 event logs as JSON: a row per event, its objects by type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from verite.loop.listen.files import Source, open_bytes
from verite.loop.listen.mapping import Branch, Filling, Mapping
from verite.loop.listen.plan import own_field
from verite.loop.listen.sheet import Sheet, Writing
from verite.loop.listen.sources.rows import Row, sheets_of
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BYTES_AT_MOST = 512 << 20
OBJECT = "object:"
PEOPLE = ("customer", "client", "consumer", "person", "user", "patient", "citizen", "buyer")
CASES = ("case", "order", "ticket", "contract", "request", "claim", "application", "dossier")
AGENTS = ("agent", "employee", "resource", "staff", "clerk", "advisor")
TEAMS = ("team", "group", "department", "queue")


class Attribute(msgspec.Struct):
    """A named value of an event."""

    name: str
    value: object = None


class Relation(msgspec.Struct):
    """An object that an event touches."""

    object_id: str = msgspec.field(name="objectId")
    qualifier: str = ""


class Event(msgspec.Struct):
    """One event."""

    id: str
    type: str
    time: str
    attributes: list[Attribute] = []
    relationships: list[Relation] = []


class Thing(msgspec.Struct):
    """One object."""

    id: str
    type: str


class Log(msgspec.Struct):
    """What is read of a log."""

    events: list[Event]
    objects: list[Thing] = []


class OcelReader:
    """One log."""

    def __init__(self, source: Source, told: Writing) -> None:
        self.source = source
        self.writing = Writing(encoding="utf-8", decimal=".")
        self._log = _read(source)
        self._kinds = {thing.id: thing.type for thing in self._log.objects}
        if not self._log.events:
            raise BadInput("file_without_rows", fields={"file": source.name})
        columns: dict[str, None] = {}
        for event in self._log.events:
            columns.update(dict.fromkeys(self._cells(event)))
        self.columns = tuple(columns)
        self.natural: Mapping | None = log_mapping(self.columns)

    def sheets(self, desk: DuckDBPyConnection, *, at_most: int | None = None) -> Iterator[Sheet]:
        """Sheets of a hundred thousand events."""
        return sheets_of(desk, self._rows(), len(self.columns), at_most=at_most)

    def _rows(self) -> Iterator[Row]:
        whole = len(self._log.events)
        for number, event in enumerate(self._log.events, start=1):
            cells = self._cells(event)
            yield Row(
                cells=[cells.get(column, "") for column in self.columns],
                line=number,
                share_done=number / whole,
            )

    def _cells(self, event: Event) -> dict[str, str]:
        """Id, type and time; attributes by name; the first object of each type, then all."""
        cells = {"id": event.id, "type": event.type, "time": event.time}
        for attribute in event.attributes:
            cells[attribute.name if attribute.name not in cells else f"event:{attribute.name}"] = (
                _text(attribute.value)
            )
        together: dict[str, list[str]] = {}
        for relation in event.relationships:
            kind = self._kinds.get(relation.object_id, "unknown")
            together.setdefault(kind, []).append(relation.object_id)
        for kind, ids in together.items():
            cells[OBJECT + kind] = ids[0]
            if len(ids) > 1:
                cells[f"objects:{kind}"] = ";".join(ids)
        return cells


def log_mapping(columns: tuple[str, ...]) -> Mapping:
    """The mapping that names of objects and attributes suggest."""
    fillings = {
        "message_id": Filling(field="message_id", column="id"),
        "at": Filling(field="at", column="time"),
        "touchpoint": Filling(field="touchpoint", column="type"),
    }
    kinds = [name.removeprefix(OBJECT) for name in columns if name.startswith(OBJECT)]
    for field, names in (
        ("identity", PEOPLE), ("case_id", CASES), ("agent", AGENTS), ("team", TEAMS),
    ):  # fmt: skip
        kind = next((kind for name in names for kind in kinds if name in kind.lower()), None)
        if kind is not None:
            prefix = "customer" if field == "identity" else None
            fillings[field] = Filling(field=field, column=OBJECT + kind, prefix=prefix)
    for column in columns:
        means = own_field(column)
        if means is not None and means not in fillings:
            fillings[means] = Filling(field=means, column=column)
        elif column.startswith("objects:"):
            fillings[column] = Filling(field=f"properties.{column[8:]}", column=column)
    return Mapping(branches=(Branch(fillings=tuple(fillings.values())),))


def _read(source: Source) -> Log:
    with open_bytes(source) as stream:
        data = stream.read(BYTES_AT_MOST + 1)
    if len(data) > BYTES_AT_MOST:
        raise BadInput("file_too_large", fields={"file": source.name, "most": BYTES_AT_MOST})
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Log)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        detail = str(error)[:200]
        raise BadInput("bad_ocel", fields={"file": source.name, "detail": detail}) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    return msgspec.json.encode(value).decode()
