"""The homes that this process serves: one open home per records alias."""

from __future__ import annotations

import threading
from pathlib import Path

from verite.home import Home
from verite.records.current import current_alias
from verite.records.setup import prepare

_homes: dict[str, Home] = {}
_lock = threading.Lock()


def open_house(path: Path) -> str:
    """Open a home to be served; its records alias is returned."""
    alias = prepare(path)
    with _lock:
        if alias not in _homes:
            _homes[alias] = Home.open(path)
    return alias


def close_house(alias: str) -> None:
    """Let go of a home that is no longer served."""
    with _lock:
        home = _homes.pop(alias, None)
    if home is not None:
        home.close()


def is_open(alias: str) -> bool:
    """Whether a home is still served."""
    return alias in _homes


def home_here() -> Home:
    """The home of the request being answered."""
    return _homes[current_alias()]
