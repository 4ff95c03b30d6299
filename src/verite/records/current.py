"""Which home's database is meant: one alias per home, chosen for a stretch of code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

from verite.words.errors import HomeError

_alias: ContextVar[str | None] = ContextVar("verite_records_alias", default=None)


def current_alias() -> str:
    """The alias of the home in use; raises `HomeError` when none was chosen."""
    alias = _alias.get()
    if alias is None:
        raise HomeError("no_home_chosen")
    return alias


def choose(alias: str) -> Token[str | None]:
    """Mean this home from here on, in this thread or task."""
    return _alias.set(alias)


@contextmanager
def within(alias: str) -> Iterator[str]:
    """Mean this home inside the block."""
    token = _alias.set(alias)
    try:
        yield alias
    finally:
        _alias.reset(token)


class HomeRouter:
    """Sends every model to the database of the home in use."""

    def db_for_read(self, model: type, **hints: object) -> str:
        """The database to read from."""
        return _database_of(hints.get("instance")) or current_alias()

    def db_for_write(self, model: type, **hints: object) -> str:
        """The database to write to."""
        return _database_of(hints.get("instance")) or current_alias()

    def allow_relation(self, first: object, second: object, **hints: object) -> bool:
        """Rows of one home only meet rows of the same home."""
        return _database_of(first) == _database_of(second)


def _database_of(row: object) -> str | None:
    state = getattr(row, "_state", None)
    return getattr(state, "db", None) or _alias.get()
