"""Catalogues: TOML files of `[key] fr = "…" en = "…"`, read once and typeset."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from verite.sentences.typography import LANGUAGES, known, typeset

Entry = Mapping[str, str]  # language → text


class _Named(dict[str, str]):
    """Fields of a template; one that was not given prints as `?` rather than failing."""

    def __missing__(self, key: str) -> str:
        return "?"


@lru_cache
def catalogue(name: str) -> Mapping[str, Entry]:
    """The entries of a catalogue: `phrases`, `nouns`, or a folder of files such as `errors`."""
    here = files("verite.sentences")
    folder = here / name
    if not folder.is_dir():
        return _read(here / f"{name}.toml")
    entries: dict[str, Entry] = {}
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if file.name.endswith(".toml"):
            entries.update(_read(file))
    return entries


def _read(file: Traversable) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    _gather(tomllib.loads(file.read_text("utf-8")), "", entries)
    return entries


def _gather(table: Mapping[str, object], prefix: str, entries: dict[str, Entry]) -> None:
    """Flatten nested tables to dotted keys; a leaf is a table that has texts by language."""
    texts = {
        lang: typeset(text, lang) for lang in LANGUAGES if isinstance(text := table.get(lang), str)
    }
    if texts:
        entries[prefix] = texts
    for key, inner in table.items():
        if isinstance(inner, dict):
            _gather(inner, f"{prefix}.{key}" if prefix else key, entries)


def text(name: str, key: str, lang: str) -> str | None:
    """The text of a key in a catalogue, `None` when it has none; another language beats nothing."""
    entry = catalogue(name).get(key)
    if entry is None:
        return None
    return entry.get(known(lang)) or next(iter(entry.values()))


def filled(template: str, fields: Mapping[str, str]) -> str:
    """A template with its fields; an unknown field prints as `?`.

    >>> filled("{file}, line {line}", {"file": "a.csv"})
    'a.csv, line ?'
    """
    return template.format_map(_Named(fields))


@dataclass(frozen=True, slots=True)
class Phrases:
    """The texts of one catalogue, filled; a key that it lacks prints as itself.

    >>> Phrases("phrases")("list.and", "en", {"first": "a", "last": "b"})
    'a and b'
    >>> Phrases("control")("rule.eight_on_a_side", "en")
    'eight points running on one side'
    """

    name: str

    def __call__(self, key: str, lang: str, fields: Mapping[str, str] | None = None) -> str:
        """One of them in a language."""
        template = text(self.name, key, lang)
        return key if template is None else filled(template, fields or {})


phrase: Final = Phrases("phrases")  # of our own, common to all
