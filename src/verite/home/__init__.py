"""The public face: a home joins ledger, loop and records, and answers questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verite.home.home import Home

__all__ = ["Home"]


def __getattr__(name: str) -> object:
    """Imported when asked for: the processes that decode beside need little of it."""
    if name == "Home":
        from verite.home.home import Home

        return Home
    raise AttributeError(name)
