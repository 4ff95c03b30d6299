"""Make the records of a home ready: Django configured once, one database per home, migrated."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from pathlib import Path

from verite.records.databases import SQLITE_FILE, alias_of, database_of, secret_key
from verite.words.errors import HomeError

INSTALLED = (
    "django.contrib.sessions",
    "verite.records.accounts",
    "verite.records.audit",
    "verite.records.cards",
    "verite.records.council",
    "verite.records.erasures",
    "verite.records.listen",
    "verite.records.map",
    "verite.records.measure",
    "verite.records.moments",
    "verite.records.outgoing",
    "verite.records.promises",
    "verite.records.unify",
)

_lock = threading.Lock()
_homes: dict[str, Path] = {}


def prepare(home: Path) -> str:
    """The database alias of a home, its tables created or brought up to date."""
    if not home.is_dir():
        raise HomeError("no_home", fields={"home": home})
    alias = alias_of(home)
    with _lock:
        _configure(home)
        if alias not in _homes:
            _add_database(alias, home)
            try:
                _migrate_if_needed(alias, home)
            except HomeError:
                _drop_database(alias)
                raise
            _homes[alias] = home.resolve()
    return alias


def home_of(alias: str) -> Path:
    """The folder behind an alias that `prepare` gave."""
    return _homes[alias]


def _configure(home: Path) -> None:
    import django
    from django.conf import settings

    if settings.configured:
        return
    settings.configure(
        SECRET_KEY=secret_key(home),
        INSTALLED_APPS=list(INSTALLED),
        DATABASES={},
        DATABASE_ROUTERS=["verite.records.current.HomeRouter"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        TIME_ZONE="UTC",
    )
    django.setup()


def _add_database(alias: str, home: Path) -> None:
    from django.db import connections

    entry = connections.configure_settings({"default": {}, alias: database_of(home)})[alias]
    connections.settings[alias] = entry


def _drop_database(alias: str) -> None:
    from django.db import connections

    del connections.settings[alias]
    if hasattr(connections._connections, alias):  # type: ignore[attr-defined]
        del connections[alias]


def _migrate_if_needed(alias: str, home: Path) -> None:
    mark = _schema_mark()
    path = home / SQLITE_FILE
    if path.exists() and _stored_mark(path) == mark:
        return
    _migrate(alias)
    if path.exists():
        _store_mark(path, mark)


def _migrate(alias: str) -> None:
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    from verite.records.current import within

    try:
        with within(alias):
            call_command("migrate", database=alias, interactive=False, verbosity=0)
    except DatabaseError as error:
        raise HomeError("records_unusable", fields={"detail": error}) from error
    finally:
        connections[alias].close()


def _schema_mark() -> int:
    """A number that changes with our migrations and with Django's version."""
    import django

    root = Path(__file__).parent
    names = sorted(f"{p.parts[-3]}/{p.stem}" for p in root.glob("*/migrations/[0-9]*.py"))
    return zlib.crc32("\n".join([*names, django.get_version()]).encode()) & 0x7FFFFFFF


def _stored_mark(path: Path) -> int:
    connection = sqlite3.connect(path, timeout=15)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise HomeError("records_unusable", fields={"detail": error}) from error
    finally:
        connection.close()


def _store_mark(path: Path, mark: int) -> None:
    connection = sqlite3.connect(path, timeout=15)
    try:
        connection.execute(f"PRAGMA user_version = {mark:d}")
    finally:
        connection.close()
