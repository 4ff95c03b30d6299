"""The database of a home: SQLite in its folder, or the PostgreSQL that verite.toml names."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from verite.words.errors import BadInput, HomeError
from verite.words.settings import read_settings

DatabaseSettings = dict[str, object]
SQLITE_FILE = "records.sqlite3"
KEY_FILE = "secret.key"
_ON_CONNECT = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
    "PRAGMA secure_delete=ON;PRAGMA foreign_keys=ON;"
)


def alias_of(home: Path) -> str:
    """The name under which Django knows this home's database.

    >>> alias_of(Path("/data/acme")) == alias_of(Path("/data/./acme"))
    True
    """
    digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()
    return f"home_{digest[:16]}"


def database_of(home: Path) -> DatabaseSettings:
    """Django's settings for the database of a home."""
    url = _records_url(home)
    if url is None:
        return sqlite(home / SQLITE_FILE)
    return postgresql(url)


def sqlite(path: Path) -> DatabaseSettings:
    """WAL, IMMEDIATE transactions and a busy timeout: several threads and processes may write."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 15,
            "transaction_mode": "IMMEDIATE",
            "init_command": _ON_CONNECT,
        },
        "CONN_MAX_AGE": 60,
    }


def postgresql(url: str) -> DatabaseSettings:
    """The settings behind postgresql://user:secret@host:port/name.

    >>> postgresql("postgresql://ada:s%40fe@db:5433/verite")["PASSWORD"]
    's@fe'
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        raise BadInput("records_url", fields={"scheme": parts.scheme or "?"})
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def secret_key(home: Path) -> str:
    """The home's own signing key, made at first need in a file that only its owner reads."""
    path = home / KEY_FILE
    try:
        if not path.exists() or not path.stat().st_size:  # empty: a crash while it was written
            _write_key(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise HomeError("home_not_writable", fields={"home": home, "detail": error}) from error


def _write_key(path: Path) -> None:
    """The key appears whole, and once: the first of two processes wins."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # its owner's only
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not path.stat().st_size:
            path.unlink()
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)


def _records_url(home: Path) -> str | None:
    path = home / "verite.toml"
    if not path.exists():
        return None
    return read_settings(path.read_text(encoding="utf-8")).records_url
