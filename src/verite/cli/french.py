"""The help texts in French: each English text of a command has its French one."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_french() -> dict[str, str]:
    """English help text → French help text."""
    text = files("verite.cli").joinpath("help.fr.toml").read_text(encoding="utf-8")
    return {english: str(french) for english, french in tomllib.loads(text).items()}


def texts_of(command: Any) -> Iterator[tuple[Any, str]]:
    """Every (thing, help text) of a command, its parameters and its own commands."""
    for thing in (command, *command.params):
        if getattr(thing, "help", None):
            yield thing, thing.help.strip()
    for below in getattr(command, "commands", {}).values():
        yield from texts_of(below)


def translate(command: Any) -> None:
    """Puts the French texts in place of the English ones."""
    french = read_french()
    for thing, text in list(texts_of(command)):
        thing.help = french.get(text, text)
