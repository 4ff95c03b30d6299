"""What happens to a timeline's folders: torn, removed, full, of another boot."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.ledger.timeline.rows import Draw, Held, Write, read_back, sources

from verite.ledger.timeline.build import Sources, build
from verite.ledger.timeline.timeline import Timeline, open_timeline
from verite.words.asked import Filters
from verite.words.errors import HomeError


def test_an_older_timeline_still_answers_after_its_folder_is_gone(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    first = write_rows(tmp_path / "0.parquet", draw_rows(50, 4))
    second = write_rows(tmp_path / "1.parquet", draw_rows(50, 5))
    before = Timeline(build(sources([first]), tmp_path / "t"))
    build(sources([first, second], version=1), tmp_path / "t")
    assert not before.folder.exists()
    held = Timeline(build(sources([first]), tmp_path / "again"))
    assert read_back(before) == read_back(held)


def test_a_torn_timeline_is_ignored_and_built_again(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    file = write_rows(tmp_path / "0.parquet", draw_rows(50, 6))
    folder = build(sources([file]), tmp_path / "t")
    (folder / "complete.json").write_text('{"rows": ')
    (tmp_path / "t" / "aside-dead").mkdir()
    line = Timeline(build(sources([file]), tmp_path / "t"))
    assert line.rows == 50
    assert not (tmp_path / "t" / "aside-dead").exists()


def test_a_timeline_of_an_earlier_boot_is_built_again(
    tmp_path: Path, write_rows: Write, draw_rows: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_rows(tmp_path / "0.parquet", draw_rows(50, 6))
    folder = build(sources([file]), tmp_path / "t")
    torn = folder / "ts_us.npy"
    content = torn.read_bytes()
    torn.write_bytes(bytes(len(content)))  # what a power cut may leave: its size, not its bytes
    monkeypatch.setattr("verite.ledger.timeline.folder.boot", lambda: "another boot")
    assert build(sources([file]), tmp_path / "t") == folder
    assert torn.read_bytes() == content


def test_a_timeline_with_a_file_cut_short_is_built_again(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    file = write_rows(tmp_path / "0.parquet", draw_rows(50, 6))
    short = build(sources([file]), tmp_path / "t") / "id_hi.npy"
    content = short.read_bytes()
    short.write_bytes(content[:-8])
    build(sources([file]), tmp_path / "t")
    assert short.read_bytes() == content


def test_where_boots_have_no_name_the_files_are_synced(
    tmp_path: Path, write_rows: Write, draw_rows: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    monkeypatch.setattr("verite.ledger.timeline.folder.boot", lambda: "")
    monkeypatch.setattr(
        "verite.ledger.timeline.folder.sync", lambda paths: synced.extend(p.name for p in paths)
    )
    file = write_rows(tmp_path / "0.parquet", draw_rows(50, 6))
    Timeline(build(sources([file]), tmp_path / "t"))
    assert {"ts_us.npy", "row.npy", "persons.npy", "complete.json"} <= set(synced)


def test_a_moved_home_gets_a_timeline_of_its_own_files(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    file = write_rows(tmp_path / "0.parquet", draw_rows(50, 6))
    build(sources([file]), tmp_path / "t")
    moved = Path(file).rename(tmp_path / "moved.parquet")
    line = Timeline(build(sources([str(moved)]), tmp_path / "t"))
    assert len(line.labels("channel")) == 2


def test_a_removed_ledger_file_is_a_typed_error(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    file = write_rows(tmp_path / "0.parquet", draw_rows(50, 7))
    line = Timeline(build(sources([file]), tmp_path / "t"))
    Path(file).unlink()
    with pytest.raises(HomeError) as caught:
        line.codes("channel")
    assert caught.value.code == "timeline_outdated"


def test_an_empty_ledger_has_an_empty_timeline(tmp_path: Path) -> None:
    line = Timeline(build(sources([], version=-1), tmp_path / "t"))
    assert (line.rows, line.people, line.cases("case_id").count) == (0, 0, 0)
    assert line.rows_of(Filters(channels=("web",))).tolist() == []


def test_a_timeline_without_its_marker_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(HomeError):
        Timeline(tmp_path)


def test_a_deleted_timeline_is_built_again(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    file = write_rows(tmp_path / "0.parquet", draw_rows(20, 9))
    shutil.rmtree(build(sources([file]), tmp_path / "t"))
    assert Timeline(build(sources([file]), tmp_path / "t")).rows == 20


def test_a_timeline_removed_before_it_is_open_is_built_again(
    tmp_path: Path, write_rows: Write, draw_rows: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_rows(tmp_path / "a.parquet", draw_rows(20, 1))
    losses = [True, True]

    def build_and_lose(sources: Sources, parent: Path) -> Path:
        folder = build(sources, parent)
        if losses:
            losses.pop()
            shutil.rmtree(folder)
        return folder

    monkeypatch.setattr("verite.ledger.timeline.timeline.build", build_and_lose)
    assert open_timeline(tmp_path, Held((file,))).rows == 20


def test_a_damaged_file_of_the_ledger_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"x" * 99)
    with pytest.raises(HomeError, match="home_corrupt"):
        open_timeline(tmp_path, Held((str(tmp_path / "a.parquet"),)))


def test_a_full_disk_spoils_no_answer(
    tmp_path: Path, write_rows: Write, draw_rows: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = draw_rows(50, 3)
    file = write_rows(tmp_path / "a.parquet", rows)
    line = open_timeline(tmp_path, Held((file,)))

    def fill(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("verite.ledger.timeline.folder.os.replace", fill)
    key = lambda row: (row["ts_us"], row["id_hi"], row["id_lo"])  # noqa: E731
    found = sorted(read_back(line), key=key)
    wanted = [row["touchpoint"] for row in sorted(rows, key=key)]
    assert [row["touchpoint"] for row in found] == wanted
    assert not list(line.folder.glob(".*"))


def test_a_full_disk_stops_a_build_with_a_sentence(
    tmp_path: Path, write_rows: Write, draw_rows: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("verite.ledger.timeline.build.np.save", fill)
    with pytest.raises(HomeError, match="disk_full"):
        open_timeline(tmp_path, Held((write_rows(tmp_path / "a.parquet", draw_rows(9, 2)),)))
