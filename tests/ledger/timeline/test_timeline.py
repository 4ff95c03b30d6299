"""The timeline: order, columns, extension, and what happens to folders."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from verite.ledger.timeline.build import Sources, build
from verite.ledger.timeline.timeline import Timeline, open_timeline
from verite.words.asked import Filters
from verite.words.errors import HomeError, WrongUse

Row = dict[str, object]
Write = Callable[[Path, Sequence[Row]], str]
Draw = Callable[[int, int], list[Row]]
START = 1_767_225_600_000_000
DAY = 86_400_000_000
NOBODY = np.empty(0, dtype=np.int64)


def sources(
    files: Sequence[str], *, version: int = 0, linked: dict[int, int] | None = None
) -> Sources:
    """Every identity its own person, save those linked."""
    links = linked or {}
    return Sources(
        files=tuple(files),
        identity_keys=np.array(sorted(links), dtype=np.int64),
        persons=np.array([links[key] for key in sorted(links)], dtype=np.int64),
        ledger_version=version,
    )


class Held:
    """A ledger that holds these files."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self.files, self.version, self.people_version = files, 0, 0

    @contextmanager
    def reading(self) -> Iterator[Held]:
        yield self

    def people(self) -> tuple[np.ndarray, np.ndarray]:
        return NOBODY, NOBODY


def expected_order(rows: list[Row], person: Callable[[Row], int]) -> list[Row]:
    return sorted(rows, key=lambda r: (person(r), r["ts_us"], r["id_hi"], r["id_lo"]))


def read_back(line: Timeline) -> list[Row]:
    """The rows of a timeline as they were written."""
    wait, ends = line.numbers("wait_s"), line.ends
    columns = ("channel", "touchpoint", "case_id", "motive", "segment_offer")
    found: list[Row] = []
    for i, text in enumerate(line.texts(range(line.rows))):
        row: Row = {c: value_of(line, c, i) for c in columns}
        row |= {"ts_us": int(line.ts[i]), "id_hi": int(line.id_hi[i]), "id_lo": int(line.id_lo[i])}
        row |= {"wait_s": None if np.isnan(wait[i]) else float(wait[i]), "text": text}
        row["end_us"] = None if ends[i] == np.iinfo(np.int64).min else int(ends[i])
        found.append(row)
    return found


def value_of(line: Timeline, column: str, row: int) -> str | None:
    code = int(line.codes(column)[row])
    return None if code < 0 else line.labels(column)[code]


def without_keys(rows: list[Row]) -> list[Row]:
    return [{k: v for k, v in row.items() if k != "identity_key"} for row in rows]


def test_rows_come_back_sorted_by_person_time_and_id(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    rows = draw_rows(500, 1)
    files = [write_rows(tmp_path / f"{i}.parquet", rows[i::3]) for i in range(3)]
    linked = {8 * 1_000_003: 1_000_003, 1_000_003: 1_000_003}
    line = Timeline(build(sources(files, linked=linked), tmp_path / "t"))

    def person(row: Row) -> int:
        key = int(str(row["identity_key"]))
        return linked.get(key, key)

    held = expected_order(rows, person)
    assert read_back(line) == without_keys(held)
    assert line.persons.tolist() == sorted({person(row) for row in rows})
    assert [int(line.persons[p]) for p in line.person_index()] == [person(row) for row in held]


def test_a_timeline_extended_by_new_files_equals_one_built_whole(
    tmp_path: Path, write_rows: Write, draw_rows: Draw
) -> None:
    old, new = draw_rows(400, 2), draw_rows(150, 3)
    first = write_rows(tmp_path / "0.parquet", old)
    second = write_rows(tmp_path / "1.parquet", new)
    before = Timeline(build(sources([first]), tmp_path / "t"))
    read_back(before)  # makes every lazy column
    # A ledger may list its newest files first.
    extended = build(sources([second, first], version=1), tmp_path / "t")
    assert (extended / "code.channel.npy").exists(), "columns in use are carried over"
    whole = build(sources([first, second], version=1), tmp_path / "u")
    assert read_back(Timeline(extended)) == read_back(Timeline(whole))
    for name in ("starts", "persons", "row"):
        held = np.load(whole / f"{name}.npy")
        assert np.array_equal(np.load(extended / f"{name}.npy"), held), name


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


def test_long_runs_are_sorted_too(tmp_path: Path, write_rows: Write) -> None:
    random = np.random.default_rng(8)
    rows: list[Row] = [
        {
            "identity_key": 1 if i < 900 else 2,
            "ts_us": START + int(random.integers(0, 5)),
            "id_hi": int(random.integers(0, 3)),
            "id_lo": i,
        }
        for i in random.permutation(1000).tolist()
    ]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    held = expected_order(rows, lambda row: int(str(row["identity_key"])))
    assert line.id_lo.tolist() == [row["id_lo"] for row in held]


def test_cases_by_id_cross_people_and_leave_out_rows_without_one(
    tmp_path: Path, write_rows: Write
) -> None:
    rows: list[Row] = [
        {"identity_key": 2, "ts_us": START, "id_hi": 0, "id_lo": 0, "case_id": "a"},
        {"identity_key": 1, "ts_us": START + 1, "id_hi": 0, "id_lo": 1, "case_id": "a"},
        {"identity_key": 1, "ts_us": START + 2, "id_hi": 0, "id_lo": 2},
    ]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    cases = line.cases("case_id")
    assert [int(line.id_lo[row]) for row in cases.order] == [0, 1]
    assert cases.starts.tolist() == [0, 2]


def test_a_session_ends_after_the_silence_asked(tmp_path: Path, write_rows: Write) -> None:
    days = (0, 30, 61)
    rows: list[Row] = [
        {"identity_key": 1, "ts_us": START + d * DAY, "id_hi": 0, "id_lo": d} for d in days
    ]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    assert line.cases("gap:30d").starts.tolist() == [0, 2, 3]
    with pytest.raises(WrongUse):
        line.cases("gap:soon")


def test_time_codes_follow_the_zone_over_a_change_of_hour(
    tmp_path: Path, write_rows: Write
) -> None:
    # Paris leaves winter time on 2026-03-29 at 01:00 UTC.
    moments = (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 22, 30, tzinfo=UTC))
    rows: list[Row] = [
        {"identity_key": 1, "ts_us": int(m.timestamp()) * 1_000_000, "id_hi": 0, "id_lo": i}
        for i, m in enumerate(moments)
    ]
    folder = build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t")
    line = Timeline(folder, zone="Europe/Paris")
    assert line.time_codes("hour")[1] == ("00", "01")
    assert line.time_codes("day")[1] == ("2026-03-29", "2026-03-30")
    assert line.time_codes("week")[1] == ("2026-03-23", "2026-03-30")
    assert line.time_codes("weekday")[1] == ("1", "7")
    assert line.time_codes("month")[1] == ("2026-03",)
    with pytest.raises(WrongUse):
        Timeline(folder, zone="Mars/Olympus").time_codes("day")


def test_filters_are_half_open_and_segment_values_are_alternatives(
    tmp_path: Path, write_rows: Write
) -> None:
    rows: list[Row] = [
        {
            "identity_key": 1,
            "ts_us": START + i * DAY,
            "id_hi": 0,
            "id_lo": i,
            "segment_offer": offer,
        }
        for i, offer in enumerate(("pro", "home", None))
    ]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    window = Filters(since=datetime(2026, 1, 1, tzinfo=UTC), until=datetime(2026, 1, 2, tzinfo=UTC))
    both = Filters(segments=(("offer", "pro"), ("offer", "home")))
    assert line.rows_of(window).tolist() == [True, False, False]
    assert line.rows_of(both).tolist() == [True, True, False]
    assert line.rows_of(Filters(channels=("web",))).tolist() == [False] * 3
    assert line.segments == ("offer",)


def test_ids_are_the_32_hexadecimal_digits(tmp_path: Path, write_rows: Write) -> None:
    rows: list[Row] = [{"identity_key": 1, "ts_us": START, "id_hi": -1, "id_lo": 10}]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    assert line.ids([0]) == ["f" * 16 + "000000000000000a"]


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
