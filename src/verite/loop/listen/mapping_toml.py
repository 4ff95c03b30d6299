"""Mappings as TOML: read and written."""

from __future__ import annotations

import tomllib

from verite.loop.listen.mapping import Branch, Filling, Mapping
from verite.words.errors import BadInput

WRITING = ("zone", "encoding", "separator", "decimal", "day_first")
TABLES = ("columns", "constants", "formats", "prefixes", "values")
Table = dict[str, object]


def read_mapping(text: str, *, name: str = "mapping.toml") -> Mapping:
    """The mapping a text says.

    >>> read_mapping('[columns]\\nat = "date"').branches[0].fillings[0].column
    'date'
    """
    try:
        document: Table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("mapping_toml", fields={"file": name, "detail": error}) from error
    for key in document:
        if key not in {*WRITING, *TABLES, "rows"}:
            raise BadInput("mapping_key", fields={"file": name, "key": key})
    rows = document.get("rows", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadInput("mapping_key", fields={"file": name, "key": "rows"})
    branches = tuple(_branch(document, row, name) for row in rows) or (_branch(document, {}, name),)
    day_first = document.get("day_first")
    if day_first is not None and not isinstance(day_first, bool):
        raise BadInput("mapping_key", fields={"file": name, "key": "day_first"})
    return Mapping(
        branches=branches,
        zone=_text(document, "zone", name),
        encoding=_text(document, "encoding", name),
        separator=_text(document, "separator", name),
        decimal=_text(document, "decimal", name),
        day_first=day_first,
    )


def _branch(document: Table, row: Table, name: str) -> Branch:
    """A branch: what holds for all rows, then what this one says itself."""
    for key in row:
        if key not in {*TABLES, "name", "when"}:
            raise BadInput("mapping_key", fields={"file": name, "key": f"rows.{key}"})
    said = {key: {**_table(document, key, name), **_table(row, key, name)} for key in TABLES}
    own = _table(row, "columns", name).keys() | _table(row, "constants", name).keys()
    fillings = []
    for field, column in said["columns"].items():
        if field in own and field in _table(row, "constants", name):
            continue
        fillings.append(
            Filling(
                field=_field(field),
                column=_string(column, field, name),
                prefix=_optional(said["prefixes"].get(field), field, name),
                format=_optional(said["formats"].get(field), field, name),
                values=_values(said["values"].get(field), field, name),
            )
        )
    taken = {filling.field for filling in fillings}
    for field, constant in said["constants"].items():
        if _field(field) not in taken:
            fillings.append(Filling(field=_field(field), constant=_string(constant, field, name)))
    return Branch(
        fillings=tuple(fillings),
        name=_text(row, "name", name) or "",
        when=_text(row, "when", name),
    )


def _field(field: str) -> str:
    return "case_id" if field == "journey_id" else field


def _table(document: Table, key: str, name: str) -> Table:
    found = document.get(key, {})
    if not isinstance(found, dict):
        raise BadInput("mapping_key", fields={"file": name, "key": key})
    return found


def _string(value: object, field: str, name: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadInput("mapping_key", fields={"file": name, "key": field})
    return str(value)


def _optional(value: object, field: str, name: str) -> str | None:
    return None if value is None else _string(value, field, name)


def _text(document: Table, key: str, name: str) -> str | None:
    value = document.get(key)
    if value is not None and not isinstance(value, str):
        raise BadInput("mapping_key", fields={"file": name, "key": key})
    return value


def _values(value: object, field: str, name: str) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise BadInput("mapping_key", fields={"file": name, "key": f"values.{field}"})
    return tuple((written, _string(meant, field, name)) for written, meant in value.items())
