"""Making the records of a home ready."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from verite.records.databases import KEY_FILE, database_of, postgresql, secret_key
from verite.records.setup import home_of, prepare
from verite.words.errors import BadInput, HomeError


def test_a_new_home_gets_its_tables(home: Path) -> None:
    prepare(home)
    tables = sqlite3.connect(home / "records.sqlite3").execute(
        "SELECT count(*) FROM sqlite_master WHERE name = 'measure_target'"
    )
    assert tables.fetchone() == (1,)


def test_the_alias_leads_back_to_the_home(home: Path) -> None:
    assert home_of(prepare(home)) == home.resolve()


def test_preparing_twice_changes_nothing(home: Path) -> None:
    assert prepare(home) == prepare(home)


def test_the_database_waits_rather_than_fails(home: Path, using: str) -> None:
    from django.db import connections

    with connections[using].cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


def test_two_homes_in_one_process_do_not_meet(home: Path, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    other = tmp_path / "other"
    other.mkdir()
    one, two = prepare(home), prepare(other)
    from verite.records.measure.actions import set_targets
    from verite.records.measure.records import list_targets
    from verite.words.measured import Target
    from verite.words.member import CONSOLE

    wish = Target(touchpoint=None, metric="nps", target=30)
    set_targets([wish], by=CONSOLE, at=datetime.now(UTC), using=one)
    assert (len(list_targets(using=one)), len(list_targets(using=two))) == (1, 0)


def test_the_secret_is_made_once_and_only_its_owner_reads_it(home: Path) -> None:
    assert secret_key(home) == secret_key(home)
    assert stat.S_IMODE((home / KEY_FILE).stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="no_home"):
        prepare(tmp_path / "nowhere")


def test_a_broken_database_is_an_error_with_a_name(home: Path) -> None:
    (home / "records.sqlite3").write_bytes(b"not a database at all, but long enough to try" * 40)
    with pytest.raises(HomeError, match="records_unusable"):
        prepare(home)


def test_the_url_of_the_settings_chooses_postgresql(home: Path) -> None:
    (home / "verite.toml").write_text('[records]\nurl = "postgresql://ada:x@db/verite"\n')
    assert database_of(home)["ENGINE"] == "django.db.backends.postgresql"


def test_another_kind_of_url_is_refused() -> None:
    with pytest.raises(BadInput, match="records_url"):
        postgresql("mysql://db/verite")


def test_models_and_migrations_agree(using: str) -> None:
    from django.core.management import call_command

    from verite.records.current import within

    with within(using):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_key_file_left_empty_by_a_crash_is_made_again(tmp_path: Path) -> None:
    from verite.records.databases import secret_key

    (tmp_path / "secret.key").touch()
    key = secret_key(tmp_path)
    assert len(key) > 40
    assert secret_key(tmp_path) == key
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
