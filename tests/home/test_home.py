"""The public face."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import verite
from verite.home import Home
from verite.home.doctor import examine
from verite.loop.listen import Request
from verite.words.asked import Filters, Window
from verite.words.errors import BadInput, HomeError, WrongUse
from verite.words.evidence import Order, Page


def test_a_home_is_made_once(tmp_path: Path) -> None:
    verite.create(tmp_path / "a").close()
    with pytest.raises(HomeError, match="home_exists"):
        verite.create(tmp_path / "a")


def test_a_folder_without_a_home_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="no_home"):
        verite.open(tmp_path)


def test_an_empty_home_answers_every_question(tmp_path: Path) -> None:
    with verite.create(tmp_path / "a") as home:
        assert home.status().result.interactions == 0
        assert home.map().result.cases == 0
        assert home.measure("csat").result.rows[0].estimate.value is None
        assert home.interactions().result.total == 0
        assert all(answer.sentence("fr") for answer in (home.status(), home.map()))


def test_every_row_is_accounted_for(filled: Home) -> None:
    status = filled.status().result
    assert (status.interactions, status.people, status.quarantined) == (120, 40, 0)


def test_the_same_file_again_changes_nothing(filled: Home) -> None:
    before = filled.status().json()
    heard = filled.listen(filled.path.parent / "visits.csv").result
    assert (heard.read, heard.kept, heard.duplicates) == (120, 0, 120)
    assert filled.status().json() | {"as_of": 0} == before | {"as_of": 0}


def test_a_figure_opens_the_interactions_behind_it(filled: Home) -> None:
    row = filled.measure("csat").result.rows[0]
    behind = filled.interactions(where=Filters(metric="csat")).result
    assert row.estimate.n == behind.total == 40
    assert {line.metric for line in behind.lines} == {"csat"}


def test_interactions_are_paged_and_sorted(filled: Home) -> None:
    page = Page(limit=3, order=Order.LONGEST_WAIT)
    first = filled.interactions(page=page).result
    assert [line.wait_s for line in first.lines] == [99.0, 98.0, 97.0]
    assert first.total == 120  # those that never waited come last


def test_only_interactions_with_words_are_verbatims(filled: Home) -> None:
    told = filled.interactions(page=Page(with_text=True, limit=100)).result
    assert told.total == 40
    assert {line.text for line in told.lines} == {"Merci"}


def test_a_window_is_half_open(filled: Home) -> None:
    start, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, 9, tzinfo=UTC)
    chosen = filled.interactions(where=Filters(since=start, until=end)).result
    assert {line.touchpoint for line in chosen.lines} == {"site_home"}


def test_two_windows_without_difference_are_not_told_apart(filled: Home) -> None:
    middle = datetime(2026, 3, 15, tzinfo=UTC)
    before = Window(start=datetime(2026, 3, 1, tzinfo=UTC), end=middle)
    after = Window(start=middle, end=datetime(2026, 3, 29, tzinfo=UTC))
    changes = filled.changes("csat_mean", windows=(before, after)).result
    assert [row.told_apart for row in changes.rows] == [False]


def test_every_answer_has_rows_a_sentence_and_a_picture(filled: Home) -> None:
    for answer in (filled.map(), filled.measure("csat", by=("channel",)), filled.trend("csat")):
        assert answer.rows()
        assert answer.sentence("fr") != answer.sentence("en")
        assert answer.picture("fr").startswith("<svg")


def test_a_picture_that_does_not_exist_is_named(filled: Home) -> None:
    with pytest.raises(WrongUse, match="unknown_picture"):
        filled.picture("pie")


def test_the_doctor_finds_a_whole_home_whole(filled: Home) -> None:
    assert [
        check.key for check in examine(filled) if not check.passed and check.key != "disk"
    ] == []


def test_answers_follow_the_ledger(tmp_path: Path) -> None:
    with verite.create(tmp_path / "a") as home:
        one = tmp_path / "one.csv"
        one.write_text("message_id,identity,at\n1,user:a,2026-01-01T00:00:00Z\n", "utf-8")
        assert home.status().result.interactions == 0
        home.listen(one)
        assert home.status().result.interactions == 1


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('[home]\nname = "Télécom"\n'.encode("latin-1"), "bad_settings"),
        (b'home = "here"\n', "bad_settings"),
        (b"definitions = 3\n", "bad_settings"),
        (b'[home]\nzone = "Europe"\n', "unknown_zone"),
    ],
)
def test_settings_that_are_none_say_so(tmp_path: Path, settings: bytes, code: str) -> None:
    verite.create(tmp_path / "a").close()
    (tmp_path / "a" / "verite.toml").write_bytes(settings)
    with pytest.raises(BadInput, match=code):
        verite.open(tmp_path / "a")


@pytest.mark.parametrize("name", ['l\'"eau"\\', "two\nlines", "\x7f\t"])
def test_a_home_opens_whatever_its_name(tmp_path: Path, name: str) -> None:
    verite.create(tmp_path / "a", name=name).close()
    path = tmp_path / "a" / "verite.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())  # as some editors save it
    with verite.open(tmp_path / "a") as home:
        assert home.settings.name == name


def test_quarantine_is_forgotten_after_thirty_days(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("at,identity\nsoon,u\n", encoding="utf-8")
    first = datetime(2026, 1, 1, tzinfo=UTC)
    with verite.create(tmp_path / "a") as home:
        home.listen_to(Request(files=(file,)), at=first)
        file.write_text("at,identity\n2026-01-02,u\n", encoding="utf-8")
        home.listen_to(Request(files=(file,)), at=first + timedelta(days=29))
        assert home.desk.ledger.quarantine_count == 1
        home.listen_to(Request(files=(file,)), at=first + timedelta(days=31))
        assert home.desk.ledger.quarantine_count == 0


def test_a_new_home_opens_to_its_owner_only(tmp_path: Path) -> None:
    verite.create(tmp_path / "fresh").close()
    assert (tmp_path / "fresh").stat().st_mode & 0o077 == 0
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o750)
    verite.create(shared).close()
    assert shared.stat().st_mode & 0o777 == 0o750
