"""The texts of the pages, in French and in English, from words/*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from verite.sentences.typography import typeset
from verite.web.language import LANGUAGES, language


@lru_cache
def page_texts() -> Mapping[str, Mapping[str, str]]:
    """Every key (`page.name`) with its text per language, typeset."""
    texts: dict[str, Mapping[str, str]] = {}
    for file in sorted(files("verite.web.words").iterdir(), key=lambda found: found.name):
        if not file.name.endswith(".toml"):
            continue
        page = file.name.removesuffix(".toml")
        for name, entry in tomllib.loads(file.read_text("utf-8")).items():
            texts[f"{page}.{name}"] = {
                lang: typeset(text, lang[:2]) for lang, text in entry.items()
            }
    return texts


def say(key: str, /, **fields: object) -> SafeString:
    """A page text in the reader's language; fields are escaped, `n` chooses the singular."""
    entry = page_texts()[key]
    lang = language()
    text = entry[lang]
    count = fields.get("count")
    if isinstance(count, int) and f"{lang}_one" in entry and _is_one(count, lang):
        text = entry[f"{lang}_one"]
    told = {name: conditional_escape(_shown(value, lang)) for name, value in fields.items()}
    return mark_safe(text.format_map(told) if fields else text)  # noqa: S308


def missing_texts() -> list[str]:
    """Keys that lack a language; empty when the catalogue is whole."""
    return [
        f"{key} ({lang})"
        for key, entry in page_texts().items()
        for lang in LANGUAGES
        if not entry.get(lang)
    ]


def _is_one(count: int, lang: str) -> bool:
    return abs(count) < 2 if lang == "fr" else count == 1


def _shown(value: object, lang: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        from verite.sentences.numbers import number

        return number(value, lang)
    return str(value) if not isinstance(value, SafeString) else value
