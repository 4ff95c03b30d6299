"""Vérité: one cumulative customer experience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.answer import Answer
from verite.words.asked import Filters, Window
from verite.words.errors import BadInput, HomeError, SourceError, VeriteError, WrongUse
from verite.words.estimate import Estimate

if TYPE_CHECKING:
    from pathlib import Path

    from verite.home import Home

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "BadInput",
    "Estimate",
    "Filters",
    "Home",
    "HomeError",
    "SourceError",
    "VeriteError",
    "Window",
    "WrongUse",
    "create",
    "open",
]


def open(path: str | Path) -> Home:  # noqa: A001
    """The home in a folder; raises `HomeError` where there is none."""
    from verite.home import Home

    return Home.open(path)


def create(path: str | Path, *, name: str = "Vérité") -> Home:
    """A new home in a folder that has none."""
    from verite.home import Home

    return Home.create(path, name=name)


def __getattr__(name: str) -> object:
    if name == "Home":
        from verite.home import Home

        return Home
    raise AttributeError(name)
