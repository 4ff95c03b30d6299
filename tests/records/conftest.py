"""Records of a home made for one test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from verite.records.setup import prepare

NOW = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder as a home."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def using(home: Path) -> str:
    """The alias of its records; passwords are hashed quickly, as only tests may."""
    from django.conf import settings

    alias = prepare(home)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return alias


@pytest.fixture
def at() -> datetime:
    """A Monday morning."""
    return NOW
