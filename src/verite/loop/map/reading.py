"""Reading a designed map from TOML; every error says where, what and the remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from verite.loop.map.cells import (
    Table,
    check_keys,
    read_axis,
    read_feeling,
    read_names,
    read_optional_text,
    read_text,
    read_texts,
    read_version,
)
from verite.loop.map.places import Place
from verite.words.errors import BadInput
from verite.words.journey import Contact, DesignedMap, Line, Stage, Touchpoint, Translation

MAP_KEYS: Final = ("key", "version", "language", "names", "path", "stages", "touchpoints")
STAGE_KEYS: Final = ("key", "names")
TOUCHPOINT_KEYS: Final = (
    "key", "stage", "names", "line", "contact", "channels",
    "owner", "need", "frustration", "expected_feeling", "translations",
)  # fmt: skip
TRANSLATION_KEYS: Final = ("need", "frustration")
TRANSLATION_HEAD: Final = "[touchpoints.translations.en]"

Read = TypeVar("Read")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_design(text: str, *, file: str = "design.toml") -> DesignedMap:
    """The designed map written in a TOML text; `file` is only named in errors.

    >>> design = read_design('''
    ... key = "shop"
    ... path = ["desk"]
    ... [[stages]]
    ... key = "buy"
    ... [[touchpoints]]
    ... key = "desk"
    ... stage = "buy"
    ... ''')
    >>> design.touchpoints[0].names
    (('fr', 'desk'),)
    """
    place = Place(file=file, text=text.removeprefix("\ufeff"))
    table = _parse(place)
    check_keys(place, table, MAP_KEYS)
    key = read_text(place, table, "key")
    language = read_optional_text(place, table, "language") or "fr"
    stages = _each(place, table, "stages", lambda p, t: _stage(p, t, language))
    keys = tuple(stage.key for stage in stages)
    touchpoints = _each(place, table, "touchpoints", lambda p, t: _touchpoint(p, t, language, keys))
    return DesignedMap(
        key=key,
        names=read_names(place, table, language, key),
        stages=stages,
        touchpoints=touchpoints,
        path=_path(place, table, {touchpoint.key for touchpoint in touchpoints}),
        version=read_version(place, table, "version"),
        language=language,
    )


def read_design_file(file: Path) -> DesignedMap:
    """The designed map in a TOML file; errors name the file and the line."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput("design_unreadable", fields={"place": file.name}) from error
    except UnicodeDecodeError as error:
        raise BadInput("design_encoding", fields={"place": file.name}) from error
    return read_design(text, file=file.name)


def _parse(place: Place) -> Table:
    try:
        return tomllib.loads(place.text)
    except (ValueError, RecursionError) as error:  # a decode error, or a number or nest too large
        found = _AT_LINE.search(str(error))
        where = f"{place.file}:{found[1]}" if found else place.file
        detail = _AT_LINE.sub("", str(error)).strip()
        raise BadInput("design_syntax", fields={"place": where, "detail": detail}) from error


def _each(
    place: Place, table: Table, part: str, read: Callable[[Place, Table], Read]
) -> tuple[Read, ...]:
    rows = table.get(part, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise place.error("design_type", part, {"expected": f"[[{part}]]"})
    if not rows:
        raise place.error("design_missing", part)
    _check_distinct(place, part, rows)
    return tuple(read(place.inside(part, i), row) for i, row in enumerate(rows))


def _check_distinct(place: Place, part: str, rows: list[Table]) -> None:
    seen: set[object] = set()
    for i, row in enumerate(rows):
        key = row.get("key")
        if isinstance(key, str) and key in seen:
            raise place.inside(part, i).error("design_twice", "key", {"value": key})
        seen.add(key if isinstance(key, str) else None)


def _stage(place: Place, table: Table, language: str) -> Stage:
    check_keys(place, table, STAGE_KEYS)
    key = read_text(place, table, "key")
    return Stage(key=key, names=read_names(place, table, language, key))


def _touchpoint(place: Place, table: Table, language: str, stages: tuple[str, ...]) -> Touchpoint:
    check_keys(place, table, TOUCHPOINT_KEYS)
    key, stage = read_text(place, table, "key"), read_text(place, table, "stage")
    if stage not in stages:
        raise place.error("design_value", "stage", {"value": stage, "allowed": ", ".join(stages)})
    return Touchpoint(
        key=key,
        stage=stage,
        names=read_names(place, table, language, key),
        line=read_axis(place, table, "line", Line),
        contact=read_axis(place, table, "contact", Contact),
        channels=read_texts(place, table, "channels"),
        owner=read_optional_text(place, table, "owner"),
        need=read_optional_text(place, table, "need"),
        frustration=read_optional_text(place, table, "frustration"),
        expected_feeling=read_feeling(place, table, "expected_feeling"),
        translations=_translations(place, table),
    )


def _path(place: Place, table: Table, known: set[str]) -> tuple[str, ...]:
    path = read_texts(place, table, "path")
    for step in path:
        if step not in known:
            raise place.error("design_path", "path", {"value": step})
    return path


def _translations(place: Place, table: Table) -> tuple[Translation, ...]:
    by_language = table.get("translations", {})
    if not isinstance(by_language, dict):
        raise place.error("design_type", "translations", {"expected": TRANSLATION_HEAD})
    return tuple(_translation(place, language, said) for language, said in by_language.items())


def _translation(place: Place, language: str, said: object) -> Translation:
    if not isinstance(said, dict):
        raise place.error("design_type", "translations", {"expected": TRANSLATION_HEAD})
    check_keys(place, said, TRANSLATION_KEYS)
    return Translation(
        language=language,
        need=read_optional_text(place, said, "need"),
        frustration=read_optional_text(place, said, "frustration"),
    )
