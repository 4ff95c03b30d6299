"""The preview form: which column fills which field, and what detection may be told instead."""

from __future__ import annotations

from collections.abc import Mapping as Given
from dataclasses import dataclass
from pathlib import Path

from django.http import QueryDict

from verite.loop.listen import Branch, Filling, Mapping, Preview, Request
from verite.loop.listen.mapping import FIELDS
from verite.sentences.names import channel_name, kind_name
from verite.web.asked import Choice
from verite.web.language import language
from verite.web.wording import say
from verite.words.interaction import CHANNELS, Kind

ENCODINGS = ("utf-8", "utf-16", "latin-1", "cp1252")
SEPARATORS = (",", ";", "\t", "|")
CONSTANTS = ("channel", "kind", "touchpoint", "metric", "scale_min", "scale_max")
MAPPED_KINDS = ("csv", "jsonl", "parquet", "excel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the file: its first values and the field it fills."""

    number: int
    name: str
    samples: tuple[str, ...]
    fields: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A field that the file does not tell, the same for every row."""

    field: str
    name: str
    value: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewForm:
    """What the preview page asks."""

    columns: tuple[Column, ...]
    constants: tuple[Constant, ...]
    is_mapped: bool


def told_form(preview: Preview, given: QueryDict | None) -> PreviewForm:
    """The form as guessed, or as given when it was sent back."""
    chosen = _given_fields(given) if given is not None else _guessed_fields(preview)
    constants = _given_constants(given) if given is not None else _guessed_constants(preview)
    return PreviewForm(
        columns=tuple(
            _column(place, name, preview, chosen.get(name, ""))
            for place, name in enumerate(preview.columns)
        ),
        constants=tuple(_constant(field, constants.get(field, "")) for field in CONSTANTS),
        is_mapped=preview.decided.kind in MAPPED_KINDS,
    )


def read_request(file: Path, given: QueryDict | None, zone: str) -> Request:
    """The import asked for: detection alone, or the form's mapping and overrides.

    Times without a zone are read in the home's unless the form says otherwise.
    """
    if given is None:
        return Request(files=(file,), zone=zone)
    day_first = {"yes": True, "no": False}.get(given.get("day_first", ""))
    return Request(
        files=(file,),
        mapping=_mapping(given),
        zone=given.get("zone") or zone,
        encoding=given.get("encoding") or None,
        separator=given.get("separator") or None,
        decimal=given.get("decimal") or None,
        day_first=day_first,
        name=given.get("name") or None,
    )


def kept_fields(given: QueryDict) -> dict[str, str]:
    """Column to field, and constants, to be kept as a mapping for the next file."""
    constants = {f"={field}": value for field, value in _given_constants(given).items()}
    return {**_given_fields(given), **constants}


def refilled(kept: Given[str, str], preview: Preview) -> QueryDict:
    """A kept mapping as a form: columns that this file has too are filled the same way."""
    query = QueryDict(mutable=True)
    for name in preview.columns:
        query.appendlist("column", name)
        query.appendlist("field", kept.get(name, ""))
    for field in CONSTANTS:
        query[f"constant-{field}"] = kept.get(f"={field}", "")
    return query


def _mapping(given: QueryDict) -> Mapping | None:
    filled = {name: field for name, field in _given_fields(given).items() if field}
    fillings = [Filling(field=field, column=name) for name, field in filled.items()]
    taken = set(filled.values())
    fillings += [
        Filling(field=field, constant=value)
        for field, value in _given_constants(given).items()
        if value and field not in taken
    ]
    return Mapping(branches=(Branch(fillings=tuple(fillings)),)) if filled else None


def _given_fields(given: QueryDict) -> dict[str, str]:
    return dict(zip(given.getlist("column"), given.getlist("field"), strict=False))


def _given_constants(given: QueryDict) -> dict[str, str]:
    return {field: given.get(f"constant-{field}", "").strip() for field in CONSTANTS}


def _guessed_fields(preview: Preview) -> dict[str, str]:
    if preview.guessed is None:
        return {}
    fillings = preview.guessed.branches[0].fillings
    return {filling.column: filling.field for filling in fillings if filling.column}


def _guessed_constants(preview: Preview) -> dict[str, str]:
    if preview.guessed is None:
        return {}
    fillings = preview.guessed.branches[0].fillings
    return {filling.field: filling.constant for filling in fillings if filling.constant}


def _column(place: int, name: str, preview: Preview, chosen: str) -> Column:
    values = [row[place] for row in preview.sample if place < len(row)]
    known = [*FIELDS, *([chosen] if chosen and chosen not in FIELDS else [])]
    segment = f"segment.{_key(name)}"
    if segment not in known:
        known.append(segment)
    left = Choice(value="", name=say("listen.left_out"), is_chosen=not chosen)
    return Column(
        number=place,
        name=name,
        samples=tuple(dict.fromkeys(value for value in values if value))[:3],
        fields=(
            left,
            *(Choice(value=k, name=field_name(k), is_chosen=k == chosen) for k in known),
        ),
    )


def field_name(field: str) -> str:
    """A field of the interaction table, as people read it."""
    for prefix, told in (
        ("segment.", "segment"),
        ("segment_", "segment"),
        ("properties.", "property"),
    ):
        if field.startswith(prefix):
            return say(f"listen.a_{told}", key=field.removeprefix(prefix))
    return say(f"listen.field_{field}") if field in FIELDS else field


def _constant(field: str, value: str) -> Constant:
    lang = language()
    closed: dict[str, tuple[tuple[str, str], ...]] = {
        "channel": tuple((key, channel_name(key, lang)) for key in CHANNELS),
        "kind": tuple((kind.value, kind_name(kind.value, lang)) for kind in Kind),
    }
    none = Choice(value="", name=say("listen.unsaid"), is_chosen=not value)
    choices = tuple(
        Choice(value=key, name=name, is_chosen=key == value) for key, name in closed.get(field, ())
    )
    return Constant(
        field=field,
        name=field_name(field),
        value=value,
        choices=(none, *choices) if choices else (),
    )


def _key(name: str) -> str:
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in name.lower()).strip("_")
    return (plain if plain[:1].isalpha() else f"k_{plain}")[:40]
